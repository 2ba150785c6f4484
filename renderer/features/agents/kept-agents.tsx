import { ChevronRight } from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { actionsOf } from './agent-actions.ts';
import { useBulk } from './bulk/use-bulk.ts';
import { useAgentAction } from './use-agent-action.ts';

/** Destroyed agents that can still be revived; closed until asked for. */
export function KeptAgents({ agents }: { agents: readonly AgentRecord[] }) {
  if (agents.length === 0) return null;
  return (
    <details className="group relative shrink-0 border-t">
      <summary className="flex h-row list-none items-center gap-1.5 px-4 text-muted hover:text-fg">
        <ChevronRight size={16} strokeWidth={1.75} aria-hidden className="group-open:rotate-90" />
        Destroyed, can be revived ({agents.length})
      </summary>
      {agents.length > 1 && <PurgeAll agents={agents.map(({ id }) => id)} />}
      <ul className="grid max-h-60 grid-cols-[minmax(0,max-content)_minmax(0,max-content)_1fr_auto_auto] gap-x-3 overflow-y-auto pb-2">
        {agents.map((agent) => (
          <KeptAgent key={agent.id} agent={agent} />
        ))}
      </ul>
    </details>
  );
}

/** On the line of the heading, where no row is. */
function PurgeAll({ agents }: { agents: readonly string[] }) {
  const run = useBulk();
  return (
    <div className="absolute top-0.5 right-3 hidden group-open:block">
      <Button look="quiet" onClick={() => run('agent.purge', agents)}>
        Purge all {agents.length}…
      </Button>
    </div>
  );
}

function KeptAgent({ agent }: { agent: AgentRecord }) {
  const act = useAgentAction();
  return (
    <li className="col-span-full grid h-9 grid-cols-subgrid items-center pr-3 pl-9.5">
      <span className="truncate" title={agent.id}>
        {agent.id}
      </span>
      <code className="truncate text-sm text-muted" title={agent.branch}>
        {agent.branch}
      </code>
      <KeptFiles agent={agent} />
      <RelativeTime
        atMs={agent.stateSinceMs}
        prefix="destroyed"
        className="text-right text-sm text-faint"
      />
      <span className="flex justify-end gap-1">
        {actionsOf(agent).map(({ id, title, danger }) => (
          <Button key={id} look={danger ? 'quiet' : 'normal'} onClick={() => act(id, agent)}>
            {title}
          </Button>
        ))}
      </span>
    </li>
  );
}

/** Whether reviving it brings files back that no branch has; where they were gone before, that. */
function KeptFiles({ agent: { failure, snapshotRef } }: { agent: AgentRecord }) {
  const text = snapshotRef === undefined ? 'no files besides its branch' : 'its files are kept';
  return (
    <span
      className={classNames(
        'min-w-0 truncate text-sm',
        failure === undefined ? 'text-faint' : 'text-amber',
      )}
      title={failure && `${failure.message} ${failure.mend}`}
    >
      {failure?.message ?? text}
    </span>
  );
}
