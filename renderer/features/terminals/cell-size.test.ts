import { expect, it } from 'vitest';
import { toWholePixels } from './cell-size.ts';

it.each([
  { how: 'up where letters would touch', cssPx: 7.83, ratio: 1, devicePx: 8 },
  { how: 'down where there is room', cssPx: 7.15, ratio: 1, devicePx: 7 },
  { how: 'to device pixels of a dense screen', cssPx: 7.83, ratio: 2, devicePx: 16 },
  { how: 'to device pixels of a zoomed page', cssPx: 7.83, ratio: 1.1, devicePx: 9 },
  { how: 'never to nothing', cssPx: 0.2, ratio: 1, devicePx: 1 },
])('a cell is rounded $how', ({ cssPx, ratio, devicePx }) => {
  const cell = toWholePixels(cssPx, ratio) * ratio;
  // One painter rounds it down, the other counts it as it is, over up to a thousand columns.
  expect(Math.floor(cell)).toBe(devicePx);
  expect(Math.round(cell * 1000)).toBe(devicePx * 1000);
});

it('what could not be measured yet stays so', () => {
  expect(toWholePixels(0, 2)).toBe(0);
});
