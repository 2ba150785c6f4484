import { describe, expect, it } from 'vitest';
import { besides, placeOf, readPlace, writePlace } from './window-place.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const right = { x: 1920, y: 0, width: 2560, height: 1440 };
const at = (x: number, y: number, [width, height]: readonly [number, number] = [1200, 800]) => ({
  bounds: { x, y, width, height },
  isMaximized: false,
});

describe('a window opens', () => {
  it('in the middle of the main screen when it never was anywhere', () => {
    expect(placeOf(undefined, [main, right])).toEqual(at(240, 102, [1440, 900]));
  });

  it('where it was, on any screen', () => {
    expect(placeOf(at(100, 60), [main, right])).toEqual(at(100, 60));
    expect(placeOf(at(3000, 100), [main, right])).toEqual(at(3000, 100));
  });

  it('on the main screen when its own is gone, as large as ever where there is room', () => {
    const gone = placeOf({ ...at(3000, 100), isMaximized: true }, [main]);
    expect(gone).toEqual({ bounds: at(240, 102, [1440, 900]).bounds, isMaximized: true });
  });

  it.each([
    ['beyond the left', at(-400, 60), at(0, 60)],
    ['beyond the right', at(1700, 60), at(720, 60)],
    ['below', at(100, 900), at(100, 280)],
    ['above', at(100, 0), at(100, 25)],
    ['larger than the screen is now', at(0, 25, [3000, 2000]), at(0, 25, [1920, 1055])],
    ['smaller than it may be', at(0, 25, [200, 100]), at(0, 25, [880, 560])],
  ])('whole, where it was %s', (_where, saved, place) => {
    expect(placeOf(saved, [main])).toEqual(place);
  });

  it('at its screen’s size where that has less room than a window needs (300 %)', () => {
    const small = { x: 0, y: 0, width: 640, height: 400 };
    expect(placeOf(undefined, [small]).bounds).toEqual(small);
  });

  it('somewhere when no screen is known', () => {
    expect(placeOf(undefined, []).bounds).toMatchObject({ width: 1440, height: 900 });
  });

  it('a step beside another', () => {
    expect(besides(at(10, 20), 2)).toEqual(at(58, 68));
  });
});

describe('what is kept of it', () => {
  it('is read as it was written', () => {
    expect(readPlace(writePlace(at(1, 2)))).toEqual(at(1, 2));
  });

  it.each([
    undefined,
    '',
    '{',
    'null',
    '[]',
    '{"bounds":{}}',
    '{"bounds":{"x":0,"y":0,"width":0,"height":9}}',
    '{"bounds":{"x":1e9,"y":0,"width":9,"height":9}}',
    '{"bounds":{"x":"a","y":0,"width":9,"height":9}}',
  ])('is nothing when it is %j', (text) => {
    expect(readPlace(text)).toBeUndefined();
  });
});
