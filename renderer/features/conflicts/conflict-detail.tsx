import { useMemo } from 'react';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { isBranchSide } from '../../../preload/contract/conflict-sides.ts';
import { useRecord } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { CollidingFiles } from './colliding-files.tsx';
import { ConflictActions } from './conflict-actions.tsx';
import { agentsOf, endOf, sayKind, sidesOf } from './conflict-words.ts';
import { IntentCard } from './intent-card.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { SideName } from './side-name.tsx';

interface ConflictDetailProps {
  conflict: ConflictRecord;
  onDone: () => void;
}

/** One conflict: what it is, where, what both plan, and what can be done about it. */
export function ConflictDetail({ conflict, onDone }: ConflictDetailProps) {
  const { agents, severity, dismissed, end } = conflict;
  const over = endOf(conflict);
  return (
    <section
      aria-label={`Conflict of ${sidesOf(conflict).join(' and ')}`}
      className="flex min-h-0 flex-1 flex-col"
    >
      <header className="flex h-bar shrink-0 items-center gap-2 border-b px-4">
        <h2 className="flex min-w-0 items-center gap-1.5 font-medium">
          {isBranchSide(agents[0]) ? <SideName id={agents[0]} /> : <AgentLink id={agents[0]} />}
          <span className="font-normal text-faint">and</span>
          <AgentLink id={agents[1]} />
        </h2>
        <span className="min-w-0 flex-1" />
        {over === undefined && <SeverityMark severity={severity} showWord />}
        <span className="shrink-0 text-sm text-muted">
          <HowLong conflict={conflict} />
        </span>
      </header>
      <ScrollArea>
        <div className="px-4 py-3">
          <p>
            {over !== undefined && <span className="font-medium">{over}. </span>}
            {sayKind(conflict)}
          </p>
          {dismissed?.note !== undefined && (
            <UntrustedText text={`Your note: ${dismissed.note}`} className="mt-1 text-muted" />
          )}
        </div>
        <CollidingFiles key={conflict.id} conflict={conflict} />
        {end === undefined && <Plans conflict={conflict} />}
      </ScrollArea>
      {end === undefined && (
        <ConflictActions key={conflict.id} conflict={conflict} onDone={onDone} />
      )}
    </section>
  );
}

function HowLong({ conflict: { sinceMs, dismissed, end, endedMs } }: { conflict: ConflictRecord }) {
  if (end === undefined && dismissed === undefined)
    return (
      <>
        for <RelativeTime atMs={sinceMs} prefix="" />
      </>
    );
  const atMs = end === undefined ? dismissed?.atMs : endedMs;
  return (
    <>
      {end === undefined ? 'dismissed' : 'ended'} <RelativeTime atMs={atMs ?? sinceMs} withAgo />
    </>
  );
}

function AgentLink({ id }: { id: string }) {
  return (
    <button
      type="button"
      title={id}
      className="min-w-0 truncate hover:underline"
      onClick={() => navigate('agents', `agent/${id}`)}
    >
      {id}
    </button>
  );
}

/** What both say that they are about to change. */
function Plans({ conflict }: { conflict: ConflictRecord }) {
  const { agents, files } = conflict;
  const first = useRecord('intent', agents[0]);
  const second = useRecord('intent', agents[1]);
  const colliding = useMemo(() => new Set(files.map(({ path }) => path)), [files]);
  const intents = [first, second].flatMap((intent) => intent ?? []);
  const isAlone = agentsOf(conflict).length === 1;
  if (isAlone && intents.length === 0) return null;
  return (
    <section aria-label={isAlone ? 'Its intent' : 'Intents of both'} className="border-t">
      <h3 className="flex h-row items-center px-4 text-sm font-medium text-muted">
        {isAlone ? 'What it is about to change' : 'What they are about to change'}
      </h3>
      {intents.map((intent) => (
        <IntentCard key={intent.agent} intent={intent} first={colliding} />
      ))}
      {intents.length === 0 && <p className="px-4 pb-3 text-faint">Neither of them says.</p>}
      {intents.length === 1 && !isAlone && (
        <p className="px-4 py-2 text-sm text-faint">The other one does not say.</p>
      )}
    </section>
  );
}
