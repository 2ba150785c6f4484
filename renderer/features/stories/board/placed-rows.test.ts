import { expect, it } from 'vitest';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import type { BoardRow } from './board-rows.ts';
import { headingPx, placesOf } from './placed-rows.ts';

const story = {} as StoryRecord;
const heading = { heading: 'ui', count: 2 };

it.each<[string, BoardRow[]]>([
  ['without groups', [story, story, story]],
  ['in groups', [heading, story, story, heading, story]],
  ['of nothing', []],
])('each pixel is of the row that stands there, %s', (_name, rows) => {
  const places = placesOf(rows, 88);
  let top = 0;
  for (const [at, row] of rows.entries()) {
    const height = row === heading ? headingPx : 88;
    expect(places.startOf(at)).toBe(top);
    expect([top, top + height - 1].map(places.rowAt)).toEqual([at, at]);
    top += height;
  }
  expect(places.total).toBe(top);
  expect(places.rowAt(-5)).toBe(0);
  expect(places.rowAt(top + 500)).toBe(Math.max(0, rows.length - 1));
});
