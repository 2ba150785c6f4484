import { useState } from 'react';
import { hasEnded } from '../../../preload/contract/gate-verdict.ts';
import type { GateRun } from '../../../preload/contract/gates.ts';
import { useCommand } from '../../hub/use-command.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { Popover } from '../../ui/popover.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { exitOf, formatTook, type GateRow, recordingOf } from './present-gates.ts';

interface GateChipProps {
  /** What it is run again for. */
  approval: string;
  row: GateRow;
  /** Shows the live terminal of a run. */
  onOutput: (run: string) => void;
}

/** One gate: its state at a glance; pressed, what it showed last and what can be done. */
export function GateChip(props: GateChipProps) {
  const { gate, run, look } = props.row;
  const detail = gate.applies ? (run === undefined ? 'not run' : exitOf(run)) : 'not concerned';
  return (
    <Popover
      label={`Gate ${gate.gate}`}
      className="w-120"
      trigger={
        <button
          type="button"
          className="inline-flex h-6 max-w-full min-w-0 items-center gap-1.5 rounded-md border px-2 text-sm hover:bg-hover data-[state=open]:bg-selected"
        >
          <StatusDot {...look} />
          <span className="min-w-0 truncate font-medium">{gate.gate}</span>
          {!gate.required && <span className="shrink-0 text-faint">advisory</span>}
          {detail !== '' && <span className="shrink-0 text-muted">{detail}</span>}
          <Took run={run} isCached={gate.isCached ?? false} />
        </button>
      }
    >
      <Details {...props} />
    </Popover>
  );
}

function Took({ run, isCached }: { run: GateRun | undefined; isCached: boolean }) {
  if (run === undefined) return null;
  if (run.state === 'running' && run.startedMs !== undefined)
    return (
      <RelativeTime atMs={run.startedMs} prefix="running for" className="tabular-nums text-blue" />
    );
  if (isCached) return <span className="shrink-0 text-faint">known</span>;
  if (run.durationMs === undefined) return null;
  return <span className="shrink-0 tabular-nums text-faint">{formatTook(run.durationMs)}</span>;
}

function Details({ approval, row: { gate, run, look }, onOutput }: GateChipProps) {
  return (
    <div className="flex flex-col gap-2">
      <p className="flex min-w-0 items-center gap-2">
        <StatusDot {...look} showWord className="font-medium" />
        <span className="min-w-0 truncate text-muted">
          {gate.gate}, {gate.required ? 'a merge needs it' : 'it stops nothing'}
        </span>
        {run?.endedMs !== undefined && (
          <RelativeTime atMs={run.endedMs} prefix="ended" className="ml-auto text-faint" />
        )}
      </p>
      {!gate.applies && <p className="text-muted">The merge changes none of its paths.</p>}
      {gate.isCached && (
        <p className="text-muted">
          It has passed on these very files before, and was not run again.
        </p>
      )}
      {run && <Run {...{ approval, run, onOutput }} />}
    </div>
  );
}

interface RunProps extends Pick<GateChipProps, 'approval' | 'onOutput'> {
  run: GateRun;
}

function Run(props: RunProps) {
  const { run } = props;
  const { command, tree, error, lastLines = [] } = run;
  return (
    <>
      <p className="flex min-w-0 items-baseline gap-2 font-mono text-sm text-muted">
        <span className="min-w-0 flex-1 truncate" title={command.map(toPlainLine).join(' ')}>
          {command.map(toPlainLine).join(' ')}
        </span>
        <span className="shrink-0 text-faint">tree {tree.slice(0, 10)}</span>
      </p>
      {error && (
        <p className="text-selectable">
          <span className="text-red">{toPlainLine(error.message)}</span>{' '}
          <span className="text-muted">{toPlainLine(error.mend)}</span>
        </p>
      )}
      {lastLines.length > 0 && (
        <ScrollArea
          role="group"
          aria-label="Last lines"
          className="max-h-64 rounded-md border bg-raised px-2 py-1"
        >
          <UntrustedText text={lastLines.join('\n')} className="font-mono text-sm" />
        </ScrollArea>
      )}
      <Actions {...props} />
    </>
  );
}

function Actions({ approval, run, onOutput }: RunProps) {
  const runCommand = useCommand();
  const [isBusy, setBusy] = useState(false);
  const isOver = hasEnded(run);
  const again = async () => {
    setBusy(true);
    await runCommand('gate.run', { subject: approval, gate: run.gate, again: true });
    setBusy(false);
  };
  return (
    <div className="flex flex-wrap justify-end gap-2">
      {run.state === 'running' && run.startedMs !== undefined && (
        <Button onClick={() => onOutput(run.id)}>Output</Button>
      )}
      {isOver && run.startedMs !== undefined && (
        <Button onClick={() => navigate('recordings', recordingOf(run))}>Recording</Button>
      )}
      {!isOver && (
        <Button
          look="danger"
          disabled={run.ending !== undefined}
          onClick={() => void runCommand('gate.cancel', { run: run.id })}
        >
          {run.ending === undefined ? 'Cancel' : 'Ending'}
        </Button>
      )}
      {isOver && (
        <Button busy={isBusy} onClick={again}>
          Run again
        </Button>
      )}
    </div>
  );
}
