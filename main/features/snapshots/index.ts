/** Snapshots: what is in agents' worktrees is kept before it can be lost, and can be looked at and brought back. */
import type { CommandData, QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import {
  type Snapshot,
  type SnapshotOutcome,
  snapshots as contract,
} from '../../../preload/contract/snapshots.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Feature, Life, PrepareContext, QueryContext } from '../../hub/feature.ts';
import { feature, handler } from '../../hub/feature.ts';
import { requireAgent, selectAgents } from '../agents/index.ts';
import {
  decideFailed,
  decideForget,
  decideKeep,
  decideRestore,
  decideRestored,
  decideTake,
  decideTaken,
  type RestoreFacts,
} from './decide.ts';
import { snapshotEffects } from './effects.ts';
import { type KeepTreesPorts, keepTrees } from './keep-trees.ts';
import type { SnapshotsPorts } from './ports.ts';
import { initialSnapshots, reduceSnapshots, type SnapshotsState, toKeptRecord } from './slice.ts';
import { describeSnapshots } from './words.ts';
import { sweepSnapshots } from './sweep.ts';

export { snapshotSettings } from './settings.ts';

type Ctx = QueryContext<SnapshotsState>;
type Found<K extends keyof (typeof contract)['queries']> = Promise<
  Result<QueryResult<typeof contract, K>>
>;

export function snapshotsFeature(ports: SnapshotsPorts & Pick<KeepTreesPorts, 'trees'>): Feature {
  return feature(contract, {
    initial: initialSnapshots,
    version: 1,
    commands: {
      'snapshot.take': { decide: decideTake },
      'snapshot.restore': handler({
        prepare: (data, ctx) => prepareRestore(ports, data, ctx),
        decide: decideRestore,
      }),
      'snapshot.keep': { decide: decideKeep },
      'snapshot.taken': { decide: decideTaken },
      'snapshot.failed': { decide: decideFailed },
      'snapshot.restored': { decide: decideRestored },
      'snapshot.forget': { decide: decideForget },
    },
    queries: {
      'snapshot.list': (data, ctx) => list(ports, data, ctx),
      'snapshot.diff': (data, ctx) => diff(ports, data, ctx),
      'snapshot.outcome': outcome,
    },
    reduce: reduceSnapshots,
    views: { kept: { items: (state: SnapshotsState) => state.byAgent, record: toKeptRecord } },
    topics,
    describe: describeSnapshots,
    effects: snapshotEffects(ports),
    start(life: Life<SnapshotsState>) {
      keepTrees(ports, life);
      sweepSnapshots(ports, life);
    },
  });
}

async function prepareRestore(
  { snapshots }: SnapshotsPorts,
  { snapshot: id, paths, to }: CommandData<typeof contract, 'snapshot.restore'>,
  { signal }: PrepareContext,
): Promise<Result<RestoreFacts>> {
  const { snapshot } = await snapshots.find({ snapshot: id, paths, signal });
  if (to !== undefined) await snapshots.requireNew(to);
  return ok({ snapshot });
}

async function list(
  { snapshots }: SnapshotsPorts,
  { agent: wanted, limit }: QueryData<typeof contract, 'snapshot.list'>,
  { actor, signal }: Ctx,
): Found<'snapshot.list'> {
  const self = agentIdOf(actor);
  if (self !== undefined && wanted !== undefined && wanted !== self)
    return refuse('SNAPSHOT_NOT_YOURS', { agent: wanted, actor });
  const all = await snapshots.list({ agent: wanted ?? self, signal });
  return ok({ snapshots: all.slice(0, limit).map((one) => one.snapshot), total: all.length });
}

async function diff(
  { snapshots }: SnapshotsPorts,
  { snapshot: id, against, stat, paths }: QueryData<typeof contract, 'snapshot.diff'>,
  ctx: Ctx,
): Found<'snapshot.diff'> {
  const { signal } = ctx;
  const found = await snapshots.find({ snapshot: id, paths, signal });
  const own = requireVisible(found.snapshot, ctx);
  if (!own.ok) return own;
  const { commit: of, agent } = found.snapshot;
  const ask = { of, paths, signal };
  const answer = async (from: Parameters<typeof snapshots.diff>[0]['against']) => {
    const told = await snapshots.diff({ ...ask, against: from });
    const { patch, truncated, files, fileCount, additions, deletions } = told;
    const counts = { fileCount, additions, deletions };
    const lines = stat ? { patch: '', truncated: false } : { patch, truncated };
    return ok({ snapshot: found.snapshot, ...lines, files: [...files], ...counts });
  };
  if (against === 'head') return answer({ commit: found.snapshot.head });
  if (against === 'worktree') {
    const place = requireStanding(agent, ctx);
    return place.ok ? answer({ agent, path: place.value }) : place;
  }
  const other = await snapshots.find({ snapshot: against, signal });
  const visible = requireVisible(other.snapshot, ctx);
  return visible.ok ? answer({ commit: other.snapshot.commit }) : visible;
}

/** To other agents than its own it does not exist. */
function requireVisible(snapshot: Snapshot, { actor }: Ctx): Result<Snapshot> {
  const self = agentIdOf(actor);
  return self === undefined || snapshot.agent === self
    ? ok(snapshot)
    : refuse('SNAPSHOT_UNKNOWN', { snapshot: snapshot.id });
}

function requireStanding(agent: string, { hub }: Ctx): Result<string> {
  const found = requireAgent(selectAgents(hub), agent);
  if (!found.ok) return found;
  const { worktreePath, state } = found.value;
  if (worktreePath !== undefined) return ok(worktreePath);
  const expected = 'an agent with a worktree';
  const hint = `Compare it to its commit, or revive it: \`musher agent revive ${agent}\`.`;
  const told = { agent, state, command: 'snapshot diff --against worktree', expected, hint };
  return refuse('AGENT_NOT_IN_STATE', told);
}

async function outcome(
  { ask, waitMs }: QueryData<typeof contract, 'snapshot.outcome'>,
  ctx: Ctx,
): Promise<Result<SnapshotOutcome>> {
  const look = (state: SnapshotsState): Result<SnapshotOutcome> => {
    const found = state.asks.get(ask);
    const self = agentIdOf(ctx.actor);
    const isOwn = self === undefined || found?.agent === self;
    return found !== undefined && isOwn ? ok(found) : refuse('SNAPSHOT_UNKNOWN', { snapshot: ask });
  };
  const before = look(ctx.state);
  if (!before.ok || before.value.state !== 'running' || waitMs === 0) return before;
  await ctx.untilTopic(askTopic(ask), waitMs);
  return look(ctx.fresh().state);
}

function askTopic(ask: string): string {
  return `snapshot/${ask}`;
}

function topics({ type, data }: EventEnvelope): readonly string[] {
  return ends.has(type) ? [askTopic((data as { ask: string }).ask)] : [];
}

const ends: ReadonlySet<string> = new Set([
  'snapshot.taken',
  'snapshot.failed',
  'snapshot.restored',
]);
