import { expect, it } from 'vitest';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import { storageKeys } from '../../hub/storage.ts';
import { findNotices, isLookedAt, stillTrue } from './find-notices.ts';
import {
  type Batch,
  batched,
  batchMs,
  type Notice,
  toTold,
} from '../../../preload/contract/notice-batch.ts';

const all = {
  ...{ permission: true, question: true, approval: true, proposal: true },
  ...{ crashed: true, watch: true, conflict: true, target: true, push: true },
  ...{ stray: true, story: true, landed: true, idle: true },
};
const stories: readonly StoryRecord[] = [];
const none = { waiting: [], agents: [], stories };

function waits(kind: string, subject: string, over: Partial<WaitingItem> = {}): WaitingItem {
  const base = { id: `${kind}/${subject}`, kind, subject, agent: 'a', title: 'Which?' };
  return {
    ...base,
    sinceMs: 0,
    seq: 1,
    isBlocking: !['agent', 'message', 'watch', 'conflict', 'target', 'stray'].includes(kind),
    ...over,
  };
}

function agent(value: AgentRecord['status']['value'], id = 'a'): AgentRecord {
  return {
    ...{ id, profile: 'shell', branch: 'b', state: 'running', stateSinceMs: 0 },
    ...{ session: 1, liveness: 'active', createdMs: 0 },
    status: { value, source: 'report', sinceMs: 0 },
  };
}

const asks: Notice = {
  ...{ id: 'question/q-1', kind: 'question', agent: 'a', text: 'Which?' },
  ...{ view: 'inbox', target: 'question/q-1' },
};

it.each([
  ['question', 'question', 'inbox', 'question/1'],
  ['approval', 'approval', 'review', 'approval/1'],
  ['agent', 'crashed', 'agents', 'agent/a'],
  ['permission', 'permission', 'inbox', 'permission/1'],
  ['watch', 'watch', 'inbox', 'watch/1'],
  ['conflict', 'conflict', 'conflicts', 'conflict/1'],
  ['target', 'target', 'inbox', 'target/1'],
  ['stray', 'stray', 'inbox', 'stray/1'],
  ['proposal', 'proposal', 'inbox', 'proposal/1'],
])('a new %s is a notice of %s that leads to %s %s', (...row) => {
  const [kind, noticed, view, target] = row;
  const notices = findNotices(none, { waiting: [waits(kind, '1')], agents: [], stories }, all);
  expect(notices).toMatchObject([{ kind: noticed, view, target }]);
});

it('one that a limit stopped did not crash', () => {
  const failure = toWireError('TIME_LIMIT', { agent: 'a', used: '2h', of: '2h', more: '4h' });
  const after = {
    waiting: [waits('agent', 'a')],
    agents: [{ ...agent('unknown'), failure }],
    stories,
  };
  expect(findNotices(none, after, all)).toMatchObject([{ kind: 'watch', view: 'inbox' }]);
});

it('settings of before there were kinds of their own have them on', () => {
  const { watch: _, conflict: _also, target: _too, push: _yet, stray: _and, ...kinds } = all;
  const kept = storageKeys.notifications.schema.parse({
    isOn: true,
    kinds: { ...kinds, idle: false },
  });
  expect(kept.kinds).toEqual({ ...all, idle: false });
});

it('what waited before, a message, and what is snoozed are no news; what comes back from a snooze is', () => {
  const known = { waiting: [waits('question', '1')], agents: [], stories };
  expect(findNotices(known, known, all)).toEqual([]);
  const message = { waiting: [waits('message', '7')], agents: [], stories };
  expect(findNotices(none, message, all)).toEqual([]);
  const snoozed = { waiting: [waits('question', '1', { snoozedUntilMs: 9 })], agents: [], stories };
  expect(findNotices(none, snoozed, all)).toEqual([]);
  expect(findNotices(snoozed, known, all)).toHaveLength(1);
});

it('an agent that worked and has nothing to do is one, an agent that comes idle is none', () => {
  const worked = { waiting: [], agents: [agent('working')], stories };
  const idle = { waiting: [], agents: [agent('idle'), agent('idle', 'b')], stories };
  expect(findNotices(worked, idle, all).map(({ id }) => id)).toEqual(['idle/a']);
});

it('a story that is merged is one, once; one that is closed without a merge is none', () => {
  const story = (id: string, place: StoryRecord['place']) =>
    ({ id, title: 'Log in', place }) as StoryRecord;
  const merge = { commit: 'c', mergeCommit: 'm', mergedMs: 1 };
  const before = {
    ...none,
    stories: [story('s-1', { stage: 'coding' }), story('s-2', { stage: 'qa' })],
  };
  const done = [story('s-1', { stage: 'done', merge }), story('s-2', { stage: 'done' })];
  const after = { ...none, stories: [...done, story('s-3', { stage: 'done', merge })] };
  const notices = findNotices(before, after, all);
  expect(notices).toMatchObject([{ id: 'landed/s-1', kind: 'landed', agent: 's-1' }]);
  expect(findNotices(after, after, all)).toEqual([]);
  expect(stillTrue(notices, after)).toEqual(notices);
});

it('a kind that is switched off is never told', () => {
  const after = { waiting: [waits('question', '1'), waits('agent', 'a')], agents: [], stories };
  const kinds = { ...all, question: false };
  expect(findNotices(none, after, kinds).map(({ kind }) => kind)).toEqual(['crashed']);
});

it.each([
  [{ view: 'inbox' }, true],
  [{ view: 'agents', target: 'agent/a' }, true],
  [{ view: 'agents', target: 'agent/b' }, false],
  [{ view: 'agents' }, false],
  [{ view: 'review' }, false],
])('a question is looked at in %j: %j', (place, isSeen) => {
  expect(isLookedAt(asks, place)).toBe(isSeen);
});

it('those that come within five seconds of the first are one batch, which is not put off by them', () => {
  let batch: Batch | undefined = batched(undefined, [], 0);
  expect(batch).toBeUndefined();
  batch = batched(batch, [asks], 1_000);
  batch = batched(batch, [{ ...asks, id: 'question/q-2', agent: 'b' }], 1_000 + batchMs - 1);
  batch = batched(batch, [{ ...asks, text: 'Which one?' }], 1_000 + batchMs - 1);
  expect(batch?.dueMs).toBe(1_000 + batchMs);
  expect(batch?.notices.map(({ text }) => text)).toEqual(['Which?', 'Which one?']);
});

it('one says what it is and leads there; several are counted by kind and lead to the inbox', () => {
  expect(toTold([])).toBeUndefined();
  const one = { title: 'a asks you', body: 'Which?', view: 'inbox', target: 'question/q-1' };
  expect(toTold([asks])).toEqual(one);
  const many: Notice[] = ['b', 'c', 'd', 'e', 'f'].map((id) => ({ ...asks, id, agent: id }));
  const crashed: Notice = { ...asks, id: 'agent/a', kind: 'crashed', view: 'agents' };
  const wish: Notice = { ...asks, id: 'permission/p-1', kind: 'permission' };
  expect(toTold([...many, crashed, wish])).toEqual({
    ...{
      title: '1 permission, 5 questions, 1 crashed',
      body: 'b, c, d, e and 2 more',
      view: 'inbox',
    },
  });
});

it('what was settled before its batch was due is not told', () => {
  const calm: Notice = { ...asks, id: 'idle/a', kind: 'idle' };
  expect(stillTrue([asks, calm], none)).toEqual([]);
  const now = { waiting: [waits('question', 'q-1')], agents: [agent('working')], stories };
  expect(stillTrue([asks, calm], now)).toEqual([asks]);
});
