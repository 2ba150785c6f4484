/** What the hub remembers of snapshots: of each agent the newest, and the wishes of the last hours. Pure and total. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import {
  type KeptRecord,
  type SnapshotOutcome,
  snapshots as contract,
} from '../../../preload/contract/snapshots.ts';
import { Table } from '../../../preload/contract/table.ts';
import { selectorOf } from '../../hub/feature.ts';

export interface Kept extends KeptRecord {
  /** When it was last asked for because its program had ended, Unix ms. */
  readonly exitMs?: number | undefined;
  /** The commit that was checked out in the newest one. */
  readonly head?: string | undefined;
}

export interface SnapshotsState {
  readonly byAgent: Table<Kept>;
  /** By ask, oldest first; of those that are over, the newest 100. */
  readonly asks: Table<SnapshotOutcome>;
}

export const initialSnapshots: SnapshotsState = { byAgent: Table.empty(), asks: Table.empty() };
export const selectSnapshots = selectorOf<SnapshotsState>(contract);

/** How many that are over are remembered. */
const rememberedAsks = 100;

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;
type Reduce = (state: SnapshotsState, event: EventEnvelope) => SnapshotsState;

function asked(state: SnapshotsState, event: EventEnvelope): SnapshotsState {
  const { ask, agent, why } = event.data as Data<'snapshot.asked'>;
  const own = state.byAgent.get(agent) ?? { agent };
  const byAgent =
    why === 'exit' ? state.byAgent.set(agent, { ...own, exitMs: event.atMs }) : state.byAgent;
  return { byAgent, asks: state.asks.set(ask, { ask, agent, state: 'running' }) };
}

function restoreAsked(state: SnapshotsState, event: EventEnvelope): SnapshotsState {
  const { ask, agent } = event.data as Data<'snapshot.restore_asked'>;
  return { ...state, asks: state.asks.set(ask, { ask, agent, state: 'running' }) };
}

function taken(state: SnapshotsState, event: EventEnvelope): SnapshotsState {
  const data = event.data as Data<'snapshot.taken'>;
  const { ask, agent, ref, commit, files, why, atMs, head, isNew } = data;
  const before = state.byAgent.get(agent);
  const last = isNew || before?.last?.ref !== ref ? { ref, why, atMs } : before.last;
  const next = { ...before, agent, last, head, failure: undefined };
  const snapshot = { id: commit.slice(0, 12), ref, files };
  return {
    byAgent: state.byAgent.set(agent, next),
    asks: over(state.asks, { ask, agent, state: 'kept', snapshot, isNew }),
  };
}

function restored(state: SnapshotsState, event: EventEnvelope): SnapshotsState {
  const { ask, agent, path, files, left, before } = event.data as Data<'snapshot.restored'>;
  const snapshot = before && { id: before.commit.slice(0, 12), ref: before.ref };
  const asks = over(state.asks, { ask, agent, state: 'restored', path, files, left, snapshot });
  if (before === undefined) return { ...state, asks };
  const last = { ref: before.ref, why: 'restore' as const, atMs: before.atMs };
  const own = { ...state.byAgent.get(agent), agent, last, failure: undefined };
  return { byAgent: state.byAgent.set(agent, own), asks };
}

function failed(state: SnapshotsState, event: EventEnvelope): SnapshotsState {
  const { ask, agent, why, error } = event.data as Data<'snapshot.failed'>;
  const asks = over(state.asks, { ask, agent, state: 'failed', error });
  if (why === undefined) return { ...state, asks };
  const own = state.byAgent.get(agent) ?? { agent };
  const times = (own.failure?.times ?? 0) + 1;
  const exitMs = why === 'exit' ? undefined : own.exitMs;
  const failure = { error, atMs: event.atMs, times };
  return { byAgent: state.byAgent.set(agent, { ...own, exitMs, failure }), asks };
}

/** Its files are in the snapshot that was taken then. */
function destroyed(state: SnapshotsState, event: EventEnvelope): SnapshotsState {
  const { agent, snapshotRef: ref } = event.data as { agent: string; snapshotRef?: string };
  const asks = endedFor(state.asks, agent);
  const own = { ...state.byAgent.get(agent), agent, failure: undefined };
  const last = ref === undefined ? own.last : { ref, why: 'destroy' as const, atMs: event.atMs };
  return { byAgent: state.byAgent.set(agent, { ...own, last }), asks };
}

function purged(state: SnapshotsState, event: EventEnvelope): SnapshotsState {
  const { agent } = event.data as { agent: string };
  return { byAgent: state.byAgent.delete(agent), asks: endedFor(state.asks, agent) };
}

/** What was still asked for of an agent that is gone; its files were kept on the way. */
function endedFor(asks: SnapshotsState['asks'], agent: string): SnapshotsState['asks'] {
  const hint = `Its files were kept on the way: \`musher snapshots ${agent}\`.`;
  const told = { agent, state: 'destroyed', command: 'a snapshot', expected: 'a worktree', hint };
  const error = toWireError('AGENT_NOT_IN_STATE', told);
  return asks
    .values()
    .filter((one) => one.agent === agent && one.state === 'running')
    .reduce((left, { ask }) => over(left, { ask, agent, state: 'failed', error }), asks);
}

function over(asks: SnapshotsState['asks'], outcome: SnapshotOutcome): SnapshotsState['asks'] {
  if (!asks.has(outcome.ask)) return asks;
  const next = asks.set(outcome.ask, outcome);
  const done = next.values().filter(({ state }) => state !== 'running');
  const old = done.slice(0, Math.max(0, done.length - rememberedAsks));
  return old.reduce((left, { ask }) => left.delete(ask), next);
}

export const reduceSnapshots: Readonly<Record<string, Reduce>> = {
  'snapshot.asked': asked,
  'snapshot.restore_asked': restoreAsked,
  'snapshot.taken': taken,
  'snapshot.restored': restored,
  'snapshot.failed': failed,
  'agent.destroyed': destroyed,
  'agent.purged': purged,
};

export function toKeptRecord({ exitMs: _e, head: _h, ...record }: Kept): KeptRecord {
  return record;
}
