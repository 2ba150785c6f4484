import type { GateRun } from '../../../preload/contract/gates.ts';
import { useConnection } from '../../hub/connection.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { TerminalView } from '../terminals/index.ts';
import { recordingOf } from './present-gates.ts';

/** The terminal of a run, live; what it said when it is over stays until the dialog is closed. */
export function GateOutput({ run, onClose }: { run: GateRun; onClose: () => void }) {
  const { bridge } = useHub();
  const isLive = useConnection().state === 'live';
  const isOver = run.endedMs !== undefined;
  return (
    <Dialog
      open
      width="full"
      onOpenChange={(open) => !open && onClose()}
      title={`Output of ${run.gate}`}
      description={run.command.map(toPlainLine).join(' ')}
    >
      {isOver && (
        <p role="status" className="flex items-center gap-2 border-b px-4 py-1.5 text-muted">
          It is over.
          <Button onClick={() => navigate('recordings', recordingOf(run))}>Recording</Button>
        </p>
      )}
      <TerminalView
        agentTerminalId={run.terminalId}
        bridge={bridge}
        label={`Terminal of ${run.gate}`}
        runKey={run.id}
        isReconnecting={!isLive}
      />
    </Dialog>
  );
}
