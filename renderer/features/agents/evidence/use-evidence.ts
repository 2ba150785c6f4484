import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import type { QueryOutput } from '../../../hub/bridge.ts';
import { useConnection } from '../../../hub/connection.ts';
import { type QueryState, useQuery } from '../../../hub/use-command.ts';
import { useLive } from '../../../hub/use-records.ts';
import { useReload } from './use-reload.ts';

/** What its status is made of, as it is now. */
export function useEvidence(agent: AgentRecord): QueryState<QueryOutput<'agent.evidence'>> {
  const isLive = useConnection().state === 'live';
  const state = useQuery('agent.evidence', isLive ? { agent: agent.id } : undefined);
  const output = useLive('output', agent.id);
  const heartbeat = useLive('heartbeat', agent.id);
  const lost = useLive('lostWorktree', agent.id);
  const files = useLive('worktree', agent.id);
  const { status, stateSinceMs, liveness } = agent;
  const now = [agent.state, stateSinceMs, liveness, JSON.stringify(status)];
  useReload(state.reload, [...now, output?.atMs, heartbeat?.atMs, files?.writtenMs, lost?.sinceMs]);
  return state;
}
