/** What commands about snapshots lead to. Pure. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { snapshots as contract } from '../../../preload/contract/snapshots.ts';
import type { Snapshot, SnapshotWhy } from '../../../preload/contract/snapshots.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, Decision, Effect, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import type { Agent } from '../agents/index.ts';
import { requireActingAgent, requireAgent, selectAgents } from '../agents/index.ts';
import type { SnapshotsState } from './slice.ts';

type Ctx = DecideContext<SnapshotsState>;
type Asked = Result<Decision<{ ask: string; agent: string }>>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;

export interface TakeData {
  readonly ask: string;
  readonly agent: string;
  readonly worktreePath: string;
  readonly why: SnapshotWhy;
}

export interface RestoreData {
  readonly ask: string;
  readonly agent: string;
  readonly commit: string;
  /** A worktree, or with `isNew` a folder that is to be made. */
  readonly path: string;
  readonly isNew: boolean;
  readonly paths?: readonly string[] | undefined;
}

export function decideTake(ctx: Ctx, { agent: wanted }: Data<'snapshot.take'>): Asked {
  const agents = selectAgents(ctx.hub);
  const self = agentIdOf(ctx.actor);
  if (self !== undefined && wanted !== undefined && wanted !== self)
    return refuse('SNAPSHOT_NOT_YOURS', { agent: wanted, actor: ctx.actor });
  if (self === undefined && wanted === undefined) return refuse('SNAPSHOT_AGENT_NEEDED');
  const found =
    wanted === undefined ? requireActingAgent(agents, ctx.actor) : requireAgent(agents, wanted);
  const place = found.ok ? requireWorktree(found.value, 'snapshot take') : found;
  if (!place.ok) return place;
  const free = requireFew(ctx, place.value.agent);
  return free.ok ? take(ctx, place.value, 'asked') : free;
}

/** At most one for each reason waits: the next one has what came meanwhile. */
export function decideKeep(
  ctx: Ctx,
  { agent, why }: Data<'snapshot.keep'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(selectAgents(ctx.hub), agent);
  if (!found.ok) return found;
  const place = requireWorktree(found.value, 'snapshot keep');
  if (!place.ok || countRunning(ctx, agent) > 1) return decided({}, []);
  const taken = take(ctx, place.value, why);
  return taken.ok ? decided({}, taken.value.events, taken.value.effects) : taken;
}

function take(ctx: Ctx, { agent, worktreePath }: Place, why: SnapshotWhy): Asked {
  const ask = ctx.newId('sn');
  const data: TakeData = { ask, agent, worktreePath, why };
  return decided(
    { ask, agent },
    [newEvent(contract, 'snapshot.asked', { ask, agent, why })],
    [work('snapshot.take', data)],
  );
}

/** So that nobody who asks again and again fills the disk, or the state. */
const mostAtOnce = 8;

function requireFew(ctx: Ctx, agent: string): Result<true> {
  const count = countRunning(ctx, agent);
  return count < mostAtOnce ? ok(true) : refuse('SNAPSHOT_BUSY', { agent, count });
}

function countRunning({ state }: Ctx, agent: string): number {
  return state.asks.values().filter((one) => one.agent === agent && one.state === 'running').length;
}

interface Place {
  readonly agent: string;
  readonly worktreePath: string;
}

const unsettled: ReadonlySet<Agent['state']> = new Set(['creating', 'destroying', 'destroyed']);

function requireWorktree({ id, state, worktreePath }: Agent, command: string): Result<Place> {
  if (worktreePath !== undefined && !unsettled.has(state)) return ok({ agent: id, worktreePath });
  const hint =
    state === 'destroyed'
      ? `Its files are kept: \`musher snapshots ${id}\`. \`musher agent revive ${id}\` brings them back.`
      : 'Try again in a moment.';
  const expected = 'an agent with a worktree';
  return refuse('AGENT_NOT_IN_STATE', { agent: id, state, command, expected, hint });
}

