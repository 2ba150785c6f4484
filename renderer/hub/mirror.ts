/**
 * The page's copy of the hub's records. Written by `load` and `apply` alone, so it can be thrown away and had
 * again at any time; what the operator does on the page lives elsewhere (shell/ui-state.ts).
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  applyDelta,
  type Delta,
  emptyMirror,
  fromSnapshot,
  type Mirror,
  type Snapshot,
} from '../../preload/contract/sync.ts';

export interface MirrorState {
  readonly mirror: Mirror;
  /** False until the first snapshot: nothing is known yet, which is not the same as nothing there. */
  readonly loaded: boolean;
  /** Records by kind. A kind's list is a new one only when one of its records changed. */
  readonly kinds: ReadonlyMap<string, readonly unknown[]>;
}

export interface MirrorStore
  extends Pick<StoreApi<MirrorState>, 'getState' | 'subscribe' | 'getInitialState'> {
  load(snapshot: Snapshot): void;
  /** False on a gap: nothing was changed and a snapshot is needed. */
  apply(delta: Delta): boolean;
}

export function createMirrorStore(): MirrorStore {
  const store = createStore<MirrorState>(() => ({
    mirror: emptyMirror,
    loaded: false,
    kinds: new Map(),
  }));
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    load(snapshot) {
      const mirror = fromSnapshot(snapshot);
      store.setState({
        mirror,
        loaded: true,
        kinds: regroup(mirror, new Map(), kindsOf(mirror.records.keys())),
      });
    },
    apply(delta) {
      const { mirror, kinds } = store.getState();
      const next = applyDelta(mirror, delta);
      if (next === undefined) return false;
      if (next === mirror) return true;
      const touched = kindsOf([...Object.keys(delta.put), ...delta.remove]);
      store.setState({ mirror: next, loaded: true, kinds: regroup(next, kinds, touched) });
      return true;
    },
  };
}

function kindOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

function kindsOf(ids: Iterable<string>): ReadonlySet<string> {
  return new Set(Array.from(ids, kindOf));
}

/** One pass over the records, gathering only the kinds that were touched. */
function regroup(
  mirror: Mirror,
  old: MirrorState['kinds'],
  touched: ReadonlySet<string>,
): MirrorState['kinds'] {
  if (touched.size === 0) return old;
  const gathered = new Map<string, unknown[]>(Array.from(touched, (kind) => [kind, []]));
  for (const [id, record] of mirror.records) gathered.get(kindOf(id))?.push(record);
  return new Map([...old, ...gathered]);
}
