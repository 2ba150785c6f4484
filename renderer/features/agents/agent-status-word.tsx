import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { AgentDot } from './agent-dot.tsx';
import { reasonOf } from './present-agent.ts';
import { useLastHeard } from './use-last-heard.ts';

/** The status in a word; on hover or focus, why, and when the agent was last heard. */
export function AgentStatusWord({ agent }: { agent: AgentRecord }) {
  return (
    <Tooltip label={<Evidence agent={agent} />}>
      <button type="button" className="shrink-0 rounded-sm text-sm">
        <AgentDot agent={agent} showWord />
      </button>
    </Tooltip>
  );
}

function Evidence({ agent }: { agent: AgentRecord }) {
  return (
    <span className="flex flex-col">
      <span>{reasonOf(agent)}</span>
      <LastHeard agent={agent} />
    </span>
  );
}

/** Output and calls to Musher count: when the program last did anything that can be seen. */
export function LastHeard({ agent }: { agent: AgentRecord }) {
  const lastHeardMs = useLastHeard(agent);
  if (agent.state !== 'running') return null;
  return (
    <span className={agent.liveness === 'stale' ? 'text-amber' : 'text-muted'}>
      {lastHeardMs === undefined ? (
        'Nothing was heard of it yet'
      ) : (
        <>
          Last heard <RelativeTime atMs={lastHeardMs} /> ago
        </>
      )}
    </span>
  );
}
