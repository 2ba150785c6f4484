/** Intents and conflicts, folded: all that are live and open, and the newest that ended. */
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import type { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { IntentRecord } from '../../../preload/contract/intents.ts';
import { keepNewest } from '../../base/records.ts';
import { reduceAccuracy } from './outcomes.ts';
import type { ConflictsState } from './slice.ts';
import { isSameFiles, pairKey } from './slice.ts';

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;
type Reduce = (state: ConflictsState, event: EventEnvelope) => ConflictsState;

/** How many that ended are remembered. */
const endedKept = 200;

const ownReducers: Readonly<Record<string, Reduce>> = {
  'intent.declared': declared,
  'intent.withdrawn': without,
  'intent.released': without,
  'intent.expired': without,
  'intent.stolen': stolen,
  'agent.destroyed': without,
  'agent.purged': without,
  'conflict.found': found,
  'conflict.changed': changed,
  'conflict.cleared': cleared,
  'conflict.ordered': (state, { data }) => {
    const { conflict, order } = data as Data<'conflict.ordered'>;
    return updated(state, conflict, (record) => ({ ...record, order, orderedBy: 'operator' }));
  },
  'conflict.dismissed': (state, { data, atMs }) => {
    const { conflict, note } = data as Data<'conflict.dismissed'>;
    const dismissed = note === undefined ? { atMs } : { atMs, note };
    return updated(state, conflict, (record) => ({ ...record, dismissed }));
  },
};

export const reduceConflicts: Readonly<Record<string, Reduce>> = {
  ...ownReducers,
  ...Object.fromEntries(
    Object.entries(reduceAccuracy).map(([type, reduce]): [string, Reduce] => [
      type,
      (state, event) => {
        const next = ownReducers[type]?.(state, event) ?? state;
        const accuracy = reduce(next.accuracy, event);
        return accuracy === next.accuracy ? next : { ...next, accuracy };
      },
    ]),
  ),
};

function declared(state: ConflictsState, event: EventEnvelope): ConflictsState {
  const { recipients: _told, validForMs, ...intent } = event.data as Data<'intent.declared'>;
  const { seq, atMs: declaredMs } = event;
  return withIntent(state, { ...intent, declaredMs, untilMs: declaredMs + validForMs, seq });
}

function stolen(state: ConflictsState, { data, seq, atMs }: EventEnvelope): ConflictsState {
  const { from, left, to } = data as Data<'intent.stolen'>;
  const robbed =
    left.length === 0
      ? state.intents.delete(from)
      : state.intents.update(from, (intent) => ({ ...intent, files: left, seq }));
  const next = { ...state, intents: robbed };
  return to === undefined ? next : withIntent(next, { ...to, declaredMs: atMs, seq });
}

function without(state: ConflictsState, { data }: EventEnvelope): ConflictsState {
  const { agent } = data as { agent: string };
  return state.intents.has(agent) ? { ...state, intents: state.intents.delete(agent) } : state;
}

function withIntent(state: ConflictsState, intent: IntentRecord): ConflictsState {
  return { ...state, intents: state.intents.set(intent.agent, intent) };
}

function found(state: ConflictsState, { data, atMs, seq }: EventEnvelope): ConflictsState {
  const { conflict: id, recipients: _told, ...rest } = data as Data<'conflict.found'>;
  const times = { sinceMs: atMs, changedMs: atMs, seq };
  const record: ConflictRecord = { id, ...rest, orderedBy: 'hub', ...times };
  const byId = state.conflicts.byId.set(id, record);
  const open = state.open.set(pairKey(rest.kind, rest.agents), id);
  return { ...state, open, conflicts: { ...state.conflicts, byId } };
}

function changed(state: ConflictsState, { data, atMs }: EventEnvelope): ConflictsState {
  const { conflict, files, fileCount, severity, order } = data as Data<'conflict.changed'>;
  return updated(state, conflict, ({ dismissed, ...record }) => {
    const next = { ...record, files, fileCount, severity, order, changedMs: atMs };
    const isSame = dismissed !== undefined && isSameFiles(record.files, files);
    return isSame ? { ...next, dismissed } : next;
  });
}

function cleared(state: ConflictsState, { data, atMs }: EventEnvelope): ConflictsState {
  const { conflict, kind, agents, end } = data as Data<'conflict.cleared'>;
  const open = state.open.delete(pairKey(kind, agents));
  const ended = updated(state, conflict, (record) => ({ ...record, endedMs: atMs, end }));
  const isSettled = ({ endedMs }: ConflictRecord) => endedMs !== undefined;
  const conflicts = keepNewest(ended.conflicts, conflict, { isSettled, keep: endedKept });
  return { ...ended, open, conflicts };
}

function updated(
  state: ConflictsState,
  id: string,
  change: (record: ConflictRecord) => ConflictRecord,
): ConflictsState {
  const byId = state.conflicts.byId.update(id, change);
  if (byId === state.conflicts.byId) return state;
  return { ...state, conflicts: { ...state.conflicts, byId } };
}
