/**
 * The page's copy of the hub's records. Written by `load` and `apply` alone, so it can be thrown away and had
 * again at any time; what the operator does on the page lives elsewhere (shell/ui-state.ts).
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  applyDelta,
  applyLive,
  type Delta,
  emptyMirror,
  fromSnapshot,
  type LiveChange,
  type Mirror,
  type Snapshot,
} from '../../preload/contract/sync.ts';
import type { Table } from '../../preload/contract/table.ts';

export interface MirrorState {
  readonly mirror: Mirror;
  /** False until the first snapshot: nothing is known yet, which is not the same as nothing there. */
  readonly loaded: boolean;
  /** Live records, by kind and key: those beside the log. */
  readonly live: Mirror['kinds'];
}

export interface MirrorStore
  extends Pick<StoreApi<MirrorState>, 'getState' | 'subscribe' | 'getInitialState'> {
  load(snapshot: Snapshot): void;
  /** For a delta that follows on what is held; whoever hands it over has looked for gaps. */
  apply(delta: Delta): void;
  applyLive(change: LiveChange): void;
}

export function createMirrorStore(): MirrorStore {
  const store = createStore<MirrorState>(() => ({
    mirror: emptyMirror,
    loaded: false,
    live: new Map(),
  }));
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    load: (snapshot) => store.setState({ mirror: fromSnapshot(snapshot), loaded: true }),
    apply(delta) {
      const { mirror } = store.getState();
      const next = applyDelta(mirror, delta);
      if (next === undefined)
        throw new Error(`A delta from ${delta.fromSeq} does not follow on ${mirror.seq}`);
      if (next !== mirror) store.setState({ mirror: next });
    },
    applyLive: (change) => store.setState(({ live }) => ({ live: applyLive(live, change) })),
  };
}

const none: readonly unknown[] = [];
const lists = new WeakMap<Table<unknown>, readonly unknown[]>();

/** All records of a kind, as a list that is made once for each version of it, and only when somebody asks. */
export function listOf(mirror: Mirror, kind: string): readonly unknown[] {
  const table = mirror.kinds.get(kind);
  if (table === undefined) return none;
  const known = lists.get(table);
  if (known !== undefined) return known;
  const list = table.values();
  lists.set(table, list);
  return list;
}
