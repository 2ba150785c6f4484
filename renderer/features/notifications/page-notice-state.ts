/** The cards that are shown in this page. They live as long as it: after a reload nothing is told again. */
import { create } from 'zustand';
import { pageClock } from '../../hub/channel.ts';
import type { Notice } from '../../../preload/contract/notice-batch.ts';
import { afterHold, type Card, withNotices } from './page-notices.ts';

interface PageNotices {
  /** The newest first. */
  readonly cards: readonly Card[];
  readonly heldId: number | undefined;
}

export const usePageNotices = create<PageNotices>(() => ({ cards: [], heldId: undefined }));

export function tellInPage(notices: readonly Notice[]): void {
  const nowMs = pageClock.now();
  usePageNotices.setState(({ cards, heldId }) => ({
    cards: withNotices(cards, { notices, nowMs, heldId }),
  }));
}

export function keepCards(cards: readonly Card[]): void {
  usePageNotices.setState({ cards });
}

export function endCard(id: number): void {
  usePageNotices.setState(({ cards }) => ({ cards: cards.filter((card) => card.id !== id) }));
}

/** Under the pointer, or with the keyboard in it. While one is, none goes by itself. */
export function holdCard(id: number): void {
  usePageNotices.setState({ heldId: id });
}

export function letGoOfCard(id: number): void {
  const { heldId } = usePageNotices.getState();
  if (heldId === id) resumeCards();
}

/** From now on they go by themselves again. */
export function resumeCards(): void {
  usePageNotices.setState(({ cards }) => ({
    cards: afterHold(cards, pageClock.now()),
    heldId: undefined,
  }));
}
