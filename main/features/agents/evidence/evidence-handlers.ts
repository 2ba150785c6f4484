/** What the feature answers and decides of evidence. */
import type { LostWorktree } from '../../../../preload/contract/status-evidence.ts';
import { agents as contract } from '../../../../preload/contract/agents.ts';
import type { CommandData, QueryData, QueryResult } from '../../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../../preload/contract/envelope.ts';
import type { WorktreeRecord } from '../../../../preload/contract/worktrees.ts';
import type { Result } from '../../../base/result.ts';
import { ok } from '../../../base/result.ts';
import type { DecideContext, Decision, Nothing, QueryContext } from '../../../hub/feature.ts';
import { decided, newEvent } from '../../../hub/feature.ts';
import { limited } from '../nudges/nudges.ts';
import { lastHeard } from '../output.ts';
import type { AgentsState } from '../slice.ts';
import { requireAgent } from '../slice.ts';
import { isNewBeat } from '../view.ts';
import { weigh } from './evidence.ts';
import { readHistory } from './history.ts';

type Ctx = DecideContext<AgentsState>;
type Reducers = Readonly<Record<string, (state: AgentsState, event: EventEnvelope) => AgentsState>>;

export const evidenceHandlers = {
  'agent.screen_told': { decide: decideScreenTold },
  'agent.heartbeat_heard': { decide: decideHeartbeatHeard },
};

/** `reducers`: of agents, to say what they were; `waitTypes`: of events that change what agents wait for. */
export function evidenceQueries(reducers: Reducers, waitTypes: readonly string[]) {
  return {
    'agent.evidence': showEvidence,
    'agent.history': (
      data: QueryData<typeof contract, 'agent.history'>,
      ctx: QueryContext<AgentsState>,
    ) => readHistory({ reducers, waitTypes }, data, ctx),
  };
}

async function showEvidence(
  { agent: id }: QueryData<typeof contract, 'agent.evidence'>,
  ctx: QueryContext<AgentsState>,
): Promise<Result<QueryResult<typeof contract, 'agent.evidence'>>> {
  const found = requireAgent(ctx.state, id);
  if (!found.ok) return found;
  const { value: agent } = found;
  const { nowMs } = ctx;
  const heardMs = lastHeard(agent, ctx.live('output'));
  const beat = ctx.live('heartbeat').get(id) as { atMs: number } | undefined;
  const lost = ctx.live('lostWorktree').get(id) as LostWorktree | undefined;
  const files = ctx.live('worktree').get(id) as WorktreeRecord | undefined;
  const { state, liveness } = agent;
  const weighed = weigh({ agent, heardMs, beat, files, lost, nowMs });
  return ok({ agent: id, state, liveness, ...weighed, nowMs });
}

/** Of a session that is over, or beside a hook, it is no news. */
function decideScreenTold(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.screen_told'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, data.agent);
  if (!found.ok) return found;
  const { state, isHooked, screen } = found.value;
  const isNews =
    state === 'running' && isHooked !== true && data.tells !== (screen?.tells ?? 'nothing');
  if (!isNews) return decided({}, []);
  const more = data.tells === 'limit' ? limited(found.value, undefined, ctx.nowMs) : [];
  return decided({}, [newEvent(contract, 'agent.screen_told', data), ...more]);
}

function decideHeartbeatHeard(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.heartbeat_heard'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, data.agent);
  if (!found.ok) return found;
  const isNews = found.value.state === 'running' && isNewBeat(found.value, data.beatMs);
  return decided({}, isNews ? [newEvent(contract, 'agent.heartbeat_heard', data)] : []);
}
