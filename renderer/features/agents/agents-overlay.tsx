import { useCommand } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { type AgentActionId, isCommand, warningOf } from './agent-actions.ts';
import { WorktreesOverlay } from '../worktrees/index.ts';
import { AgentInboxDialog } from './agent-inbox-dialog.tsx';
import { ConfirmBulk } from './bulk/confirm-bulk.tsx';
import { closeAgentsDialog, useAgentsUi } from './agents-ui.ts';
import { LimitsDialog } from './limits/limits-dialog.tsx';
import { NewAgentDialog } from './new-agent-dialog.tsx';

/** The open dialog about agents or their worktrees, if any. */
export function AgentsOverlay() {
  return (
    <>
      <AgentsDialogs />
      <WorktreesOverlay />
    </>
  );
}

function AgentsDialogs() {
  const dialog = useAgentsUi((state) => state.dialog);
  if (dialog?.kind === 'new') return <NewAgentDialog />;
  if (dialog?.kind === 'inbox') return <AgentInboxDialog agent={dialog.agent} />;
  if (dialog?.kind === 'limits') return <LimitsDialog id={dialog.agent} of={dialog.of} />;
  if (dialog?.kind === 'confirm-bulk')
    return <ConfirmBulk action={dialog.action} agents={dialog.agents} />;
  if (dialog?.kind === 'confirm')
    return <ConfirmAction action={dialog.action} agent={dialog.agent} />;
  return null;
}

function ConfirmAction({ action, agent }: { action: AgentActionId; agent: string }) {
  const run = useCommand();
  const record = useRecord('agent', agent);
  const warning = record && warningOf(action, record);
  if (!warning || !isCommand(action)) return null;
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={closeAgentsDialog}
      title={warning.title}
      description={warning.text}
      confirm={warning.confirm}
      onConfirm={() => void run(action, { agent })}
    />
  );
}
