/** Where each target is, as far as the hub stands behind it. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { TargetRecord } from '../../../preload/contract/targets.ts';
import type { targets as contract } from '../../../preload/contract/targets.ts';

/** By branch. */
export type TargetsState = Table<TargetRecord>;

export const initialTargets: TargetsState = Table.empty();

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;

/** Nothing is the matter with it. */
function settled(state: TargetsState, { data }: EventEnvelope): TargetsState {
  const { target, commit } = data as Data<'target.seen'>;
  return state.set(target, { target, commit });
}

/** The operator moved it back. */
function restored(state: TargetsState, { data, atMs }: EventEnvelope): TargetsState {
  const { target, commit, keptRef } = data as Data<'target.restored'>;
  return state.set(target, { target, commit, left: { keptRef, atMs } });
}

/** The hub's own move. Who approved it saw that the target had moved, and built on it: an alarm of before is over. */
function merged(state: TargetsState, { data }: EventEnvelope): TargetsState {
  const { target, mergeCommit: commit } = data as { target: string; mergeCommit: string };
  const before = state.get(target)?.commit;
  return state.set(target, { target, commit, ...(before !== undefined && { before }) });
}

function moved(state: TargetsState, { data, atMs }: EventEnvelope): TargetsState {
  const { target, ...facts } = data as Data<'target.moved'>;
  return state.update(target, ({ failure: _old, left: _kept, ...record }) => ({
    ...record,
    alarm: { ...facts, sinceMs: record.alarm?.sinceMs ?? atMs },
  }));
}

function restoring(state: TargetsState, { data }: EventEnvelope): TargetsState {
  const { target } = data as Data<'target.restoring'>;
  return state.update(target, ({ failure: _old, ...record }) => ({ ...record, isRestoring: true }));
}

function failed(state: TargetsState, { data }: EventEnvelope): TargetsState {
  const { target, error: failure } = data as Data<'target.restore_failed'>;
  return state.update(target, ({ isRestoring: _over, ...record }) => ({ ...record, failure }));
}

export const reduceTargets = {
  'target.seen': settled,
  'target.accepted': settled,
  'target.restored': restored,
  'target.moved': moved,
  'target.restoring': restoring,
  'target.restore_failed': failed,
  'approval.merged': merged,
};
