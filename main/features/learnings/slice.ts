/** What the hub remembers of learnings: the newest notes, each once however often it was noted, and what was dropped. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { learnings as contract } from '../../../preload/contract/learnings.ts';
import type { LearningRecord } from '../../../preload/contract/learning-records.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Kept } from '../../base/records.ts';
import { keepNewest } from '../../base/records.ts';

export interface LearningsState extends Kept<LearningRecord> {
  /** Notes that the operator dropped, the newest last, at most 500: the file is to lose them too. Absent before the first. */
  readonly dropped?: ReadonlyArray<{ readonly id: string; readonly count: number }>;
}

export const initialLearnings: LearningsState = { byId: Table.empty(), settled: [] };

const kept = 500;
const othersKept = 8;

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

/** The note that says the same: case, white space and a full stop count for nothing. Undefined where there is none. */
export function findSame({ byId }: LearningsState, text: string): string | undefined {
  const wanted = toKey(text);
  let found: string | undefined;
  byId.forEach((note, id) => {
    if (keyOf(note) === wanted) found = id;
  });
  return found;
}

/** Each is asked at every note that is added, and changes never. */
const keys = new WeakMap<LearningRecord, string>();

function keyOf(note: LearningRecord): string {
  const known = keys.get(note);
  if (known !== undefined) return known;
  const key = toKey(note.text);
  keys.set(note, key);
  return key;
}

function toKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/[.!]+$/, '')
    .trim();
}

export function added(state: LearningsState, event: EventEnvelope): LearningsState {
  const { learning, text, same } = event.data as Data<'learning.added'>;
  const { actor: by, atMs } = event;
  const isKnown = same !== undefined && state.byId.has(same);
  const byId = isKnown
    ? state.byId.update(same, (note) => again(note, event))
    : state.byId.set(learning, { id: learning, text, by, atMs });
  const id = isKnown ? same : learning;
  // Noted again it is among the newest.
  return { ...state, ...keepNewest({ ...state, byId }, id, { isSettled: () => true, keep: kept }) };
}

function again(note: LearningRecord, { actor, atMs }: EventEnvelope): LearningRecord {
  const { count = 1, others = [] } = note;
  const isKnown = actor === note.by || others.includes(actor);
  const names = isKnown ? others : [...others, actor].slice(-othersKept);
  return { ...note, count: count + 1, lastMs: atMs, ...(names.length > 0 && { others: names }) };
}

export function dropped(state: LearningsState, { data }: EventEnvelope): LearningsState {
  const { id } = data as Data<'learning.dropped'>;
  const note = state.byId.get(id);
  if (note === undefined) return state;
  const others = (state.dropped ?? []).slice(1 - kept);
  return {
    byId: state.byId.delete(id),
    settled: state.settled.filter((one) => one !== id),
    dropped: [...others, { id, count: note.count ?? 1 }],
  };
}
