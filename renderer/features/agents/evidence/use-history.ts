import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import type { QueryOutput } from '../../../hub/bridge.ts';
import { useConnection } from '../../../hub/connection.ts';
import { type QueryState, useQuery } from '../../../hub/use-command.ts';
import { useReload } from './use-reload.ts';

/** How far back it is shown, milliseconds. */
export const shownMs = 6 * 3_600_000;

/** How an agent's status changed in the last hours; asked again when it changes. */
export function useHistory(agent: AgentRecord): QueryState<QueryOutput<'agent.history'>> {
  const isLive = useConnection().state === 'live';
  const state = useQuery(
    'agent.history',
    isLive ? { agent: agent.id, sinceMs: shownMs, limit: 500 } : undefined,
  );
  const { status, stateSinceMs, liveness } = agent;
  useReload(state.reload, [agent.state, stateSinceMs, liveness, JSON.stringify(status)]);
  return state;
}
