import { CalendarClock, Pause, Pencil, Play, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Fact } from '../../ui/fact.tsx';
import { formatExact } from '../../ui/format-time.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';
import { openTimerForm } from './schedule-ui.ts';
import { ownerOf, saySchedule, standingOf, titleOf } from './schedule-words.ts';
import { TimerHistory } from './timer-history.tsx';
import { UntilTime } from './until-time.tsx';
import { useTimerActions } from './use-timers.ts';

export type ShownTimer = QueryOutput<'timer.get'>;

/** One timer: what it does, when next, how its last firing went, and all that it did. */
export function TimerDetail({ id }: { id: string }) {
  const record = useRecord('timer', id);
  const { result, error, reload } = useQuery('timer.get', { timer: id, limit: 50 });
  const seen = useRef(record);
  useEffect(() => {
    if (seen.current === record) return;
    seen.current = record;
    reload();
  }, [record, reload]);
  if (error !== undefined && result === undefined)
    return (
      <EmptyState icon={CalendarClock} title={error.message}>
        {error.mend}
      </EmptyState>
    );
  if (result === undefined) return <div aria-busy className="flex-1" />;
  // The record is newer than what was asked for a moment ago.
  const timer: ShownTimer = { ...result, ...record };
  return (
    <section aria-label={`Timer ${id}`} className="flex min-h-0 flex-1 flex-col">
      <Head timer={timer} />
      <ScrollArea>
        <dl className="grid grid-cols-[repeat(auto-fit,minmax(220px,1fr))] gap-x-6 gap-y-3 px-4 py-3">
          <Does timer={timer} />
          <When timer={timer} />
          <Next timer={timer} />
        </dl>
        {timer.last?.error && (
          <div className="mx-4 mb-3 border-l-2 border-red pl-3">
            <UntrustedText text={timer.last.error.message} />
            <UntrustedText text={timer.last.error.mend} className="text-muted" />
          </div>
        )}
        <TimerHistory timer={timer} />
      </ScrollArea>
    </section>
  );
}

function Head({ timer }: { timer: ShownTimer }) {
  const { run, pause, remove } = useTimerActions();
  const { id, state, last, action } = timer;
  const standing = standingOf(timer);
  const isPaused = state === 'paused';
  const isOpen = state === 'active' || isPaused;
  return (
    <header className="flex h-bar shrink-0 items-center gap-2 border-b px-4">
      <h2 className="min-w-0 truncate font-medium">
        <UntrustedLine text={titleOf(timer)} />
      </h2>
      {standing && <Badge tone={standing.tone}>{standing.word}</Badge>}
      <span className="flex-1" />
      {state !== 'removed' && (
        <Button
          icon={Play}
          shortcut="r"
          disabled={last?.state === 'acting'}
          onClick={() => run(timer)}
        >
          Do it now
        </Button>
      )}
      {isOpen && (
        <>
          <IconButton
            icon={isPaused ? Play : Pause}
            label={isPaused ? 'Let it go on' : 'Pause'}
            shortcut="p"
            onClick={() => pause(timer)}
          />
          {action.kind !== 'remind' && (
            <IconButton
              icon={Pencil}
              label="Change"
              shortcut="e"
              onClick={() => openTimerForm(id)}
            />
          )}
          <IconButton icon={X} label="Take back" shortcut="x" onClick={() => remove(timer)} />
        </>
      )}
    </header>
  );
}

function Does({ timer }: { timer: ShownTimer }) {
  const { action, does } = timer;
  if (action.kind === 'command')
    return (
      <Fact name="Does, in your name">
        <code className="text-selectable text-sm break-words">
          <UntrustedText text={does} />
        </code>
      </Fact>
    );
  const names = {
    prompt:
      action.kind === 'prompt' && action.agent !== undefined
        ? `Tells ${action.agent}`
        : `Writes a story, and starts ${action.kind === 'prompt' ? (action.profile ?? 'an agent') : ''} for it`,
    remind: ownerOf(timer) === undefined ? 'Reminds you' : `Reminds ${ownerOf(timer)}`,
    webhook: 'Sends to',
  };
  const text = action.kind === 'webhook' ? action.url : action.text;
  return (
    <Fact name={names[action.kind]}>
      <UntrustedText text={text} />
    </Fact>
  );
}

function When({ timer: { id, schedule, fired } }: { timer: ShownTimer }) {
  const times = `${fired} ${fired === 1 ? 'time' : 'times'}`;
  return (
    <Fact name="When">
      <div>{saySchedule(schedule)}</div>
      {schedule.kind === 'cron' && <code className="text-sm text-faint">{schedule.cron}</code>}
      <div className="text-sm text-faint">
        <code>{id}</code> {fired === 0 ? 'has not fired yet' : `has fired ${times}`}
      </div>
    </Fact>
  );
}

function Next({ timer: { times, state } }: { timer: ShownTimer }) {
  const none = { active: 'not again', paused: 'not while it is paused', done: 'not again' };
  return (
    <Fact name="Next">
      {times.length === 0 ? (
        <span className="text-muted">{state === 'removed' ? 'never' : none[state]}</span>
      ) : (
        <ul>
          {times.map((atMs, at) => (
            <li key={atMs} className={at === 0 ? '' : 'text-sm text-muted'}>
              {formatExact(atMs)} {at === 0 && <UntilTime atMs={atMs} className="text-muted" />}
            </li>
          ))}
        </ul>
      )}
    </Fact>
  );
}
