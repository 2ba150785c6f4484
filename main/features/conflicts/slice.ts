/** What the hub remembers of intents and conflicts: the live intents, all open conflicts, and the newest that ended. */
import type { ConflictKind, ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { IntentRecord } from '../../../preload/contract/intents.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Kept } from '../../base/records.ts';
import type { DecideContext, HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import type { AccuracyState } from './accuracy.ts';
import { initialAccuracy } from './accuracy.ts';

export interface ConflictsState {
  /** By agent; one whose time is over stays until that is told, a second later at most. */
  readonly intents: Table<IntentRecord>;
  readonly conflicts: Kept<ConflictRecord>;
  /** Ids of those that are open, by kind and pair: see `pairKey`. */
  readonly open: Table<string>;
  readonly accuracy: AccuracyState;
}

export const initialConflicts: ConflictsState = {
  intents: Table.empty(),
  conflicts: { byId: Table.empty(), settled: [] },
  open: Table.empty(),
  accuracy: initialAccuracy,
};

export type Ctx = DecideContext<ConflictsState>;

export const selectConflicts: (hub: HubState) => ConflictsState =
  selectorOf<ConflictsState>(contract);

/** The same for both orders of a pair; of ownership, each order is its own. */
export function pairKey(kind: ConflictKind, agents: readonly [string, string]): string {
  const pair = kind === 'ownership' ? agents : [...agents].sort();
  return `${kind}/${pair.join('/')}`;
}

export function openConflicts({ conflicts, open }: ConflictsState, kind: ConflictKind) {
  const records = open.values().flatMap((id) => conflicts.byId.get(id) ?? []);
  return records.filter((record) => record.kind === kind);
}

export function openConflict(
  { conflicts, open }: ConflictsState,
  kind: ConflictKind,
  agents: readonly [string, string],
): ConflictRecord | undefined {
  const id = open.get(pairKey(kind, agents));
  return id === undefined ? undefined : conflicts.byId.get(id);
}

/** Intents that count at `nowMs`. */
export function liveIntents({ intents }: ConflictsState, nowMs: number): IntentRecord[] {
  return intents.values().filter(({ untilMs }) => untilMs > nowMs);
}

/** By path alone: which lines of them collide moves with every stroke. */
export function isSameFiles(
  before: ConflictRecord['files'],
  after: ConflictRecord['files'],
): boolean {
  const paths = new Set(before.map(({ path }) => path));
  return paths.size === after.length && after.every(({ path }) => paths.has(path));
}
