import type { FindingRecord } from '../../../preload/contract/findings.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { useQuery } from '../../hub/use-command.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { openMoment } from '../timeline/index.ts';

/** The newest events that a finding was counted from, each as it stands in the log, and its newest words. */
export function Evidence({ finding }: { finding: FindingRecord }) {
  const { seqs, detail, firstMs } = finding;
  return (
    <div className="mt-2 flex flex-col gap-1 border-l border-line-strong pl-3 text-sm text-muted">
      {detail !== undefined && (
        <span className="flex gap-1.5">
          <span className="shrink-0 text-faint">Last words</span>
          <UntrustedLine text={detail} className="font-mono" />
        </span>
      )}
      <span className="flex gap-1.5">
        <span className="text-faint">First seen</span>
        <span>
          <RelativeTime atMs={firstMs} withAgo />
        </span>
      </span>
      <ol aria-label="Events" className="flex flex-col gap-0.5">
        {seqs.toReversed().map((seq) => (
          <EventLine key={seq} seq={seq} />
        ))}
      </ol>
    </div>
  );
}

function EventLine({ seq }: { seq: number }) {
  const { result, error } = useQuery('log.page', { after: seq - 1, limit: 1 });
  const [event] = result?.events ?? [];
  return (
    <li className="flex gap-2">
      <button
        type="button"
        title="Everything as it was then"
        onClick={() => openMoment(seq)}
        className="w-14 shrink-0 rounded-sm text-left text-faint tabular-nums hover:text-fg hover:underline"
      >
        #{seq}
      </button>
      {event ? (
        <>
          <span className="font-mono">{event.type}</span>
          <span>{agentIdOf(event.actor) ?? (event.actor === 'operator' ? 'you' : 'Musher')}</span>
          <RelativeTime atMs={event.atMs} className="text-faint" />
        </>
      ) : (
        <span role={error ? 'alert' : undefined}>{error ? error.message : 'Reading the log…'}</span>
      )}
    </li>
  );
}
