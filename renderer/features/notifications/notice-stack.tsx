import { useEffect } from 'react';
import { keymap } from '../../shell/keymap.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { classNames } from '../../ui/class-names.ts';
import { leave, NoticeCard } from './notice-card.tsx';
import { toTold } from '../../../preload/contract/notice-batch.ts';
import { usePageNotices } from './page-notice-state.ts';
import { mostCards } from './page-notices.ts';
import { usePageCards } from './use-page-cards.ts';

/** Pixels that a card takes, with the gap below it. */
const cardPx = 74;

interface NoticeStackProps {
  /** Below the sidebar they take its room; without one they lie on the status bar, a line each. So nothing that is worked in is covered. */
  place: 'sidebar' | 'bar';
}

/** What happens elsewhere, in the page. It never takes the keyboard; the list is there before its cards, so that they are read out. */
export function NoticeStack({ place }: NoticeStackProps) {
  const count = usePageNotices(({ cards }) => cards.length);
  useShortcuts(
    [
      { keys: keymap.newestNotice.keys, run: goToNewest },
      { keys: keymap.dismissNotices.keys, run: dismissAll },
    ],
    count > 0,
  );
  useEffect(() => {
    const { style } = document.documentElement;
    if (place === 'sidebar') style.setProperty('--notices', `${count * cardPx}px`);
    return () => void style.removeProperty('--notices');
  }, [place, count]);
  return (
    <section
      aria-label="Notices"
      className={
        place === 'sidebar' ? 'shrink-0 bg-raised px-2' : 'fixed right-12 bottom-0 left-0 z-30'
      }
    >
      <ol
        aria-live="polite"
        aria-relevant="additions text"
        className={classNames('flex', place === 'sidebar' && 'flex-col')}
      >
        {count > 0 && <Cards isLine={place === 'bar'} />}
      </ol>
    </section>
  );
}

function Cards({ isLine }: { isLine: boolean }) {
  return usePageCards()
    .slice(0, mostCards)
    .map((card) => <NoticeCard key={card.id} card={card} isLine={isLine} />);
}

function goToNewest(): void {
  const [card] = usePageNotices.getState().cards;
  const told = card && toTold(card.notices);
  if (told) leave(card.id, () => navigate(told.view, told.target));
}

function dismissAll(): void {
  for (const { id } of usePageNotices.getState().cards) leave(id);
}
