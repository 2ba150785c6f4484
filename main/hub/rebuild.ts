/**
 * The state at start. Each slice is taken from its snapshot when that is of its version; the others are folded again,
 * each alone and from the event types that it reads; then all of them fold what came after the snapshot.
 */
import type { Pace } from '../base/pace.ts';
import { musherError, reasonOf } from '../base/result.ts';
import type { Feature, HubState } from './feature.ts';
import { fold, initialState } from './fold.ts';
import type { LogStore } from './log-store.ts';
import { foldAlone, newest } from './past/fold-alone.ts';
import type { Registry } from './registry.ts';
import { genesisHash } from './seal.ts';
import type { Head } from './seal.ts';
import { decodeSlice } from './slice-json.ts';
import type { Stored } from './snapshots.ts';

const pageSize = 500;

export interface Rebuilt {
  readonly state: HubState;
  readonly head: Head;
  /** What the store holds of it already. */
  readonly stored: Stored;
}

export interface RebuildDeps {
  readonly registry: Registry;
  readonly store: LogStore;
  /** A page is a step, so that what runs beside a start is served. */
  readonly pace: Pace;
}

/** Throws LOG_DAMAGED when an event is missing, unreadable, or cannot be folded. */
export async function rebuild(deps: RebuildDeps): Promise<Rebuilt> {
  /** The event before the one that is folded now: where the log is damaged, should it fail. */
  const at = { seq: 0 };
  try {
    const base = await newestSnapshot(deps);
    const tail = { state: await stateAt(deps, base, at), head: base.head };
    at.seq = base.head.seq;
    while (await deps.pace.step(() => foldPage(deps, tail, at)));
    return { ...tail, stored: storedIn(base) };
  } catch (error) {
    const reason = `after event ${at.seq}: ${reasonOf(error)}`;
    throw musherError('LOG_DAMAGED', { path: deps.store.place, reason }, error);
  }
}

/** False when it was the last. */
function foldPage(
  { registry, store }: RebuildDeps,
  tail: { state: HubState; head: Head },
  at: { seq: number },
): boolean {
  const events = store.page({ after: tail.head.seq, limit: pageSize });
  for (const event of events) {
    if (event.seq !== tail.head.seq + 1) throw new Error(`event ${tail.head.seq + 1} is missing`);
    tail.state = fold(registry, tail.state, newest(registry, event));
    tail.head = { seq: event.seq, hash: event.hash };
    at.seq = event.seq;
  }
  return events.length === pageSize;
}

interface Base {
  /** Where the newest slices stand; all others are brought there. */
  readonly head: Head;
  readonly slices: ReadonlyMap<string, { readonly seq: number; readonly slice: unknown }>;
}

function storedIn({ head, slices }: Base): Stored {
  const standing = [...slices].filter(([, { seq }]) => seq === head.seq);
  return { seq: head.seq, slices: new Map(standing.map(([name, { slice }]) => [name, slice])) };
}

/** The slices that may be believed: of their feature's version, and of this very history. */
async function newestSnapshot({ registry, store, pace }: RebuildDeps): Promise<Base> {
  const versions = new Map(registry.features.map((f) => [f.contract.name, f.version]));
  const slices = new Map<string, { seq: number; slice: unknown }>();
  let head: Head = { seq: 0, hash: genesisHash };
  for (const { feature, version, seq, hash } of store.slices()) {
    if (versions.get(feature) !== version || !isOfThisLog(store, { seq, hash })) continue;
    const slice = await pace.step(() => readSlice(store, feature));
    if (slice === undefined) continue;
    slices.set(feature, { seq, slice });
    if (seq > head.seq) head = { seq, hash };
  }
  return { head, slices };
}

/** A snapshot of another history (a log restored from a backup) must not be believed. */
function isOfThisLog(store: LogStore, { seq, hash }: Head): boolean {
  const [event] = store.page({ after: seq - 1, limit: 1 });
  return event?.seq === seq && event.hash === hash;
}

/** A snapshot is only a short cut: one that cannot be read costs a longer start, nothing else. */
function readSlice(store: LogStore, feature: string): unknown {
  try {
    return decodeSlice(store.sliceJson(feature));
  } catch {
    return undefined;
  }
}

/** The state where the newest slices stand. */
async function stateAt(deps: RebuildDeps, base: Base, at: { seq: number }): Promise<HubState> {
  const state: Record<string, unknown> = { ...initialState(deps.registry) };
  for (const feature of deps.registry.features) {
    const { name } = feature.contract;
    const from = base.slices.get(name) ?? { seq: 0, slice: feature.initial };
    at.seq = from.seq;
    state[name] = await foldFrom(deps, feature, { from, upTo: base.head.seq, at });
  }
  return state;
}

interface Stretch {
  readonly from: { readonly seq: number; readonly slice: unknown };
  readonly upTo: number;
  readonly at: { seq: number };
}

async function foldFrom(
  deps: RebuildDeps,
  feature: Feature,
  { from, upTo, at }: Stretch,
): Promise<unknown> {
  const { name } = feature.contract;
  const { registry, store: log } = deps;
  const stretch = { slices: { [name]: from.slice }, from: from.seq, upTo };
  const folding = foldAlone({ registry, log }, [feature], stretch);
  for (;;) {
    const step = await deps.pace.step(() => folding.next());
    if (step.done === true) return step.value[name];
    at.seq = step.value.seq;
  }
}
