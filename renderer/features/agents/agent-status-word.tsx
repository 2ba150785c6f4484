import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { AgentDot } from './agent-dot.tsx';
import { describeExit, evidenceOf } from './present-agent.ts';

/** The status in a word; on hover or focus, where it is known from and how old that is. */
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
  const { status, state, lastSeenMs, liveness } = agent;
  return (
    <span className="flex flex-col">
      {state === 'running' ? (
        <span>
          {status.value}, <RelativeTime atMs={status.sinceMs} prefix="for" />: {evidenceOf(agent)}
        </span>
      ) : (
        <span>
          {state}, <RelativeTime atMs={agent.stateSinceMs} prefix="for" />
          {agent.exit && `: ${describeExit(agent)}`}
        </span>
      )}
      <span className="text-muted">
        {lastSeenMs === undefined ? (
          'No sign of life yet'
        ) : (
          <>
            Last sign of life <RelativeTime atMs={lastSeenMs} /> ago, {liveness}
          </>
        )}
      </span>
    </span>
  );
}
