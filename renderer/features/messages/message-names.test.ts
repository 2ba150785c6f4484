import { expect, it } from 'vitest';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { TrackedMessage } from '../../../preload/contract/messages.ts';
import {
  answerTo,
  continues,
  countUnread,
  kindOf,
  nameOf,
  recipientsOf,
  textOf,
} from './message-names.ts';

function message(
  seq: number,
  from: TrackedMessage['from'],
  to: TrackedMessage['to'],
): TrackedMessage {
  return { seq, atMs: seq * 1000, type: 'message.sent', from, to, body: `m${seq}`, delivery: [] };
}

it('unread are the messages among what waits, by agent', () => {
  const item = (kind: string, agent: string, seq: number): WaitingItem => ({
    ...{ id: `${kind}/${seq}`, kind, agent, seq, subject: `${seq}`, title: 't', sinceMs: 1 },
    isBlocking: kind !== 'message',
  });
  const waiting = [item('message', 'a', 1), item('question', 'b', 2), item('message', 'a', 3)];
  expect(countUnread(waiting)).toEqual(new Map([['a', 2]]));
});

it('names are those of the reader', () =>
  expect(['operator', '*', 'agent:b', 'b', 'system'].map(nameOf)).toEqual([
    'You',
    'everyone',
    'b',
    'b',
    'system',
  ]));

it.each([
  ['*', 'everyone'],
  ['operator', 'you'],
  [['a', 'operator'], 'a, you'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b and 3 others'],
])('recipients %j are said as %j', (to, said) => expect(recipientsOf(to)).toBe(said));

it('a message that follows soon from the same to the same continues', () => {
  const [first, second] = [message(1, 'agent:a', 'b'), message(2, 'agent:a', 'b')];
  expect(continues(second, first)).toBe(true);
  expect(continues({ ...second, atMs: 400_000 }, first)).toBe(false);
  expect(continues({ ...second, re: 1 }, first)).toBe(false);
  expect(continues({ ...second, type: 'question.asked' }, first)).toBe(false);
  expect(continues(second, message(1, 'agent:a', ['b', 'c']))).toBe(false);
  expect(continues(second, undefined)).toBe(false);
});

it.each([
  [{ type: 'message.sent' }, undefined],
  [{ type: 'message.sent', kind: 'blocked' }, 'Blocked'],
  [{ type: 'message.sent', kind: 'verify-now' }, 'To verify'],
  [{ type: 'question.answered' }, 'Answer'],
  [{ type: 'later.happened' }, 'later.happened'],
] as const)('%j says what it is: %s', (message, word) => {
  expect(kindOf(message)).toBe(word);
});

it('an answer goes to who wrote it, or to whom the operator wrote', () => {
  expect(answerTo(message(1, 'agent:a', 'operator'))).toBe('a');
  expect(answerTo(message(1, 'operator', ['a', 'b']))).toEqual(['a', 'b']);
});

it('a question is shown without how an agent would answer it', () => {
  const body = 'Question q-1: Which port?\nOptions: 1 | 2\nAnswer with: musher answer q-1 <choice>';
  const asked = { ...message(1, 'agent:a', 'operator'), body };
  expect(textOf({ ...asked, type: 'question.asked' })).toBe('Which port?\nOptions: 1 | 2');
  expect(textOf(asked)).toBe(body);
});
