import { Inbox, Plus } from 'lucide-react';
import { useMemo } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { AgentDot, openAgentsDialog, byAge, sinceOf } from '../agents/index.ts';

export const nothingWaitsId = 'nothing-waits';
const maxShown = 12;

/** Nothing to do: what the agents do meanwhile, or the first step when there are none. */
export function NothingWaits() {
  const records = useRecords('agent');
  const agents = useMemo(
    () => records.filter(({ state }) => state !== 'destroyed').sort(byAge),
    [records],
  );
  return (
    // It has the keyboard while there is no list, so that keys have a place to begin at. Nothing in it is pressed by one.
    <section
      id={nothingWaitsId}
      tabIndex={-1}
      aria-label="Nothing waits for you"
      className="min-h-0 flex-1 overflow-y-auto outline-none"
    >
      {agents.length === 0 ? <FirstStep /> : <Meanwhile agents={agents} />}
    </section>
  );
}

function Meanwhile({ agents }: { agents: readonly AgentRecord[] }) {
  return (
    <EmptyState icon={Inbox} title="Nothing waits for you">
      <p>
        Questions, approvals and permissions of your agents come here, those that stop one first;
        below them what failed, alarms and messages.
      </p>
      <ul className="mt-6 w-100 max-w-full border-t text-left text-fg">
        {agents.slice(0, maxShown).map((agent) => (
          <AgentLine key={agent.id} agent={agent} />
        ))}
      </ul>
    </EmptyState>
  );
}

function AgentLine({ agent }: { agent: AgentRecord }) {
  const { id, status } = agent;
  return (
    <li className="border-b">
      <button
        type="button"
        onClick={() => navigate('agents', `agent/${id}`)}
        className="flex h-row w-full items-center gap-2.5 px-2 text-left hover:bg-hover"
      >
        <span className="w-24 shrink-0 truncate">{id}</span>
        <span className="w-20 shrink-0">
          <AgentDot agent={agent} showWord />
        </span>
        <UntrustedLine text={status.note ?? ''} className="flex-1 text-muted" />
        <RelativeTime atMs={sinceOf(agent)} className="text-sm text-faint" />
      </button>
    </li>
  );
}

function FirstStep() {
  const add = (
    <Button
      look="primary"
      icon={Plus}
      shortcut="g n"
      onClick={() => openAgentsDialog({ kind: 'new' })}
    >
      New agent
    </Button>
  );
  return (
    <EmptyState icon={Inbox} title="No agents yet" action={add}>
      Each agent works in its own worktree and branch. When one asks, fails or wants a commit
      merged, it is listed here.
    </EmptyState>
  );
}
