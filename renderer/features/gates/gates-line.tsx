import { Play, RotateCw, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { hasEnded } from '../../../preload/contract/gate-verdict.ts';
import type { GateCheck } from '../../../preload/contract/gates.ts';
import { useCommand } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { GateChip } from './gate-chip.tsx';
import { GateOutput } from './gate-output.tsx';
import { type GateRow, rowsOf } from './present-gates.ts';
import { useGatesOf } from './use-gates.ts';

/** Between what a request is and its diff: each gate with its state; nothing where there are none. */
export function GatesLine({ approval }: { approval: ApprovalRecord }) {
  const { definitions, check, runOf } = useGatesOf(approval.id);
  const rows = useMemo(() => (check ? rowsOf(check, runOf) : []), [check, runOf]);
  const [shown, setShown] = useState<string>();
  const run = shown === undefined ? undefined : runOf(shown);
  if (check === undefined && definitions.length === 0) return null;
  if (check === undefined && !isUndecided(approval.state)) return null;
  return (
    <section
      aria-label="Gates"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-1.5 gap-y-1 border-b px-4 py-1"
    >
      <h3 className="mr-1 text-sm font-medium text-muted">Gates</h3>
      {check === undefined && (
        <span className="text-sm text-muted">
          {definitions.map(({ name }) => name).join(', ')} have not run yet
        </span>
      )}
      {check !== undefined && rows.length === 0 && (
        <span className="text-sm text-muted">there were none</span>
      )}
      <ul className="contents">
        {rows.map((row) => (
          <li key={row.gate.gate} className="min-w-0">
            <GateChip approval={approval.id} row={row} onOutput={setShown} />
          </li>
        ))}
      </ul>
      {check?.changesGates && (
        <span className="flex items-center gap-1 text-sm text-amber">
          <TriangleAlert size={14} aria-hidden />
          changes the gates; these are yours
        </span>
      )}
      {check?.isStale && isUndecided(approval.state) && (
        <span className="text-sm text-amber">{check.target} has moved since</span>
      )}
      {isUndecided(approval.state) && mayRun(check, rows) && (
        <RunAll approval={approval.id} isFirst={check === undefined} />
      )}
      {run && <GateOutput run={run} onClose={() => setShown(undefined)} />}
    </section>
  );
}

/** Something has not passed where the target is now. */
function mayRun(check: GateCheck | undefined, rows: readonly GateRow[]): boolean {
  if (check === undefined || check.isStale) return true;
  const isOpen = ({ gate, run }: GateRow) =>
    gate.applies && (run === undefined || (hasEnded(run) && run.state !== 'passed'));
  return rows.some(isOpen);
}

/** What has passed on these files is known, and is not run again. */
function RunAll({ approval, isFirst }: { approval: string; isFirst: boolean }) {
  const runCommand = useCommand();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await runCommand('gate.run', { subject: approval });
    setBusy(false);
  };
  return (
    <Button
      look="quiet"
      icon={isFirst ? Play : RotateCw}
      busy={isBusy}
      onClick={run}
      className="ml-auto h-6 px-1.5"
    >
      {isFirst ? 'Run now' : 'Run again'}
    </Button>
  );
}
