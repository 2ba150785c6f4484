import type { RegisteredProject } from '../../../preload/contract/gateway-facts.ts';
import { useSend } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { closeDialog, useGatewayUi } from './gateway-ui.ts';
import { RegisterDialog } from './register-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';

/** The open dialog, if any. */
export function GatewayOverlay() {
  const dialog = useGatewayUi((state) => state.dialog);
  if (dialog === undefined) return null;
  if (dialog.kind === 'register') return <RegisterDialog />;
  return <OfOne key={dialog.id} id={dialog.id} kind={dialog.kind} />;
}

/** Gone meanwhile: nothing is left to be done. */
function OfOne({ id, kind }: { id: string; kind: 'rename' | 'remove' }) {
  const project = useRecord('project', id);
  if (project === undefined) return null;
  return kind === 'rename' ? <RenameDialog project={project} /> : <Remove project={project} />;
}

function Remove({ project: { id, name } }: { project: RegisteredProject }) {
  const send = useSend();
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={closeDialog}
      title={`Forget ${name}?`}
      description="Its link ends now and its key opens nothing any more. The project itself goes on as before; it can register anew, with a fresh token."
      confirm="Forget"
      onConfirm={() => void send('project.remove', { project: id })}
    />
  );
}
