import { expect, it } from 'vitest';
import { readPatch } from './line-changes.ts';
import { findOverlaps, type LineChange } from './line-overlap.ts';

/** `-line,count +line,count`, as a patch has it, and the lines that it brings. */
const changes = (...hunks: readonly (readonly [string, string])[]): LineChange[] =>
  readPatch(
    `diff --git a/0 b/0\n--- a/0\n+++ b/0\n${hunks.map(([head, text]) => `@@ ${head} @@\n+${text}\n`).join('')}`,
  ).get(0) ?? [];
const spans = (ours: LineChange[], theirs: LineChange[]) =>
  findOverlaps(ours, theirs).map((one) =>
    [one.base, one.ours, one.theirs].map(({ start, count }) => `${start}+${count}`).join(' '),
  );

type Hunks = readonly (readonly [string, string])[];

const rows: readonly (readonly [title: string, ours: Hunks, theirs: Hunks, found: string[]])[] = [
  ['apart', [['-2 +2', 'a']], [['-4 +4', 'b']], []],
  ['touching', [['-2 +2', 'a']], [['-3 +3', 'b']], ['1+2 1+2 1+2']],
  ['the same, alike', [['-2 +2', 'a']], [['-2 +2', 'a']], []],
  ['an insertion where the other changes', [['-2,0 +3,2', 'a']], [['-3 +3', 'b']], ['2+1 2+3 2+1']],
  ['lines taken out', [['-2,3 +1,0', '']], [['-3 +3', 'b']], ['1+3 1+0 1+3']],
  [
    'one over two',
    [['-2,9 +2,9', 'a']],
    [
      ['-3 +3', 'b'],
      ['-8,0 +9,1', 'c'],
    ],
    ['1+9 1+9 1+10'],
  ],
  [
    'after lines that only one added',
    [
      ['-1,0 +2,5', 'n'],
      ['-9 +14', 'a'],
    ],
    [['-9 +9', 'b']],
    ['8+1 13+1 8+1'],
  ],
];

it.each(rows.map(([title, ...row]) => ({ title, row })))('changes that are $title', ({ row }) => {
  const [ours, theirs, expected] = row;
  expect(spans(changes(...ours), changes(...theirs))).toEqual(expected);
});
