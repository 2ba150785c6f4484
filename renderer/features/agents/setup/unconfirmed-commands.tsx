import { ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { sayCommand } from '../../../../preload/contract/say-command.ts';
import { useCommand, useQuery } from '../../../hub/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';

/** Commands that the repository names: what would run is shown, and it runs only once that was confirmed. */
export function UnconfirmedCommands({ agent }: { agent: AgentRecord }) {
  const run = useCommand();
  const [busy, setBusy] = useState(false);
  const { result, error, reload } = useQuery('worktree.commands', {});
  const start = (skipSetup: boolean) => void run('agent.start', { agent: agent.id, skipSetup });
  const hash = result?.unconfirmed?.hash;
  if (result === undefined || error !== undefined)
    return (
      <EmptyState title={error?.message ?? 'Looking at the commands…'}>{error?.mend}</EmptyState>
    );
  const confirm = async () => {
    setBusy(true);
    if (hash !== undefined && (await run('worktree.trust', { hash })) !== undefined) reload();
    setBusy(false);
  };
  const lines = [
    ...result.setup.map((words) => ({ when: 'before it starts', words })),
    ...result.teardown.map((words) => ({ when: 'before it is removed', words })),
  ];
  return (
    <EmptyState
      icon={ShieldQuestion}
      title={
        hash === undefined
          ? 'The commands of its worktree are confirmed'
          : 'This repository has commands for worktrees that you have not confirmed'
      }
      action={
        <span className="flex flex-wrap justify-center gap-2">
          {hash === undefined ? (
            <Button onClick={() => start(false)}>Start</Button>
          ) : (
            <>
              <Button onClick={() => start(true)}>Start without</Button>
              <Button busy={busy} onClick={() => void confirm()}>
                Confirm
              </Button>
            </>
          )}
        </span>
      }
    >
      <ul aria-label="Commands" className="max-h-60 overflow-y-auto text-left">
        {lines.map(({ when, words }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of them may be the same, and none moves
          <li key={at} className="flex items-baseline gap-3 py-0.5">
            <code className="text-selectable min-w-0 flex-1 break-all text-fg">
              {toPlainLine(sayCommand(words))}
            </code>
            <span className="shrink-0 text-sm text-muted">{when}</span>
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
