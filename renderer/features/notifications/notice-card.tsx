import {
  Circle,
  CircleHelp,
  CloudOff,
  GitBranch,
  GitMerge,
  GitMergeConflict,
  GitPullRequestArrow,
  Inbox,
  KeyRound,
  OctagonAlert,
  OctagonPause,
  ShieldAlert,
  SlidersHorizontal,
  TriangleAlert,
  X,
} from 'lucide-react';
import type { FocusEvent, KeyboardEvent } from 'react';
import { navigate } from '../../shell/ui-state.ts';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { toTold } from '../../../preload/contract/notice-batch.ts';
import { endCard, holdCard, letGoOfCard } from './page-notice-state.ts';
import type { Card } from './page-notices.ts';

const looks: Readonly<Record<string, { icon: typeof X; tone: string }>> = {
  question: { icon: CircleHelp, tone: 'text-amber' },
  permission: { icon: KeyRound, tone: 'text-amber' },
  approval: { icon: GitPullRequestArrow, tone: 'text-amber' },
  proposal: { icon: SlidersHorizontal, tone: 'text-amber' },
  crashed: { icon: OctagonAlert, tone: 'text-red' },
  watch: { icon: TriangleAlert, tone: 'text-amber' },
  conflict: { icon: GitMergeConflict, tone: 'text-red' },
  target: { icon: ShieldAlert, tone: 'text-red' },
  push: { icon: CloudOff, tone: 'text-red' },
  stray: { icon: GitBranch, tone: 'text-amber' },
  story: { icon: OctagonPause, tone: 'text-red' },
  landed: { icon: GitMerge, tone: 'text-green' },
  idle: { icon: Circle, tone: 'text-muted' },
};
const several = { icon: Inbox, tone: 'text-amber' };

interface NoticeCardProps {
  card: Card;
  isLine: boolean;
}

/** What it is and where it leads: as a whole a button, and a small one that dismisses it. What agents wrote is text alone. */
export function NoticeCard({ card, isLine }: NoticeCardProps) {
  const { id, notices, isOver } = card;
  const told = toTold(notices);
  if (told === undefined) return null;
  const { icon: Icon, tone } = (notices.length === 1 && looks[notices[0]?.kind ?? '']) || several;
  const go = () => leave(id, () => navigate(told.view, told.target));
  const letGo = ({ currentTarget, relatedTarget }: FocusEvent) =>
    !currentTarget.contains(relatedTarget) && letGoOfCard(id);
  const dismissByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    leave(id);
  };
  return (
    <li
      data-notice={id}
      onPointerEnter={() => holdCard(id)}
      onPointerLeave={() => letGoOfCard(id)}
      onFocus={() => holdCard(id)}
      onBlur={letGo}
      onKeyDown={dismissByKey}
      className={classNames(
        'slide-in relative flex border-line-strong bg-bg',
        isLine
          ? 'h-6 min-w-0 max-w-1/2 flex-1 border-t border-r'
          : 'mb-1.5 h-17 rounded-md border shadow-float',
      )}
    >
      <button
        type="button"
        onClick={go}
        className={classNames(
          'flex min-w-0 flex-1 gap-2 pl-2.5 text-left hover:bg-hover',
          isLine ? 'items-center pr-8' : 'items-start rounded-md py-2 pr-2.5',
        )}
      >
        <Icon
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className={classNames('shrink-0', !isLine && 'mt-0.5', isOver ? 'text-faint' : tone)}
        />
        <span className={classNames('flex min-w-0', isLine ? 'items-baseline gap-2' : 'flex-col')}>
          <span
            className={classNames(
              'truncate font-medium',
              isLine ? 'max-w-2/3 shrink-0' : 'pr-6',
              isOver && 'text-muted',
            )}
          >
            {toPlainLine(told.title)}
          </span>
          <span
            dir="auto"
            className={classNames(
              'text-sm text-muted',
              isLine ? 'truncate' : 'line-clamp-2 wrap-anywhere',
            )}
          >
            {isOver ? 'Settled meanwhile' : toPlainLine(told.body)}
          </span>
        </span>
      </button>
      <IconButton
        icon={X}
        label={`Dismiss: ${toPlainLine(told.title)}`}
        onClick={() => leave(id)}
        className={classNames('absolute', isLine ? 'top-0 right-1 size-6!' : 'top-1 right-1')}
      />
    </li>
  );
}

/** Ends the card. The keyboard, when it was in it, goes to the next one, or home to the view. */
export function leave(id: number, go?: () => void): void {
  const active = document.activeElement;
  if (active instanceof HTMLElement && active.closest(`[data-notice="${id}"]`) !== null) {
    active.blur();
    if (go === undefined) document.querySelector<HTMLElement>(nextTo(id))?.focus();
  }
  endCard(id);
  go?.();
}

const nextTo = (id: number) => `[data-notice]:not([data-notice="${id}"]) button`;
