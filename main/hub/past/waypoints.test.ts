import { describe, expect, it } from 'vitest';
import { defaultSpacing, placesTo } from './waypoints.ts';

const spacing = { near: 10, nearEvents: 40, far: 20 };

describe('PAST-2: places where the state is kept', () => {
  it('are dense where the log is new, and thin where it is old', () => {
    expect(placesTo(100, spacing)).toEqual([20, 40, 60, 70, 80, 90, 100]);
    expect(placesTo(35, spacing)).toEqual([10, 20, 30]);
    expect(placesTo(9, spacing)).toEqual([]);
  });

  it('only become fewer where it grows old: nothing is folded again for a place that was left out', () => {
    let old = new Set<number>();
    for (let head = 0; head <= 400; head++) {
      const places = placesTo(head, spacing);
      expect(places.filter((seq) => seq < head - 10 && !old.has(seq))).toEqual([]);
      old = new Set(places);
    }
  });

  it('are half as many at each level far back, and at every second where it is new', () => {
    const counts = [0, 1, 2, 4].map((level) => placesTo(1_000_000, defaultSpacing, level).length);
    expect(counts).toEqual([500, 275, 137, 41]);
    const all = placesTo(400, spacing);
    expect(placesTo(400, spacing, 3).filter((seq) => !all.includes(seq))).toEqual([]);
  });
});
