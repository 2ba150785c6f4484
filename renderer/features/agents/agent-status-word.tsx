import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { AgentCard } from './agent-card.tsx';
import { AgentDot } from './agent-dot.tsx';

/** The status in a word; on hover or focus, all that is known of the agent. */
export function AgentStatusWord({ agent }: { agent: AgentRecord }) {
  return (
    <Tooltip label={<AgentCard agent={agent} />}>
      <button type="button" className="shrink-0 rounded-sm text-sm">
        <AgentDot agent={agent} showWord />
      </button>
    </Tooltip>
  );
}
