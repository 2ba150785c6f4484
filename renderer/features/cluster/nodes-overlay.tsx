import { useSend } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { closeClusterDialog, useClusterUi } from './cluster-ui.ts';
import { JoinDialog } from './join-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';

/** The open dialog about nodes, if any. */
export function NodesOverlay() {
  const dialog = useClusterUi((state) => state.dialog);
  if (dialog === undefined) return null;
  if (dialog.kind === 'join') return <JoinDialog />;
  return <OfOne key={dialog.id} id={dialog.id} kind={dialog.kind} />;
}

/** Gone or locked out meanwhile: nothing is left to be done. */
function OfOne({ id, kind }: { id: string; kind: 'rename' | 'revoke' }) {
  const node = useRecord('node', id);
  const send = useSend();
  if (node === undefined || node.state === 'revoked') return null;
  if (kind === 'rename') return <RenameDialog node={node} />;
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={closeClusterDialog}
      title={`Lock ${node.label} out?`}
      description="Its link ends now and its key opens nothing any more. What its agents finish from here on does not come back; they go on there until somebody stops them. It can join anew, with a fresh token."
      confirm="Lock out"
      onConfirm={() => void send('node.revoke', { node: id })}
    />
  );
}
