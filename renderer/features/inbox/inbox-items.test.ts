import { expect, it } from 'vitest';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import type { RecordKind, RecordOf } from '../../hub/bridge.ts';
import { type FactsOf, toInboxItems, toPeerItems } from './inbox-items.ts';
import { approvalFacts, failedApprovalFacts } from './kinds/approval.ts';
import { conflictFacts } from './kinds/conflict.ts';
import { failedAgentFacts } from './kinds/failed-agent.ts';
import { messageFacts } from './kinds/message.ts';
import { noticeFacts } from './kinds/notice.ts';
import { questionFacts } from './kinds/question.ts';
import { strayFacts } from './kinds/stray.ts';
import { targetFacts } from './kinds/target.ts';
import { neighbour, nextActive } from './selection.ts';

const commit = 'a'.repeat(40);

function question(id: string, askedMs: number, over: Partial<QuestionRecord> = {}): QuestionRecord {
  return {
    id,
    asker: 'backend',
    to: 'operator',
    text: id,
    options: [],
    multi: false,
    state: 'open',
    askedMs,
    ...over,
  };
}

function approval(
  id: string,
  requestedMs: number,
  over: Partial<ApprovalRecord> = {},
): ApprovalRecord {
  const pin = { commit, tree: commit, base: commit, target: 'main', diffHash: 'h' };
  const counts = { files: [], fileCount: 0, additions: 0, deletions: 0, commitCount: 1 };
  return {
    id,
    agent: 'backend',
    title: id,
    pin,
    ...counts,
    state: 'pending',
    requestedMs,
    ...over,
  };
}

function agent(id: string, over: Partial<AgentRecord> = {}): AgentRecord {
  const status = { value: 'unknown', source: 'none', sinceMs: 0 } as const;
  return {
    id,
    profile: 'shell',
    branch: `agent/${id}`,
    state: 'stopped',
    stateSinceMs: 50,
    session: 1,
    status,
    liveness: 'idle',
    createdMs: 0,
    ...over,
  };
}

/** `<kind>/<subject>`. */
function waits(id: string, sinceMs: number, over: Partial<WaitingItem> = {}): WaitingItem {
  const [kind = '', subject = ''] = id.split('/');
  return {
    ...{ id, kind, subject, sinceMs, seq: sinceMs, agent: 'backend' },
    title: `about ${subject}`,
    isBlocking: kind === 'question' || kind === 'approval',
    ...over,
  };
}

const kinds: readonly FactsOf[] = [
  ...[targetFacts, strayFacts, conflictFacts, questionFacts, approvalFacts, failedApprovalFacts],
  ...[failedAgentFacts, noticeFacts, messageFacts],
];

/** Records by kind, each by the key that the hub has for it. */
type Given = { readonly [K in RecordKind]?: readonly RecordOf<K>[] };

const keyNames: Partial<Record<RecordKind, string>> = { target: 'target', head: 'agent' };

function items(waiting: readonly WaitingItem[], given: Given = {}) {
  const all = <K extends RecordKind>(kind: K) => (given[kind] ?? []) as readonly RecordOf<K>[];
  const records = {
    all,
    get: <K extends RecordKind>(kind: K, key: string) =>
      all(kind).find((one) => Object(one)[keyNames[kind] ?? 'id'] === key),
  };
  return toInboxItems(waiting, records, kinds);
}

it('what the hub says that waits stands in one list with its records: who is stopped first, then the oldest', () => {
  const waiting = [
    waits('question/q1', 30),
    waits('approval/a1', 20),
    waits('approval/a2', 25, { isBlocking: false }),
    waits('agent/tests', 50, { agent: 'tests' }),
    waits('message/4', 40),
  ];
  const found = items(waiting, {
    question: [question('q1', 30)],
    approval: [approval('a1', 20), approval('a2', 1, { state: 'conflicted', settledMs: 25 })],
    agent: [agent('tests')],
  });
  expect(found.map(({ id, kind }) => [id, kind])).toEqual([
    ['approval/a1', 'approval'],
    ['question/q1', 'question'],
    ['approval/a2', 'failed-approval'],
    ['message/4', 'message'],
    ['agent/tests', 'failed-agent'],
  ]);
  expect(found.map(({ line }) => line)).toEqual([
    'a1',
    'q1',
    'Conflicts: a2',
    'about 4',
    'about tests',
  ]);
});

