/** The state at start: the newest usable snapshot, then the tail of the log folded over it. */
import { musherError, reasonOf } from '../base/result.ts';
import type { HubState } from './feature.ts';
import { fold, initialState } from './fold.ts';
import type { LogStore } from './log-store.ts';
import type { Registry } from './registry.ts';
import { genesisHash, upcast } from './seal.ts';
import type { Head } from './seal.ts';
import { decodeSlice } from './slice-json.ts';

const pageSize = 500;

/** How many events are folded between two snapshots. More: faster writing, slower start. */
export const snapshotEvery = 10_000;

export interface Rebuilt {
  readonly state: HubState;
  readonly head: Head;
  /** Position of the snapshot that was used; 0 = all events were folded. */
  readonly snapshotSeq: number;
}

/** Throws LOG_DAMAGED when an event is missing, unreadable, or cannot be folded. */
export function rebuild(registry: Registry, store: LogStore): Rebuilt {
  let head: Head = { seq: 0, hash: genesisHash };
  try {
    const snapshot = usableSnapshot(registry, store);
    let state = snapshot?.state ?? initialState(registry);
    head = snapshot?.head ?? head;
    const snapshotSeq = head.seq;
    for (;;) {
      const events = store.page({ after: head.seq, limit: pageSize });
      for (const event of events) {
        if (event.seq !== head.seq + 1) throw new Error(`event ${head.seq + 1} is missing`);
        state = fold(registry, state, upcast(registry.events.get(event.type), event));
        head = { seq: event.seq, hash: event.hash };
      }
      if (events.length < pageSize) return { state, head, snapshotSeq };
    }
  } catch (error) {
    const reason = `after event ${head.seq}: ${reasonOf(error)}`;
    throw musherError('LOG_DAMAGED', { path: store.place, reason }, error);
  }
}

function usableSnapshot(
  registry: Registry,
  store: LogStore,
): { state: HubState; head: Head } | undefined {
  const snapshot = store.newestSnapshot();
  if (snapshot === undefined || snapshot.shape !== registry.shape) return undefined;
  // A snapshot of another history (a log restored from a backup) must not be believed.
  const [event] = store.page({ after: snapshot.seq - 1, limit: 1 });
  if (event?.seq !== snapshot.seq || event.hash !== snapshot.hash) return undefined;
  const state = parseState(snapshot.state);
  return state === undefined ? undefined : { state, head: { seq: event.seq, hash: event.hash } };
}

/** A snapshot is only a short cut: one that cannot be read costs a longer start, nothing else. */
function parseState(json: string): HubState | undefined {
  try {
    return decodeSlice(json) as HubState;
  } catch {
    return undefined;
  }
}
