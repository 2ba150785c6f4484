import { expect, it } from 'vitest';
import type { Label } from './labels.ts';
import { labelled, statusFor } from './labels.ts';

const at = (word: string, committedMs?: number): Label => ({ word, committedMs });

it.each([
  // before, said, after so many seconds, then
  [undefined, 'working', 0, 'working'],
  ['working', 'idle', 1, 'idle'],
  ['done', 'working', 1, 'done'],
  ['done', 'verified', 1, 'verified'],
  ['verified', 'intent', 1, 'verified'],
  ['blocked', 'working', 1, 'blocked'],
  ['blocked', 'done', 1, 'done'],
  ['committed', 'working', 60, 'working'],
  ['committed', 'working', 60.001, 'committed'],
  ['committed', 'idle', 1, 'committed'],
] as const)('after "%s", "%s" %f s later is "%s"', (...row) => {
  const [before, word, seconds, then] = row;
  const known = before === undefined ? undefined : at(before, 0);
  expect(labelled(known, { word }, seconds * 1_000).word).toBe(then);
});

it('the time to work on begins with a commit, and not with the word alone', () => {
  const committed = labelled(undefined, { word: 'committed', isCommit: true }, 5_000);
  expect(labelled(committed, { word: 'working' }, 65_000).word).toBe('working');
  const said = labelled(undefined, { word: 'committed' }, 5_000);
  expect(labelled(said, { word: 'working' }, 6_000).word).toBe('committed');
});

it('the phase is that of the newest word', () => {
  const merging = labelled(undefined, { word: 'working', phase: 'merge' }, 0);
  expect(merging.phase).toBe('merge');
  expect(labelled(merging, { word: 'working' }, 1).phase).toBeUndefined();
});

it.each([
  ['working', 'working'],
  ['booting', 'working'],
  ['verified', 'done'],
  ['stuck-on-prompt', 'waiting'],
  ['constructor', 'working'],
])('"%s" is the status %s', (label, status) => {
  expect(statusFor(label)).toBe(status);
});
