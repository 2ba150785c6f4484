import { nodeLabelFault } from '../../../preload/contract/node-label.ts';
import { type FormEvent, useState } from 'react';
import type { RegisteredProject } from '../../../preload/contract/gateway-facts.ts';
import { useSend } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { closeDialog } from './gateway-ui.ts';

export function RenameDialog({ project: { id, name: before } }: { project: RegisteredProject }) {
  const [name, setName] = useState(before);
  const [isBusy, setBusy] = useState(false);
  const send = useSend();
  const fault = name.trim() === '' ? undefined : nodeLabelFault(name);
  const canSave = name.trim() !== '' && fault === undefined && !isBusy;
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSave) return;
    setBusy(true);
    const isDone = name.trim() === before || (await send('project.rename', { project: id, name }));
    setBusy(false);
    if (isDone) closeDialog();
  };
  return (
    <Dialog
      open
      width="narrow"
      onOpenChange={closeDialog}
      title={`Rename ${before}`}
      description="At this gateway alone; nothing changes at the project."
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form="rename-project"
            disabled={!canSave}
            busy={isBusy}
          >
            Rename
          </Button>
        </>
      }
    >
      <form id="rename-project" onSubmit={(event) => void handleSubmit(event)}>
        <TextField
          label="Name"
          autoFocus
          maxLength={40}
          value={name}
          error={fault}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
