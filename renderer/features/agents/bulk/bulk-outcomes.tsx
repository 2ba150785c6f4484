import { X } from 'lucide-react';
import { useRecord } from '../../../hub/use-records.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { AgentDot } from '../agent-dot.tsx';
import { bulkVerbs } from './bulk.ts';
import { type BulkOutcome, forgetBulk, useBulkTold } from './use-bulk.ts';

/** What became of the last thing that was done with several: how each is now, or why it was refused. */
export function BulkOutcomes() {
  const told = useBulkTold((state) => state.told);
  if (told === undefined) return null;
  const { action, outcomes } = told;
  const done = outcomes?.filter(({ refused }) => refused === undefined).length ?? 0;
  return (
    <section
      aria-label="What became of it"
      className="flex max-h-40 shrink-0 flex-col border-t bg-raised px-4 pt-1.5 pb-2"
    >
      <div className="flex h-row shrink-0 items-center gap-2">
        <p role="status" className="min-w-0 flex-1 truncate font-medium">
          {outcomes === undefined
            ? `${bulkVerbs[action]}…`
            : `${bulkVerbs[action]}: ${done} of ${outcomes.length} done`}
        </p>
        <IconButton icon={X} label="Close what became of it" onClick={forgetBulk} />
      </div>
      {outcomes && (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] gap-x-4 overflow-y-auto">
          {refusedFirst(outcomes).map((outcome) => (
            <Outcome key={outcome.agent} outcome={outcome} />
          ))}
        </ul>
      )}
    </section>
  );
}

function refusedFirst(outcomes: readonly BulkOutcome[]): readonly BulkOutcome[] {
  const isRefused = ({ refused }: BulkOutcome) => refused !== undefined;
  return [...outcomes.filter(isRefused), ...outcomes.filter((one) => !isRefused(one))];
}

function Outcome({ outcome: { agent: id, refused } }: { outcome: BulkOutcome }) {
  const agent = useRecord('agent', id);
  return (
    <li
      className={classNames(
        'flex min-h-6 min-w-0 items-center gap-1.5 text-sm',
        // Why it was not done is there to be read.
        refused !== undefined && 'col-span-full',
      )}
    >
      {refused !== undefined && <X size={14} aria-label="Refused" className="shrink-0 text-red" />}
      <span className="shrink-0 font-medium">{id}</span>
      {refused !== undefined ? (
        <span className="min-w-0 wrap-anywhere text-muted">{toPlainLine(refused)}</span>
      ) : agent ? (
        <AgentDot agent={agent} showWord />
      ) : (
        <span className="text-muted">purged</span>
      )}
    </li>
  );
}
