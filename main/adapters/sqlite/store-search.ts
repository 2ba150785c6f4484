/** The store's search, as the loop sees it: it asks the thread beside it, and tells it now and then that there is more. */
import { MusherError, musherError, reasonOf } from '../../base/result.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { LogStore } from '../../hub/log-store.ts';
import type { FieldsByType } from './search-document.ts';
import { searchFileOf } from './search-file.ts';
import { ThreadReader } from './thread-reader.ts';

/** How long after a commit the index is brought level, milliseconds: many commits cost one message to the thread. */
const soonMs = 1_000;

export interface StoreSearch extends Pick<LogStore, 'find' | 'searchBy' | 'indexSoon'> {
  close(): Promise<void>;
}

export function createStoreSearch(file: string): StoreSearch {
  const thread = new ThreadReader(file, 'search-worker');
  let fields: FieldsByType | undefined;
  let soon: NodeJS.Timeout | undefined;
  let isClosed = false;
  const index = () => {
    soon = undefined;
    // Whatever is wrong is said to whoever asks.
    if (fields !== undefined) thread.ask({ kind: 'index', fields }).catch(() => undefined);
  };
  return {
    searchBy(by) {
      fields = Object.keys(by).length === 0 ? undefined : by;
    },
    indexSoon() {
      if (soon !== undefined || fields === undefined || isClosed) return;
      soon = setTimeout(index, soonMs);
      soon.unref();
    },
    async find(ask, signal) {
      thread.requireOpen();
      if (fields === undefined) return { events: [], more: false, cursor: 0 };
      try {
        const { json, more, cursor } = await thread.ask({ kind: 'find', ask, fields }, signal);
        return { events: JSON.parse(json) as EventEnvelope[], more, cursor };
      } catch (error) {
        if (error instanceof MusherError || signal?.aborted === true) throw error;
        const place = { path: searchFileOf(file), reason: reasonOf(error) };
        throw musherError('SEARCH_FAILED', place, error);
      }
    },
    close() {
      isClosed = true;
      clearTimeout(soon);
      return thread.close();
    },
  };
}
