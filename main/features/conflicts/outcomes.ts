/**
 * What came of what was told: each conflict is a prediction, and the merges of approvals say whether it was right. Folded from the log
 * alone; a merge counts where its files are those of the conflict.
 */
import type { approvals } from '../../../preload/contract/approvals.ts';
import type { ConflictKind } from '../../../preload/contract/conflict-records.ts';
import { isBranchSide, toBranchSide } from '../../../preload/contract/conflict-sides.ts';
import type { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Table } from '../../../preload/contract/table.ts';
import type { AccuracyState, Counts, Prediction } from './accuracy.ts';
import { kept } from './accuracy.ts';

type Reduce = (state: AccuracyState, event: EventEnvelope) => AccuracyState;
type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;
type Told<K extends keyof (typeof approvals)['events']> = EventData<typeof approvals, K>;

const forget: Reduce = (state, { data }) => ({
  ...state,
  asked: state.asked.delete((data as { approval: string }).approval),
});

export const reduceAccuracy: Readonly<Record<string, Reduce>> = {
  'conflict.found': (state, { data, atMs: sinceMs }) => {
    const { conflict, kind, agents, files } = data as Data<'conflict.found'>;
    const prediction = { kind, agents, files: files.map(({ path }) => path), sinceMs };
    const predictions = bounded(state.predictions.set(conflict, prediction), kept.predictions);
    return counted({ ...state, predictions }, kind, 'found');
  },
  'conflict.changed': (state, { data }) => {
    const { conflict, files } = data as Data<'conflict.changed'>;
    return changed(state, conflict, (one) => ({ ...one, files: files.map(({ path }) => path) }));
  },
  'conflict.cleared': (state, { data }) => {
    const { conflict, end } = data as Data<'conflict.cleared'>;
    return end === 'merged'
      ? changed(state, conflict, (one) => ({ ...one, isOver: true }))
      : settled(state, conflict, 'avoided');
  },
  'approval.requested': (state, { data, atMs: requestedMs }) => {
    const { approval, agent, files, pin } = data as Told<'approval.requested'>;
    const paths = files.flatMap(({ path, oldPath }) =>
      oldPath === undefined ? [path] : [path, oldPath],
    );
    const merge = { agent, files: paths, base: pin.base, requestedMs };
    return { ...state, asked: bounded(state.asked.set(approval, merge), kept.asked) };
  },
  'approval.merged': merged,
  'approval.failed': failed,
  'approval.denied': forget,
  'approval.withdrawn': forget,
  'approval.superseded': forget,
};

/** The second of two that merges clean shows that nothing was in the way, unless it was mended meanwhile. */
function merged(state: AccuracyState, event: EventEnvelope): AccuracyState {
  const { approval } = event.data as Told<'approval.merged'>;
  const merge = state.asked.get(approval);
  if (merge === undefined) return state;
  const after: AccuracyState = {
    ...forget(state, event),
    merged: newest([...state.merged, merge], kept.merged),
  };
  return concerned(state, merge.agent, merge.files).reduce((left, [id, one]) => {
    if (one.agents.some(isBranchSide)) return settled(left, id, 'falseAlarm');
    const first = one.merged;
    if (first === undefined || first.agent === merge.agent)
      return changed(left, id, (it) => ({ ...it, merged: { ...merge, atMs: event.atMs } }));
    const isMended =
      one.isOver === true && merge.requestedMs > first.atMs && merge.base !== first.base;
    return settled(left, id, isMended ? 'avoided' : 'falseAlarm');
  }, after);
}

/** It met what others have merged in those files, or whatever else the target had. */
function failed(state: AccuracyState, event: EventEnvelope): AccuracyState {
  const { agent, conflicts: files } = event.data as Told<'approval.failed'>;
  if (files === undefined || files.length === 0) return state;
  const others = state.merged.filter((one) => one.agent !== agent && isMeeting(one.files, files));
  const met = new Set(others.map((one) => one.agent));
  return (met.size > 0 ? [...met] : [itsTarget]).reduce(
    (left, other) => meeting(left, { agents: [agent, other], files, atMs: event.atMs }),
    state,
  );
}

/** In place of another agent. */
const itsTarget = toBranchSide('');

interface Meeting {
  readonly agents: readonly [string, string];
  readonly files: readonly string[];
  readonly atMs: number;
}

function meeting(state: AccuracyState, { agents: [agent, other], files, atMs }: Meeting) {
  const pair = [agent, other].sort().join('/');
  if (state.met.some((one) => one.pair === pair && isMeeting(one.files, files))) return state;
  const met = newest([...state.met, { pair, files: files.slice(0, 50) }], kept.met);
  const right = concerned(state, agent, files).filter(
    ([, { agents }]) => agents.includes(other) || agents.some(isBranchSide),
  );
  if (right.length === 0) return { ...state, met, missed: state.missed + 1 };
  const sinceMs = Math.min(...right.map(([, one]) => one.sinceMs));
  const warningsMs = newest([...state.warningsMs, atMs - sinceMs], kept.warnings);
  const after: AccuracyState = { ...state, met, warningsMs };
  return right.reduce((left, [id]) => settled(left, id, 'right'), after);
}

/** Predictions about an agent in some of these files. */
function concerned({ predictions }: AccuracyState, agent: string, files: readonly string[]) {
  return predictions
    .entries()
    .filter(([, one]) => one.agents.includes(agent) && isMeeting(one.files, files));
}

function isMeeting(one: readonly string[], other: readonly string[]): boolean {
  const known = new Set(other);
  return one.some((path) => known.has(path));
}

function settled(
  state: AccuracyState,
  id: string,
  outcome: Exclude<keyof Counts, 'found'>,
): AccuracyState {
  const one = state.predictions.get(id);
  if (one === undefined) return state;
  return counted({ ...state, predictions: state.predictions.delete(id) }, one.kind, outcome);
}

function counted(state: AccuracyState, kind: ConflictKind, what: keyof Counts): AccuracyState {
  const counts = state.counts[kind];
  return { ...state, counts: { ...state.counts, [kind]: { ...counts, [what]: counts[what] + 1 } } };
}

function changed(
  state: AccuracyState,
  id: string,
  change: (one: Prediction) => Prediction,
): AccuracyState {
  const predictions = state.predictions.update(id, change);
  return predictions === state.predictions ? state : { ...state, predictions };
}

function bounded<T>(table: Table<T>, most: number): Table<T> {
  const excess = table.size - most;
  if (excess <= 0) return table;
  return table
    .keys()
    .slice(0, excess)
    .reduce((left, id) => left.delete(id), table);
}

function newest<T>(all: readonly T[], most: number): readonly T[] {
  return all.slice(-most);
}
