import { expect, it } from 'vitest';
import type { FindingRecord } from '../../../preload/contract/findings.ts';
import { shownFindings, shownNotes } from './learning-search.ts';

const notes = [
  { id: 'a', text: 'Tests need Redis', by: 'agent:backend' as const, atMs: 1, lastMs: 9, count: 2 },
  { id: 'b', text: 'use tabs', by: 'operator' as const, atMs: 5 },
];
const finding = (id: string, note: string, count: number): FindingRecord => ({
  ...{ id, category: 'denied', subject: [note], agents: ['docs'], count },
  ...{ firstMs: 0, lastMs: 0, seqs: [] },
});

it.each([
  ['', ['a', 'b']],
  ['redis TESTS', ['a']],
  ['backend', ['a']],
  ['redis tabs', []],
])('notes for "%s", by when they were noted last', (typed, ids) => {
  expect(shownNotes(notes, typed).map(({ id }) => id)).toEqual(ids);
});

it.each([
  ['', ['y', 'x']],
  ['docs no', ['x']],
  ['denied', ['y', 'x']],
])('findings for "%s", by their weight', (typed, ids) => {
  const all = [finding('x', 'no tests', 1), finding('y', 'style', 2)];
  expect(shownFindings(all, typed).map(({ id }) => id)).toEqual(ids);
});