it('what is not here yet, or of a kind of a later version, is not shown', () => {
  const waiting = [waits('question/q2', 2), waits('gate/g1', 3)];
  const found = items(waiting, { question: [question('q1', 1)] });
  expect(found).toEqual([]);
});

it('questions between agents are apart', () => {
  const peers = toPeerItems([
    question('q1', 9, { to: 'docs' }),
    question('q2', 3, { to: 'tests' }),
    question('q3', 1),
  ]);
  expect(peers.map(({ id }) => id)).toEqual(['question/q2', 'question/q1']);
});

it.each([
  ['stays', ['a', 'b', 'c'], ['a', 'b', 'c'], 'b', 'b'],
  ['goes to the next when its item went', ['a', 'b', 'c'], ['a', 'c'], 'b', 'c'],
  ['skips those that went with it', ['a', 'b', 'c', 'd'], ['a', 'd'], 'b', 'd'],
  ['falls back to the last', ['a', 'b', 'c'], ['a', 'b'], 'c', 'b'],
  ['is none in an empty list', ['a'], [], 'a', undefined],
  ['begins at the oldest', [], ['x', 'y'], undefined, 'x'],
])('the selection %s', (...row) => {
  const [, before, after, active, expected] = row;
  expect(nextActive(before, after, active)).toBe(expected);
});

it('moving stops at the ends', () => {
  expect(neighbour(['a', 'b'], 'b', 1)).toBe('b');
  expect(neighbour(['a', 'b'], 'a', -1)).toBe('a');
  expect(neighbour(['a', 'b'], undefined, 1)).toBe('a');
  expect(neighbour([], undefined, 1)).toBeUndefined();
});

it('a message that stops its agent is among what is blocked', () => {
  const waiting = [waits('message/1', 1), waits('message/2', 2, { isBlocking: true })];
  expect(items(waiting).map(({ id, sort }) => [id, sort])).toEqual([
    ['message/2', 'blocked'],
    ['message/1', 'message'],
  ]);
});

it('what the watchdog noticed is a notice of its agent, and none of an agent that is gone', () => {
  const waiting: WaitingItem[] = ['backend', 'gone'].map((id) => ({
    ...{ id: `watch/${id}.turns`, kind: 'watch', subject: `${id}.turns`, agent: id },
    ...{ title: 'It has used 8 of 10 turns', sinceMs: 5, seq: 1, isBlocking: false },
  }));
  const found = items(waiting, { agent: [agent('backend')] });
  expect(found.map((item) => [item.id, item.kind, item.line])).toEqual([
    ['watch/backend.turns', 'notice', 'It has used 8 of 10 turns'],
  ]);
});

it('what came about in the repository meets its record; what is over by then is not shown', () => {
  const alarm = { from: 'a', to: 'b', added: 1, removed: 0, moves: [], checkouts: [], sinceMs: 1 };
  const stray = { commits: [{ commit, branch: 'main' }], sinceMs: 2 };
  const head = { branch: 'agent/backend', commitCount: 1, lastMs: 2 };
  const waiting = [
    waits('target/release', 1, { id: 'target/release/2.4', subject: 'release/2.4', agent: '' }),
    waits('stray/backend', 2),
    waits('target/main', 3, { agent: '' }),
    waits('stray/docs', 4, { agent: 'docs' }),
    waits('conflict/c-1', 5),
  ];
  const found = items(waiting, {
    target: [
      { target: 'release/2.4', commit, alarm },
      { target: 'main', commit },
    ],
    head: [
      { agent: 'backend', ...head, stray },
      { agent: 'docs', ...head },
    ],
    agent: [agent('backend')],
    conflict: [
      {
        ...{ id: 'c-1', kind: 'in-flight', agents: ['backend', 'docs'], severity: 'high' },
        ...{ files: [], fileCount: 1, order: ['backend', 'docs'], orderedBy: 'hub' },
        ...{ sinceMs: 5, changedMs: 5, seq: 1 },
      },
    ],
  });
  expect(found.map(({ id, kind, agent: who }) => [id, kind, who])).toEqual([
    ['target/release/2.4', 'target', 'release/2.4'],
    ['stray/backend', 'stray', 'backend'],
    ['conflict/c-1', 'conflict', 'backend'],
  ]);
});
