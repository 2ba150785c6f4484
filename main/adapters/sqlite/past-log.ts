/** A log and its segments as folding anew reads them: on a connection that only reads, whole pages in a row. */
import type Database from 'better-sqlite3';
import { MusherError } from '../../base/result.ts';
import type { PastLog } from '../../hub/past/past.ts';
import { chainHash } from '../../hub/seal.ts';
import { createRows, toEvents } from './log-reader.ts';
import type { Segments } from './segments.ts';
import { sha256 } from './sha256.ts';

export function openPastLog(db: Database.Database, segments: Segments): PastLog {
  const { head, rows } = createRows(db, segments);
  return {
    head,
    page: (ask) => toEvents(rows(ask).rows),
    holds({ seq, hash }) {
      try {
        // The event after it is chained to it. Of the newest there is none yet: then its own hash says it.
        const [next] = rows({ after: seq, limit: 1 }).rows;
        if (next !== undefined)
          return next.seq === seq + 1 && chainHash({ sha256 }, hash, next.body) === next.hash;
        return head().seq === seq && head().hash === hash;
      } catch (error) {
        // A segment that is away is never written again: what was kept of it is as right as it was.
        if (error instanceof MusherError && error.wire.code === 'SEGMENT_MISSING') return true;
        throw error;
      }
    },
  };
}
