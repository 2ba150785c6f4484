import { expect, it } from 'vitest';
import { formatAge, formatDuration, parseDuration } from './durations.ts';

it.each([
  ['60s', 60_000],
  ['10m', 600_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['250ms', 250],
  ['1.5s', 1500],
  ['90', 90_000],
  ['0', 0],
])('%s is %i ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(['', 's', '5x', '-5s', '5 m', '1h 30m', 'Infinity', '1e3', '10minutes'])(
  '"%s" is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

it.each([0, 1, 999, 1000, 90_000, 600_000, 5_400_000, 90_061_000])(
  '%i ms reads back as itself',
  (ms) => {
    expect(parseDuration(formatDuration(ms))).toBe(ms);
  },
);

it.each([
  [0, 'now'],
  [999, 'now'],
  [12_345, '12s ago'],
  [180_000, '3m ago'],
  [47 * 3_600_000, '47h ago'],
  [49 * 3_600_000, '2d ago'],
  [-300_000, 'in 5m'],
])('%i ms ago reads %s', (ms, text) => {
  expect(formatAge(1_000_000_000_000 - ms, 1_000_000_000_000)).toBe(text);
});
