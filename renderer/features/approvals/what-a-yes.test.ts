import { expect, it } from 'vitest';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import type { QueueHold } from '../../../preload/contract/merge-queue.ts';
import type { Standing } from '../gates/index.ts';
import type { DiffLoad } from './approve-gate.ts';
import { whatYesComesTo } from './what-a-yes.ts';

const pin: Pin = { commit: 'c1', tree: 't1', base: 'b1', target: 'main', diffHash: 'h1' };
const counts = { files: [], fileCount: 0, additions: 0, deletions: 0, commitCount: 1 };

function record(id: string, state: ApprovalRecord['state'], over: Partial<ApprovalRecord> = {}) {
  return { id, agent: 'a', title: id, pin, ...counts, state, requestedMs: 0, ...over };
}

const facts = { patch: '', truncated: false, files: [], commits: [], targetMoved: false };
const load: DiffLoad = { state: 'loaded', diff: { ...facts, pin, strategy: 'merge' } };
const standing = (tone: Standing['tone'], text: string): Standing => ({
  ...{ tone, text },
  isRed: tone === 'red',
});
const green = standing('green', 'All gates have passed');
const running = standing('blue', 'A yes waits for test');
const red = standing('red', 'Not passed: test');
const later = standing('muted', 'A yes runs test first');
const held: QueueHold = { target: 'main', sinceMs: 0 };
const all: QueueHold = { target: '*', sinceMs: 0 };
const first = record('first', 'merging');
const second = record('second', 'approved');
const elsewhere = record('elsewhere', 'approved', { pin: { ...pin, target: 'next' } });

type Row = [
  title: string,
  given: { standing?: Standing; others?: ApprovalRecord[]; holds?: QueueHold[] },
  words: string | undefined,
];

it.each<Row>([
  ['nothing else', {}, undefined],
  ['gates that passed', { standing: green }, 'green: All gates have passed'],
  ['gates that run', { standing: running }, 'blue: A yes waits for test'],
  ['gates that have yet to run', { standing: later }, 'muted: A yes runs test first'],
  ['gates that failed', { standing: red }, 'red: Not passed: test'],
  ['gates that failed, and a hold', { standing: red, holds: [held] }, 'red: Not passed: test'],
  [
    'a hold',
    { standing: running, holds: [held] },
    'amber: main is held: a yes waits until that is released',
  ],
  [
    'a hold of all',
    { holds: [all], others: [first] },
    'amber: All branches are held: a yes waits until that is released',
  ],
  [
    'a hold of another branch',
    { holds: [{ ...held, target: 'next' }], standing: green },
    'green: All gates have passed',
  ],
  [
    'one before it',
    { others: [first], standing: green },
    'green: All gates have passed; a yes is merged after “first”',
  ],
  ['two before it', { others: [second, first] }, 'blue: A yes is merged after 2 others'],
  [
    'one before it, and gates that run',
    { others: [first], standing: running },
    'blue: A yes waits for test',
  ],
  ['one of another branch', { others: [elsewhere] }, undefined],
])('with %s', (_title, { standing: by, others = [], holds = [] }, words) => {
  const approval = record('own', 'pending');
  const yes = whatYesComesTo({
    ...{ approval, load, standing: by, holds },
    approvals: [approval, ...others],
  });
  const said = yes.kind === 'open' && yes.words && `${yes.words.tone}: ${yes.words.text}`;
  expect(yes).toMatchObject({ kind: 'open', pin, needsReason: by === red });
  expect(said).toBe(words);
});

it('without its diff it cannot be said, whatever the gates say', () => {
  const approval = record('own', 'pending');
  const yes = whatYesComesTo({
    ...{ approval, load: { state: 'loading' }, standing: green, approvals: [], holds: [] },
  });
  expect(yes).toEqual({ kind: 'shut', reason: 'The diff is still loading.' });
});

it('of one commit alone it cannot be said', () => {
  const approval = record('own', 'pending');
  const shown = { approval, load, isPart: true, standing: green, approvals: [], holds: [] };
  expect(whatYesComesTo(shown)).toMatchObject({ kind: 'shut' });
});

it.each([
  ['merging', { by: running }, 'Approved, waits for test'],
  ['merging', { by: running, overrideGates: 'because' }, undefined],
  ['merging', { by: green }, undefined],
  ['approved', { by: running }, undefined],
] as const)('once it was given, %s and %o', (state, { by, ...over }, text) => {
  const approval = record('own', state, over);
  const yes = whatYesComesTo({ approval, load, standing: by, approvals: [approval], holds: [] });
  expect(yes).toMatchObject({ kind: 'given' });
  expect(yes.kind === 'given' && yes.words?.text).toBe(text);
});
