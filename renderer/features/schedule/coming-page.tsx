import { CalendarClock, Plus } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { Upcoming } from '../../../preload/contract/timer-facts.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useFocusHome } from '../../shell/use-focus-home.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatExact } from '../../ui/format-time.ts';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { openTimerForm } from './schedule-ui.ts';
import { placeOf, sayKind } from './schedule-words.ts';
import { UntilTime } from './until-time.tsx';

const listId = 'coming-list';
const shown = 200;

/** All that happens by itself, of whatever kind, by when. */
export function ComingPage() {
  const { result, error, reload } = useQuery('schedule.list', { limit: shown });
  const known = useWhatComes();
  const seen = useRef(known);
  useEffect(() => {
    if (seen.current === known) return;
    seen.current = known;
    reload();
  }, [known, reload]);
  useFocusHome(() => document.getElementById(listId));
  if (error && result === undefined)
    return (
      <EmptyState
        icon={CalendarClock}
        title={error.message}
        action={<Button onClick={reload}>Try again</Button>}
      >
        {error.mend}
      </EmptyState>
    );
  if (result === undefined) return <div aria-busy className="flex-1" />;
  if (result.total === 0) return <NothingComes />;
  const left = result.total - result.upcoming.length;
  return (
    <section
      id={listId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it has the keyboard, so that the view's keys work
      tabIndex={0}
      aria-label="All that comes by itself"
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <ScrollArea>
        <ul>
          {result.upcoming.map((one) => (
            <Row key={`${one.kind}/${one.subject}/${one.atMs}`} one={one} />
          ))}
        </ul>
        {left > 0 && <p className="px-4 py-2 text-sm text-faint">and {left} that come later</p>}
      </ScrollArea>
    </section>
  );
}

/** Another one for each change of what would be in the list, and only then. */
function useWhatComes(): string {
  const timers = useRecords('timer');
  const agents = useRecords('agent');
  const waiting = useRecords('waiting');
  return useMemo(
    () =>
      [
        ...timers.map(({ id, nextMs, label }) => `${id} ${nextMs} ${label}`),
        ...agents.map(({ restart, limit }) => `${restart?.nextMs} ${limit?.untilMs}`),
        ...waiting.map(({ id, snoozedUntilMs }) => `${id} ${snoozedUntilMs}`),
      ].join('\n'),
    [timers, agents, waiting],
  );
}

function Row({ one }: { one: Upcoming }) {
  return (
    <li>
      <button
        type="button"
        className="flex h-row w-full items-center gap-3 px-4 text-left hover:bg-hover"
        onClick={() => navigate(...placeOf(one))}
      >
        <UntilTime atMs={one.atMs} className="w-14 font-medium" />
        <span className="w-28 shrink-0 text-muted">{sayKind(one)}</span>
        <UntrustedLine text={one.title} className="flex-1" />
        <span className="shrink-0 text-sm text-faint">{formatExact(one.atMs)}</span>
      </button>
    </li>
  );
}

function NothingComes() {
  return (
    <EmptyState
      icon={CalendarClock}
      title="Nothing comes by itself"
      action={
        <Button icon={Plus} shortcut="n" onClick={() => openTimerForm('new')}>
          New timer
        </Button>
      }
    >
      Timers stand here, and with them restarts of agents, ends of limits, deadlines of questions
      and what you put off.
    </EmptyState>
  );
}
