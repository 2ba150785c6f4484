import { expect, it } from 'vitest';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { MessageRecord } from '../../../preload/contract/messages.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import {
  type InboxRead,
  type InboxRecords,
  neighbour,
  nextActive,
  toInboxItems,
  toPeerItems,
} from './inbox-items.ts';

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

function message(seq: number, over: Partial<MessageRecord> = {}): MessageRecord {
  return { seq, atMs: seq * 10, from: 'agent:backend', to: 'operator', body: `m${seq}`, ...over };
}

function ids(records: Partial<InboxRecords>, read: InboxRead = { upTo: 0, done: [] }): string[] {
  const all: InboxRecords = { questions: [], approvals: [], agents: [], messages: [], ...records };
  return toInboxItems(all, read).map(({ id }) => id);
}

const crash = { exit: { code: 1, signal: null, atMs: 50, expected: false } };

it('everything that waits stands in one list, oldest first', () => {
  const records = {
    questions: [question('q1', 30)],
    approvals: [approval('a1', 20)],
    agents: [agent('tests', crash)],
    messages: [message(1), message(4)],
  };
  expect(ids(records)).toEqual([
    'message/1',
    'approval/a1',
    'question/q1',
    'message/4',
    'agent/tests@50',
  ]);
});

it('what is settled, for others or already read does not wait', () => {
  const records = {
    questions: [question('q1', 1, { state: 'answered' }), question('q2', 2, { to: 'docs' })],
    approvals: [approval('a1', 3, { state: 'merged' }), approval('a2', 4, { state: 'denied' })],
    agents: [
      agent('calm'),
      agent('gone', { ...crash, state: 'destroyed' }),
      agent('again', { ...crash, state: 'starting' }),
    ],
    messages: [
      message(1),
      message(2, { to: '*' }),
      message(3, { from: 'operator', to: 'operator' }),
      message(9),
    ],
  };
  expect(ids(records, { upTo: 1, done: ['message/9'] })).toEqual([]);
});

it('a failed merge waits until the agent asks again', () => {
  const failed = approval('a1', 1, { state: 'conflicted', settledMs: 5 });
  expect(ids({ approvals: [failed] })).toEqual(['approval/a1@5']);
  expect(ids({ approvals: [failed, approval('a2', 9)] })).toEqual(['approval/a2']);
  expect(ids({ approvals: [failed, approval('a2', 9, { agent: 'docs' })] })).toHaveLength(2);
});

it('a dismissed failure that happens again waits again', () => {
  const read = { upTo: 0, done: ['agent/tests@50'] };
  expect(ids({ agents: [agent('tests', crash)] }, read)).toEqual([]);
  expect(ids({ agents: [agent('tests', { ...crash, stateSinceMs: 90 })] }, read)).toEqual([
    'agent/tests@90',
  ]);
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
