import { CalendarClock, Plus } from 'lucide-react';
import type { TimerRecord } from '../../../preload/contract/timer-facts.ts';
import { useIsLoaded } from '../../hub/use-records.ts';
import { keyOfTarget } from '../../../preload/contract/place.ts';
import { amendPlace, useUi } from '../../shell/ui-state.ts';
import { useFocusHome } from '../../shell/use-focus-home.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { findBack, type Pages, usePages } from '../../ui/pages.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { openTimerForm } from './schedule-ui.ts';
import { TimerDetail } from './timer-detail.tsx';
import { TimerList, timerListId } from './timer-list.tsx';
import { useTimerActions, useTimers } from './use-timers.ts';

const noneId = 'no-timers';

function findHome(): HTMLElement | null {
  return document.getElementById(timerListId) ?? findBack() ?? document.getElementById(noneId);
}

/** Timers by when they fire next, and one of them as a whole. */
export function TimersPage() {
  const asked = useUi(({ place }) => keyOfTarget(place.target, 'timer'));
  const timers = useTimers();
  const isLoaded = useIsLoaded();
  const active = timers.find(({ id }) => id === asked) ?? timers[0];
  const pages = usePages(asked !== undefined);
  useFocusHome(findHome);
  useListKeys(timers, active, pages);
  if (!isLoaded) return <div aria-busy className="flex-1" />;
  if (active === undefined && asked === undefined) return <NoTimers />;
  const open = (id: string) => {
    amendPlace(`timer/${id}`);
    pages.open();
  };
  // One that is over is in no list, and has its history all the same.
  const shown = asked ?? active?.id ?? '';
  return (
    <SplitPane
      id="schedule"
      pages={pages}
      backTo="Timers"
      label="Resize the list"
      fixed="start"
      sizePx={Math.round(Math.max(Math.min(420, innerWidth / 3), innerWidth / 4))}
      minPx={260}
      maxPx={800}
      start={<TimerList timers={timers} activeId={shown} onOpen={open} />}
      end={<TimerDetail key={shown} id={shown} />}
    />
  );
}

function useListKeys(
  timers: readonly TimerRecord[],
  active: TimerRecord | undefined,
  pages: Pages,
): void {
  const { run, pause, remove } = useTimerActions();
  const at = timers.findIndex(({ id }) => id === active?.id);
  const move = (step: number) => {
    const next = timers[Math.min(Math.max(at + step, 0), timers.length - 1)];
    if (next) amendPlace(`timer/${next.id}`);
  };
  useShortcuts([
    { keys: 'j', run: () => move(1) },
    { keys: 'ArrowDown', run: () => move(1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowUp', run: () => move(-1) },
    { keys: 'Home', run: () => move(-timers.length) },
    { keys: 'End', run: () => move(timers.length) },
    { keys: 'Enter', run: () => pages.open() },
    { keys: 'Escape', run: () => pages.back() || findHome()?.focus() },
  ]);
  useShortcuts(
    [
      { keys: 'e', run: () => active && openTimerForm(active.id) },
      { keys: 'p', run: () => active && pause(active), decides: true },
      { keys: 'r', run: () => active && run(active), decides: true },
      { keys: 'x', run: () => active && remove(active), decides: true },
    ],
    active !== undefined,
  );
}

function NoTimers() {
  return (
    <section
      id={noneId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it has the keyboard where there is no list
      tabIndex={0}
      aria-label="No timers"
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <EmptyState
        icon={CalendarClock}
        title="Nothing is set"
        action={
          <Button look="primary" icon={Plus} shortcut="n" onClick={() => openTimerForm('new')}>
            New timer
          </Button>
        }
      >
        A timer does a command, or tells an agent something, at a time: once, or again and again.
        What it missed while Musher was away comes once.{' '}
        <code>musher remind "look at backend" --in 2h</code> puts something into your Inbox.
      </EmptyState>
    </section>
  );
}
