import { nodeLabelFault } from '../../../preload/contract/node-label.ts';
import { type FormEvent, useState } from 'react';
import type { NodeRecord } from '../../../preload/contract/cluster-facts.ts';
import { useSend } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { closeClusterDialog } from './cluster-ui.ts';

export function RenameDialog({ node: { id, label: before } }: { node: NodeRecord }) {
  const [label, setLabel] = useState(before);
  const [isBusy, setBusy] = useState(false);
  const send = useSend();
  const fault = label.trim() === '' ? undefined : nodeLabelFault(label);
  const canSave = label.trim() !== '' && fault === undefined && !isBusy;
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSave) return;
    setBusy(true);
    const isDone = label.trim() === before || (await send('node.rename', { node: id, label }));
    setBusy(false);
    if (isDone) closeClusterDialog();
  };
  return (
    <Dialog
      open
      width="narrow"
      onOpenChange={closeClusterDialog}
      title={`Rename ${before}`}
      footer={
        <>
          <Button onClick={closeClusterDialog}>Cancel</Button>
          <Button look="primary" type="submit" form="rename-node" disabled={!canSave} busy={isBusy}>
            Rename
          </Button>
        </>
      }
    >
      <form id="rename-node" onSubmit={(event) => void handleSubmit(event)}>
        <TextField
          label="Name"
          autoFocus
          maxLength={40}
          value={label}
          error={fault}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setLabel(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
