/** The store's reads: a look at few at once on the loop, whatever may be long in the thread beside it. */
import type Database from 'better-sqlite3';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { LogReader } from '../../hub/feature.ts';
import { createRows, toEvents } from './log-reader.ts';
import type { Segments } from './segments.ts';
import { ThreadReader } from './thread-reader.ts';

/** What the loop reads itself, when it is that few and short: a millisecond, and no way there and back. */
const onLoop = { events: 100, bytes: 128 * 1024 };
/** Default end of a page, bytes: it is parsed and sent on the loop. */
const pageBytes = 4 * 1024 * 1024;

export interface StoreReader extends Omit<LogReader, 'find'> {
  close(): Promise<void>;
}

export function createStoreReader(db: Database.Database, segments: Segments): StoreReader {
  const { head, rows } = createRows(db, segments);
  const thread = new ThreadReader(db.name);
  return {
    head,
    page: (ask) => toEvents(rows(ask).rows),
    async read(ask, signal) {
      thread.requireOpen();
      const bounded = { ...ask, maxBytes: ask.maxBytes ?? pageBytes };
      const few = { ...bounded, maxBytes: Math.min(bounded.maxBytes, onLoop.bytes) };
      if (ask.limit <= onLoop.events) {
        const found = rows(few);
        const isAll = !found.more || found.rows.length === ask.limit;
        if (isAll || few.maxBytes === bounded.maxBytes)
          return { events: toEvents(found.rows), more: found.more };
      }
      const page = await thread.ask({ kind: 'page', ask: bounded }, signal);
      return { events: JSON.parse(page.json) as EventEnvelope[], more: page.more };
    },
    async verify(signal) {
      thread.requireOpen();
      return thread.ask({ kind: 'verify', upTo: head().seq }, signal);
    },
    close: () => thread.close(),
  };
}
