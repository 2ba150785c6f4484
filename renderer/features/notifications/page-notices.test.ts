import { expect, it } from 'vitest';
import type { Notice } from '../../../preload/contract/notice-batch.ts';
import {
  afterHold,
  type Card,
  type Facts,
  mostCards,
  stillShown,
  staysMs,
  withNotices,
  withoutExpired,
} from './page-notices.ts';

function notice(id: string): Notice {
  return { id, kind: 'question', agent: id, text: 'Which?', view: 'inbox', target: id };
}

function cardsOf(...ids: string[]): readonly Card[] {
  return ids.reduce<readonly Card[]>(
    (cards, id) => withNotices(cards, { notices: [notice(id)], nowMs: 0, heldId: undefined }),
    [],
  );
}

const idsIn = (cards: readonly Card[]) => cards.map(({ notices }) => notices.map(({ id }) => id));
const nothing: Facts = { isSettled: () => false, isSeen: () => false, isHeld: false };

it('the newest is first, each with a key of its own, and nothing changes for nothing', () => {
  const cards = cardsOf('a', 'b');
  expect(idsIn(cards)).toEqual([['b'], ['a']]);
  expect(new Set(cards.map(({ id }) => id)).size).toBe(2);
  expect(withNotices(cards, { notices: [], nowMs: 9, heldId: undefined })).toBe(cards);
});

it('there are never more than three: the fourth joins the newest, which says it once and stays longer', () => {
  const cards = cardsOf('a', 'b', 'c');
  expect(cards).toHaveLength(mostCards);
  const more = withNotices(cards, {
    ...{ notices: [notice('d'), notice('c')], nowMs: 5, heldId: undefined },
  });
  expect(idsIn(more)).toEqual([['d', 'c'], ['b'], ['a']]);
  expect(more.map(({ leavesMs }) => leavesMs)).toEqual([5 + staysMs, staysMs, staysMs]);
});

it('what is held never changes its words or its place', () => {
  const cards = cardsOf('a', 'b', 'c');
  const heldId = cards[0]?.id;
  const more = withNotices(cards, { notices: [notice('d')], nowMs: 0, heldId });
  expect(more[0]).toBe(cards[0]);
  expect(idsIn(more)).toEqual([['c'], ['b', 'd'], ['a']]);
});

it('a card of many is bounded', () => {
  const many = Array.from({ length: 150 }, (_, at) => notice(`n${at}`));
  const first = withNotices(cardsOf('a', 'b'), { notices: many, nowMs: 0, heldId: undefined });
  const again = many.map(({ id }) => notice(`${id}-again`));
  const next = withNotices(first, { notices: again, nowMs: 0, heldId: undefined });
  expect(next[0]?.notices).toHaveLength(200);
  expect(next[0]?.notices.at(-1)?.id).toBe('n149-again');
});

it('what was settled elsewhere leaves its card, and a card with nothing left goes', () => {
  const cards = withNotices(cardsOf('a'), {
    ...{ notices: [notice('b'), notice('c')], nowMs: 0, heldId: undefined },
  });
  expect(stillShown(cards, nothing)).toBe(cards);
  const left = stillShown(cards, { ...nothing, isSettled: ({ id }) => id !== 'c' });
  expect(idsIn(left)).toEqual([['c']]);
});

it('while one is held, a card that is over keeps its place and says so; what is seen goes all the same', () => {
  const cards = cardsOf('a', 'b');
  const held: Facts = { ...nothing, isHeld: true, isSettled: ({ id }) => id === 'a' };
  const left = stillShown(cards, held);
  expect(left.map(({ isOver }) => isOver)).toEqual([false, true]);
  expect(stillShown(left, held)).toBe(left);
  expect(idsIn(stillShown(left, { ...held, isHeld: false }))).toEqual([['b']]);
  expect(idsIn(stillShown(left, { ...held, isSeen: ({ id }) => id === 'a' }))).toEqual([['b']]);
});

it('what joins a card that is over does not bring back what was settled', () => {
  const [first, ...rest] = cardsOf('a', 'b', 'c');
  const over = [{ ...(first as Card), isOver: true }, ...rest];
  const next = withNotices(over, { notices: [notice('d')], nowMs: 0, heldId: undefined });
  expect(next[0]).toMatchObject({ isOver: false });
  expect(idsIn(next)[0]).toEqual(['d']);
});

it('each goes when its time is over, and none at once after it was held', () => {
  const cards = cardsOf('a');
  expect(withoutExpired(cards, staysMs - 1)).toBe(cards);
  expect(withoutExpired(cards, staysMs)).toEqual([]);
  const late = afterHold(cards, staysMs + 60_000);
  expect(withoutExpired(late, staysMs + 61_000)).toHaveLength(1);
  expect(afterHold(cards, 0)).toEqual(cards);
});
