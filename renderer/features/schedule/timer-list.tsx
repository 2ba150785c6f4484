import { memo } from 'react';
import type { TimerRecord } from '../../../preload/contract/timer-facts.ts';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { ownerOf, saySchedule, standingOf, titleOf } from './schedule-words.ts';
import { UntilTime } from './until-time.tsx';

export const timerListId = 'timer-list';

interface TimerListProps {
  timers: readonly TimerRecord[];
  activeId: string;
  onOpen: (id: string) => void;
}

/** By when they fire next. It holds the focus; the view moves in it by key. */
export function TimerList({ timers, activeId, onOpen }: TimerListProps) {
  return (
    <section
      id={timerListId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the view's keys work while it has the keyboard
      tabIndex={0}
      aria-label="Timers"
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <VirtualList<TimerRecord>
        label="Timers"
        items={timers}
        keyOf={({ id }) => id}
        estimatePx={48}
        activeIndex={timers.findIndex(({ id }) => id === activeId)}
      >
        {(timer) => <TimerRow timer={timer} isActive={timer.id === activeId} onOpen={onOpen} />}
      </VirtualList>
    </section>
  );
}

interface TimerRowProps {
  timer: TimerRecord;
  isActive: boolean;
  onOpen: (id: string) => void;
}

const TimerRow = memo(function TimerRow({ timer, isActive, onOpen }: TimerRowProps) {
  const { id, nextMs, schedule, label, does } = timer;
  const standing = standingOf(timer);
  const owner = ownerOf(timer);
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-current={isActive}
      onClick={() => onOpen(id)}
      className={classNames(
        'relative flex h-12 w-full flex-col justify-center px-4 text-left',
        isActive
          ? 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-line-strong in-focus:before:bg-accent'
          : 'hover:bg-hover',
      )}
    >
      <span className="flex w-full min-w-0 items-center gap-2">
        <UntrustedLine text={titleOf(timer)} className="flex-1 font-medium" />
        {standing && <Badge tone={standing.tone}>{standing.word}</Badge>}
        {nextMs !== undefined && <UntilTime atMs={nextMs} className="text-sm text-muted" />}
      </span>
      <span className="flex w-full min-w-0 items-center gap-1.5 text-sm text-faint">
        <span className="max-w-full shrink-0 truncate">{saySchedule(schedule)}</span>
        {owner !== undefined && <span className="shrink-0">· of {owner}</span>}
        {label !== undefined && <UntrustedLine text={`· ${does}`} />}
      </span>
    </button>
  );
});
