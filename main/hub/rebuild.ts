/** The state at start: the newest usable snapshot, then the tail of the log folded over it. */
import type { HubState } from './feature.ts';
import { fold, initialState } from './fold.ts';
import type { LogStore, StoredSnapshot } from './log-store.ts';
import type { Registry } from './registry.ts';
import { genesisHash, upcast } from './seal.ts';
import type { Head } from './seal.ts';

const pageSize = 500;

/** How many events are folded between two snapshots. More: faster writing, slower start. */
export const snapshotEvery = 10_000;

export interface Rebuilt {
  readonly state: HubState;
  readonly head: Head;
  /** Position of the snapshot that was used; 0 = all events were folded. */
  readonly snapshotSeq: number;
}

export function rebuild(registry: Registry, store: LogStore): Rebuilt {
  const snapshot = usableSnapshot(registry, store);
  let state = snapshot === undefined ? initialState(registry) : withNewFeatures(registry, snapshot);
  let head: Head = snapshot ?? { seq: 0, hash: genesisHash };
  const snapshotSeq = head.seq;
  for (;;) {
    const events = store.page({ after: head.seq, limit: pageSize });
    for (const event of events) {
      state = fold(registry, state, upcast(registry.events.get(event.type), event));
      head = { seq: event.seq, hash: event.hash };
    }
    if (events.length < pageSize) return { state, head, snapshotSeq };
  }
}

function usableSnapshot(registry: Registry, store: LogStore): StoredSnapshot | undefined {
  const snapshot = store.newestSnapshot();
  if (snapshot === undefined || snapshot.shape !== registry.shape) return undefined;
  // A snapshot of another history (a log restored from a backup) must not be believed.
  const [event] = store.page({ after: snapshot.seq - 1, limit: 1 });
  return event?.seq === snapshot.seq && event.hash === snapshot.hash ? snapshot : undefined;
}

function withNewFeatures(registry: Registry, snapshot: StoredSnapshot): HubState {
  return { ...initialState(registry), ...(JSON.parse(snapshot.state) as HubState) };
}
