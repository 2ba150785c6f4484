import { expect, it } from 'vitest';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { MessageRecord } from '../../../preload/contract/messages.ts';
import { continues, countUnread, inThread, joinMessages, nameOf } from './message-threads.ts';

function message(seq: number, from: MessageRecord['from'], to: string): MessageRecord {
  return { seq, atMs: seq * 1000, from, to, body: `m${seq}` };
}

const all = [
  message(1, 'agent:a', 'operator'),
  message(2, 'operator', 'a'),
  message(3, 'agent:b', 'a'),
  message(4, 'agent:b', '*'),
  message(5, 'agent:b', 'operator'),
  message(6, 'operator', 'b'),
];

it('older pages and live messages are one list without doubles', () => {
  const joined = joinMessages(all.slice(0, 4), [all[5], all[3], all[4]] as MessageRecord[]);
  expect(joined.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('a thread has what the agent wrote, was sent and was told with all others', () => {
  expect(inThread(all, 'a').map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(inThread(all, undefined)).toBe(all);
});

it('unread are the messages among what waits, by agent', () => {
  const item = (kind: string, agent: string, seq: number): WaitingItem => ({
    ...{ id: `${kind}/${seq}`, kind, agent, seq, subject: `${seq}`, title: 't', sinceMs: 1 },
    isBlocking: kind !== 'message',
  });
  const waiting = [item('message', 'a', 1), item('question', 'b', 2), item('message', 'a', 3)];
  expect(countUnread(waiting)).toEqual(new Map([['a', 2]]));
});

it('names are those of the reader', () => {
  expect(['operator', '*', 'agent:b', 'b', 'system'].map(nameOf)).toEqual([
    'You',
    'everyone',
    'b',
    'b',
    'system',
  ]);
});

it('a message that follows soon from the same to the same continues', () => {
  const [first, second] = [message(1, 'agent:a', 'b'), message(2, 'agent:a', 'b')];
  expect(continues(second, first)).toBe(true);
  expect(continues({ ...second, atMs: 400_000 }, first)).toBe(false);
  expect(continues({ ...second, re: 1 }, first)).toBe(false);
  expect(continues(second, message(1, 'agent:a', 'c'))).toBe(false);
  expect(continues(second, undefined)).toBe(false);
});
