import { useState } from 'react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { formatTimeOfDay } from '../../../ui/format-time.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import { type Change, lookOf } from './timeline.ts';
import type { History } from './use-history.ts';

interface RecentChangesProps {
  agent: AgentRecord;
  history: History;
}

/** At first, and with each step. */
const step = 6;

/** The strip in words, newest first. */
export function RecentChanges({ agent, history }: RecentChangesProps) {
  const [shown, setShown] = useState(step);
  const { changes, error } = history;
  if (error !== undefined) return <p className="text-sm text-red">{error.message}</p>;
  if (changes === undefined) return <p className="text-sm text-faint">Looking into the log…</p>;
  if (changes.length === 0) return <p className="text-sm text-faint">Nothing yet</p>;
  return (
    <>
      <ol aria-label="Lately" className="flex flex-col text-sm">
        {changes.slice(0, shown).map((change) => (
          <Line key={change.seq} agent={agent} change={change} />
        ))}
      </ol>
      {changes.length > shown && (
        <button
          type="button"
          className="rounded-sm text-sm text-accent hover:underline"
          onClick={() => setShown(shown + 4 * step)}
        >
          Show earlier ones
        </button>
      )}
    </>
  );
}

function Line({ agent, change }: { agent: AgentRecord; change: Change }) {
  const { atMs, state, status } = change;
  const isRunning = state === 'running';
  return (
    <li className="flex h-5 min-w-0 items-center gap-2">
      <time dateTime={new Date(atMs).toISOString()} className="shrink-0 text-faint tabular-nums">
        {formatTimeOfDay(atMs)}
      </time>
      <StatusDot {...lookOf(agent, change)} showWord />
      {isRunning && status.source !== 'none' && (
        <span className="shrink-0 text-muted">by {status.source}</span>
      )}
      {isRunning && status.note !== undefined && (
        <UntrustedLine text={status.note} className="min-w-0 flex-1 text-muted" />
      )}
    </li>
  );
}
