/** What is asked of intents and conflicts. */
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { isBranchSide } from '../../../preload/contract/conflict-sides.ts';
import type { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import { accuracyOf } from './accuracy.ts';
import { requireConflict } from './decide.ts';
import type { CollisionProof } from './ports.ts';
import type { ConflictsState } from './slice.ts';
import { liveIntents } from './slice.ts';

type Ask<K extends keyof (typeof contract)['queries']> = QueryData<typeof contract, K>;
type Answer<K extends keyof (typeof contract)['queries']> = Promise<
  Result<QueryResult<typeof contract, K>>
>;
type Ctx = QueryContext<ConflictsState>;

export function conflictQueries(proof: CollisionProof) {
  return {
    'intent.list': async (_data: object, { state, nowMs }: Ctx): Answer<'intent.list'> =>
      ok({ intents: liveIntents(state, nowMs) }),
    'conflict.list': listConflicts,
    'conflict.view': (ask: Ask<'conflict.view'>, ctx: Ctx) => viewConflict(proof, ask, ctx),
  };
}

const weights = { high: 0, medium: 1, low: 2 };

/** Open before ended, of who asks before others, heavier before lighter, older before newer. */
async function listConflicts(
  { all, accuracy }: Ask<'conflict.list'>,
  { state, actor }: Ctx,
): Answer<'conflict.list'> {
  const self = agentIdOf(actor);
  const isShown = ({ end, dismissed }: ConflictRecord) =>
    all || (end === undefined && dismissed === undefined);
  const rank = ({ end, agents, severity }: ConflictRecord) => [
    end === undefined ? 0 : 1,
    self === undefined || agents.includes(self) ? 0 : 1,
    weights[severity],
  ];
  const conflicts = state.conflicts.byId
    .values()
    .filter(isShown)
    .map((record) => ({ record, rank: rank(record) }))
    .sort((a, b) => compare(a.rank, b.rank) || a.record.seq - b.record.seq)
    .map(({ record }) => record);
  return ok({ conflicts, ...(accuracy && { accuracy: accuracyOf(state.accuracy) }) });
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((one, index) => one !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

async function viewConflict(
  proof: CollisionProof,
  { conflict, path }: Ask<'conflict.view'>,
  ctx: Ctx,
): Answer<'conflict.view'> {
  const found = requireConflict(ctx, conflict);
  if (!found.ok) return found;
  const { agents } = found.value;
  const { byId } = selectAgents(ctx.hub);
  const [one, other] = agents.map((side) =>
    isBranchSide(side) ? { ref: side } : byId.get(side)?.worktreePath,
  );
  const missing = one === undefined ? agents[0] : agents[1];
  if (one === undefined || other === undefined)
    return refuse('CONFLICT_UNSEEN', { conflict, agent: missing });
  return ok(await proof.view([one, other], path, ctx.signal));
}