export interface RestoreFacts {
  readonly snapshot: Snapshot;
}

export function decideRestore(
  ctx: Ctx,
  { agent: wanted, to, paths, force }: Data<'snapshot.restore'>,
  { snapshot }: RestoreFacts,
): Asked {
  const id = wanted ?? snapshot.agent;
  const few = requireFew(ctx, id);
  if (!few.ok) return few;
  const ask = ctx.newId('sn');
  const { commit } = snapshot;
  const said = { ask, commit, force, ...(paths && { paths }) };
  if (to !== undefined) {
    const { agent } = snapshot;
    return decided(
      { ask, agent },
      [newEvent(contract, 'snapshot.restore_asked', { ...said, agent, to })],
      [work('snapshot.restore', { ask, agent, commit, path: to, isNew: true, paths })],
    );
  }
  const agents = selectAgents(ctx.hub);
  if (wanted === undefined && !agents.byId.has(id))
    return refuse('SNAPSHOT_AGENT_GONE', { agent: id, snapshot: snapshot.id });
  const found = requireAgent(agents, id);
  if (!found.ok) return found;
  const place = requireWorktree(found.value, 'snapshot restore');
  if (!place.ok) return place;
  const { agent, worktreePath: path } = place.value;
  if (!force && found.value.state !== 'stopped') return refuse('SNAPSHOT_AGENT_RUNS', { agent });
  return decided(
    { ask, agent },
    [newEvent(contract, 'snapshot.restore_asked', { ...said, agent })],
    [work('snapshot.restore', { ask, agent, commit, path, isNew: false, paths })],
  );
}

/** Of an agent that was purged meanwhile there is nothing to say any more; git has it. */
function ifKnown<D extends { agent: string }>(
  lead: (data: D) => ReturnType<typeof newEvent>,
): (ctx: Ctx, data: D) => Result<Decision<Nothing>> {
  return (ctx, data) => {
    const isKnown = selectAgents(ctx.hub).byId.has(data.agent);
    return decided({}, isKnown || ctx.state.byAgent.has(data.agent) ? [lead(data)] : []);
  };
}

export const decideTaken = ifKnown((data: Data<'snapshot.taken'>) =>
  newEvent(contract, 'snapshot.taken', data),
);

/** What an agent that is destroyed by now had asked for is no failure: its files were kept on the way. */
export function decideFailed(ctx: Ctx, data: Data<'snapshot.failed'>): Result<Decision<Nothing>> {
  const isAsked = ctx.state.asks.get(data.ask)?.state === 'running';
  return decided({}, isAsked ? [newEvent(contract, 'snapshot.failed', data)] : []);
}

export function decideRestored(
  _ctx: Ctx,
  data: Data<'snapshot.restored'>,
): Result<Decision<Nothing>> {
  return decided({}, [newEvent(contract, 'snapshot.restored', data)]);
}

export function decideForget(
  ctx: Ctx,
  { snapshots }: Data<'snapshot.forget'>,
): Result<Decision<Nothing>> {
  const held = heldRefs(ctx.hub);
  const free = snapshots.filter(({ ref }) => !held.has(ref));
  if (free.length === 0) return decided({}, []);
  const refs = free.map(({ ref, commit }) => ({ ref, commit }));
  return decided(
    {},
    [newEvent(contract, 'snapshot.forgotten', { snapshots: free })],
    [{ kind: 'snapshot.forget', lane: 'snapshots', data: { refs } }],
  );
}

/** What destroyed agents are revived from. */
export function heldRefs(hub: Ctx['hub']): Set<string> {
  const refs = selectAgents(hub)
    .byId.values()
    .flatMap(({ snapshotRef }) => (snapshotRef === undefined ? [] : [snapshotRef]));
  return new Set(refs);
}

function work(kind: string, data: TakeData | RestoreData): Effect {
  return { kind, lane: `snapshot/${data.agent}`, data };
}
