/** The cards as they stand now: without what was settled or seen meanwhile, and without those whose time is over. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useRecords } from '../../hub/use-records.ts';
import { useUi } from '../../shell/ui-state.ts';
import { useUnderWay } from '../../shell/use-decisions.ts';
import { useNow } from '../../ui/clock.ts';
import { isLookedAt, stillTrue } from './find-notices.ts';
import { keepCards, resumeCards, usePageNotices } from './page-notice-state.ts';
import { type Card, stillShown, withoutExpired } from './page-notices.ts';

/** The newest first. */
export function usePageCards(): readonly Card[] {
  const { cards, heldId } = usePageNotices();
  const [waiting, agents] = [useRecords('waiting'), useRecords('agent')];
  const stories = useRecords('story');
  const place = useUi((state) => state.place);
  const underWay = useUnderWay();
  const isHeld = cards.some(({ id }) => id === heldId);
  const shown = useMemo(() => {
    const all = cards.flatMap(({ notices }) => notices);
    const open = new Set(stillTrue(all, { waiting, agents, stories }).map(({ id }) => id));
    return stillShown(cards, {
      isHeld,
      isSeen: (notice) => isLookedAt(notice, place),
      // What was decided here and is on its way to the hub waits no more either.
      isSettled: ({ id }) => underWay.has(id) || !open.has(id),
    });
  }, [cards, isHeld, waiting, agents, stories, place, underWay]);
  useEffect(() => {
    if (shown !== cards) keepCards(shown);
  }, [shown, cards]);
  useExpiry(shown, isHeld);
  return shown;
}

/** The page's clock stands still while nobody looks, and so does their time while another window has the focus. */
function useExpiry(cards: readonly Card[], isHeld: boolean): void {
  const nowMs = useNow();
  const hasFocus = useHasFocus();
  useEffect(() => {
    if (hasFocus) resumeCards();
  }, [hasFocus]);
  useEffect(() => {
    if (isHeld || !hasFocus) return;
    const left = withoutExpired(cards, nowMs);
    if (left !== cards) keepCards(left);
  }, [cards, isHeld, hasFocus, nowMs]);
}

function useHasFocus(): boolean {
  return useSyncExternalStore(subscribeToFocus, () => document.hasFocus());
}

function subscribeToFocus(onChange: () => void): () => void {
  addEventListener('focus', onChange);
  addEventListener('blur', onChange);
  return () => {
    removeEventListener('focus', onChange);
    removeEventListener('blur', onChange);
  };
}
