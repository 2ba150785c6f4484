import type { Evidence } from '../../../../preload/contract/status-evidence.ts';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { classNames } from '../../../ui/class-names.ts';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useEvidence } from './use-evidence.ts';

interface EvidenceTableProps {
  agent: AgentRecord;
  /** With a sentence that says why it is that which counts. */
  withReason?: boolean;
}

/** Everything that says something of an agent: how old it is, how far it is believed, and which of it counts. */
export function EvidenceTable({ agent, withReason = false }: EvidenceTableProps) {
  const { result, error } = useEvidence(agent);
  if (error !== undefined) return <p className="text-sm text-red">{error.message}</p>;
  // As high as it mostly gets, so that nothing jumps when it comes.
  if (result === undefined)
    return (
      <p role="status" className="h-19 text-sm text-faint">
        Looking for evidence…
      </p>
    );
  return (
    <>
      <table className="w-full text-left text-sm">
        <thead className="text-xs text-faint">
          <tr>
            <th scope="col" className={`${cell} pl-3`}>
              source
            </th>
            <th scope="col" className={cell}>
              says
            </th>
            <th scope="col" className={`${cell} text-right`}>
              age
            </th>
            <th scope="col" className={cell}>
              belief
            </th>
          </tr>
        </thead>
        <tbody>
          {result.evidence.map((one) => (
            <Row key={one.source} evidence={one} />
          ))}
        </tbody>
      </table>
      {withReason && <p className="mt-1 text-sm text-muted">{result.why}</p>}
    </>
  );
}

const cell = 'py-px pr-2 align-baseline font-normal last:pr-0';

function Row({ evidence }: { evidence: Evidence }) {
  const { source, says, note, sinceMs, confidence, wins } = evidence;
  return (
    <tr className={wins ? 'text-fg' : 'text-muted'} data-wins={wins}>
      <th scope="row" className={classNames(cell, 'whitespace-nowrap', wins && 'font-semibold')}>
        <span aria-hidden className="inline-block w-3 text-accent">
          {wins ? '›' : ''}
        </span>
        {source}
        {wins && <span className="sr-only"> (this counts)</span>}
      </th>
      <td className={classNames(cell, 'wrap-anywhere')} title={note && toPlainLine(note)}>
        {says}
      </td>
      <td className={classNames(cell, 'text-right tabular-nums')}>
        <RelativeTime atMs={sinceMs} />
      </td>
      <td className={cell}>{confidence}</td>
    </tr>
  );
}
