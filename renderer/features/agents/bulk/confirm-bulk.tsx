import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { closeAgentsDialog } from '../agents-ui.ts';
import { type BulkAction, bulkWarning } from './bulk.ts';
import { useBulkNow } from './use-bulk.ts';

interface ConfirmBulkProps {
  action: BulkAction;
  agents: readonly string[];
}

export function ConfirmBulk({ action, agents }: ConfirmBulkProps) {
  const run = useBulkNow();
  const warning = bulkWarning(action, agents);
  if (!warning) return null;
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={closeAgentsDialog}
      title={warning.title}
      description={warning.text}
      confirm={warning.confirm}
      onConfirm={() => run(action, agents)}
    />
  );
}
