import { useSend } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { TriggerDialog } from './trigger-dialog.tsx';
import { closeTriggersDialog, useTriggersUi } from './triggers-ui.ts';

/** The open dialog about triggers, if any. */
export function TriggersOverlay() {
  const dialog = useTriggersUi((state) => state.dialog);
  if (dialog === undefined) return null;
  if (dialog.kind === 'new') return <TriggerDialog />;
  return <OfOne key={dialog.id} id={dialog.id} kind={dialog.kind} />;
}

/** Gone meanwhile: nothing is left to be edited. */
function OfOne({ id, kind }: { id: string; kind: 'edit' | 'remove' }) {
  const trigger = useRecord('trigger', id);
  const send = useSend();
  if (trigger === undefined) return null;
  if (kind === 'edit') return <TriggerDialog trigger={trigger} />;
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={closeTriggersDialog}
      title={`Remove ${id}?`}
      description={`${toPlainLine(trigger.name)} fires no more. What it fired stays in the log.`}
      confirm="Remove"
      onConfirm={() => void send('trigger.remove', { trigger: id })}
    />
  );
}
