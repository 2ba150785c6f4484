import { expect, it } from 'vitest';
import {
  markViewed,
  maxViewedApprovals,
  maxViewedChars,
  type ViewedMarks,
  viewedPaths,
} from './viewed-marks.ts';

const subject = { approval: 'a-1', diffHash: 'h1' };
const on = (path: string) => ({ path, isViewed: true });

it('a mark is kept until it is taken away', () => {
  const marks = markViewed(markViewed([], subject, on('a.ts')), subject, on('b.ts'));
  expect([...viewedPaths(marks, subject)]).toEqual(['a.ts', 'b.ts']);
  const fewer = markViewed(marks, subject, { path: 'a.ts', isViewed: false });
  expect([...viewedPaths(fewer, subject)]).toEqual(['b.ts']);
  expect(markViewed(fewer, subject, { path: 'b.ts', isViewed: false })).toEqual([]);
});

it('another diff of the same approval starts without marks and replaces the old ones', () => {
  const marks = markViewed([], subject, on('a.ts'));
  const other = { ...subject, diffHash: 'h2' };
  expect(viewedPaths(marks, other).size).toBe(0);
  expect(markViewed(marks, other, on('b.ts'))).toEqual([{ ...other, paths: ['b.ts'] }]);
});

it('the oldest approvals are forgotten first', () => {
  let marks: ViewedMarks = [];
  for (let n = 0; n < maxViewedApprovals + 5; n += 1) {
    marks = markViewed(marks, { approval: `a-${n}`, diffHash: 'h' }, on('a.ts'));
  }
  expect(marks).toHaveLength(maxViewedApprovals);
  expect(marks.at(-1)?.approval).toBe('a-5');
});

it('the text never outgrows its bound', () => {
  let marks: ViewedMarks = [];
  for (let n = 0; n < 40; n += 1) {
    marks = markViewed(marks, { approval: `a-${n}`, diffHash: 'h' }, on('x'.repeat(20_000)));
  }
  expect(JSON.stringify(marks).length).toBeLessThanOrEqual(maxViewedChars);
  expect(marks[0]?.approval).toBe('a-39');
});
