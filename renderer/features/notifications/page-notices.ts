/** Notices in the page: a few cards, each for what came together. Pure. */
import type { Notice } from '../../../preload/contract/notice-batch.ts';

export interface Card {
  /** Unique among those that are shown. */
  readonly id: number;
  /** Those that still are so; of a card that is over, the last that were. Never empty. */
  readonly notices: readonly Notice[];
  /** When it goes by itself, Unix ms. */
  readonly leavesMs: number;
  /** Nothing of it waits any more, and it only keeps its place because it is held. */
  readonly isOver: boolean;
}

export const mostCards = 3;
/** Long enough to read three lines twice; what is missed still waits in the Inbox. */
export const staysMs = 12_000;
/** After the pointer or the keyboard left. */
const afterHoldMs = 4_000;
const mostInCard = 200;

export interface Arrival {
  readonly notices: readonly Notice[];
  readonly nowMs: number;
  /** The card under the pointer or with the keyboard in it. */
  readonly heldId: number | undefined;
}

/** With a card for them first. Where all places are taken they join the newest that is not held: nothing moves, none is lost. */
export function withNotices(cards: readonly Card[], arrival: Arrival): readonly Card[] {
  const { notices, nowMs, heldId } = arrival;
  if (notices.length === 0) return cards;
  const leavesMs = nowMs + staysMs;
  if (cards.length < mostCards) {
    const id = 1 + Math.max(0, ...cards.map((card) => card.id));
    return [{ id, notices, leavesMs, isOver: false }, ...cards];
  }
  const joined = cards.find(({ id }) => id !== heldId);
  return cards.map((card) => (card === joined ? joinedBy(card, notices, leavesMs) : card));
}

function joinedBy(card: Card, notices: readonly Notice[], leavesMs: number): Card {
  const ids = new Set(notices.map(({ id }) => id));
  const before = card.isOver ? [] : card.notices.filter(({ id }) => !ids.has(id));
  return {
    ...card,
    notices: [...before, ...notices].slice(-mostInCard),
    leavesMs,
    isOver: false,
  };
}

export interface Facts {
  /** It waits no more, wherever that was decided. */
  readonly isSettled: (notice: Notice) => boolean;
  /** The operator has it before them. */
  readonly isSeen: (notice: Notice) => boolean;
  /** One of the cards is held, so those that are over keep their places. */
  readonly isHeld: boolean;
}

/** Without what is settled or seen. The same list when nothing changed. */
export function stillShown(cards: readonly Card[], facts: Facts): readonly Card[] {
  const next = cards.flatMap((card) => shownOf(card, facts));
  const isSame = next.length === cards.length && next.every((card, at) => card === cards[at]);
  return isSame ? cards : next;
}

function shownOf(card: Card, { isSettled, isSeen, isHeld }: Facts): readonly Card[] {
  const unseen = card.notices.filter((notice) => !isSeen(notice));
  if (unseen.length === 0) return [];
  const open = unseen.filter((notice) => !isSettled(notice));
  if (open.length === 0) {
    if (!isHeld) return [];
    return [card.isOver ? card : { ...card, isOver: true }];
  }
  const isSame = open.length === card.notices.length && !card.isOver;
  return [isSame ? card : { ...card, notices: open, isOver: false }];
}

/** Without those whose time is over. */
export function withoutExpired(cards: readonly Card[], nowMs: number): readonly Card[] {
  return cards.every(({ leavesMs }) => leavesMs > nowMs)
    ? cards
    : cards.filter(({ leavesMs }) => leavesMs > nowMs);
}

/** When the hold is over, none goes at once. */
export function afterHold(cards: readonly Card[], nowMs: number): readonly Card[] {
  const leastMs = nowMs + afterHoldMs;
  return cards.map((card) => (card.leavesMs < leastMs ? { ...card, leavesMs: leastMs } : card));
}
