/**
 * Keeps the log itself short: what is oldest in it becomes a segment, and is then taken out of it. Nothing is dropped by
 * that, an unread message least of all: whoever reads finds it in the segment. In this order, so that a crash at any
 * point costs nothing: a thread writes the segment and proves it; the log names it; its rows go, a few at a time.
 */
import type Database from 'better-sqlite3';
import { reasonOf } from '../../base/result.ts';
import type { Range, Segments } from './segments.ts';
import { type End, StoreThread } from './store-thread.ts';

export interface RetentionOptions {
  /** Events that stay in the log, at least. */
  readonly keepEvents: number;
  /** Events of one segment. */
  readonly segmentEvents: number;
}

/** The newest stay at hand; a segment is some 100 MB. */
export const defaultRetention: RetentionOptions = { keepEvents: 250_000, segmentEvents: 250_000 };

export interface RetentionParts {
  readonly db: Database.Database;
  readonly segments: Segments;
  /** Told how many bytes it wrote into the log. */
  readonly wrote: (bytes: number) => void;
  /** Why the log stays long for now: a full disk, a segment that was moved away. It is whole all the same. */
  readonly onTrouble: (reason: string) => void;
}

export type ToSegmenter = End | { readonly range: Range };
export interface FromSegmenter {
  readonly range: Range;
  /** Why it could not be written. */
  readonly error?: string;
}

/** Rows taken out in one turn of the loop: about a millisecond. */
const removedAtOnce = 100;
/**
 * Between two such turns, milliseconds. Their pages lie apart, and folding them keeps the disk busy: at 10 ms commits waited
 * up to 130 ms for it now and then, at 50 ms none for more than 8.
 */
const pauseMs = 50;
/** What taking out a row costs the write-ahead log, about: it touches pages of both tables and their index. */
const bytesOfRow = 2_048;
/** A segment that could not be written, on a full disk say, is tried again after so many more events. */
const retryEvents = 10_000;

export class Retention {
  private readonly thread: StoreThread<ToSegmenter, FromSegmenter>;
  private readonly options: RetentionOptions;
  private readonly db: Database.Database;
  private readonly segments: Segments;
  private readonly parts: RetentionParts;
  private isBusy = false;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;
  /** Newest event that is known. */
  private head: number;
  /** Nothing is begun before the log is that long. */
  private dueAt = 0;

  constructor(parts: RetentionParts, options: RetentionOptions) {
    this.parts = parts;
    this.db = parts.db;
    this.segments = parts.segments;
    this.options = options;
    this.head = (parts.db.prepare('SELECT max(seq) FROM events').pluck().get() ?? 0) as number;
    this.thread = new StoreThread<ToSegmenter, FromSegmenter>({
      ...{ entry: 'segment-worker', file: parts.db.name },
      onMessage: (message) => this.written(message),
      onLost: (error) => this.later(error),
    });
  }

  /** After a commit; `head` is its newest event, if it had one. */
  committed(head = this.head): void {
    this.head = head;
    if (this.isBusy || this.isClosed || head < this.dueAt) return;
    const { keepEvents, segmentEvents } = this.options;
    const sealed = this.segments.list().at(-1);
    const last = sealed?.last ?? 0;
    if (sealed !== undefined && this.hasLeft(last)) {
      this.isBusy = true;
      this.remove(sealed);
      return;
    }
    this.dueAt = last + segmentEvents + keepEvents;
    if (head < this.dueAt) return;
    this.seal({ first: last + 1, last: last + segmentEvents });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.thread.close();
  }

  private seal(range: Range): void {
    this.isBusy = true;
    try {
      this.thread.post({ range });
    } catch (error) {
      // No thread can be had.
      this.later(error);
    }
  }

  private written({ range, error }: FromSegmenter): void {
    if (this.isClosed) return;
    if (error !== undefined) this.later(error);
    else this.sealed(range);
  }

  private sealed(range: Range): void {
    this.attempt(() => {
      this.db.prepare('INSERT INTO segments VALUES (?, ?)').run(range.first, range.last);
      this.remove(range);
    });
  }

  private hasLeft(last: number): boolean {
    return this.db.prepare('SELECT 1 FROM events WHERE seq <= ? LIMIT 1').get(last) !== undefined;
  }

  /** Takes rows out of the log that its segments have, until none is left. */
  private remove(range: Range): void {
    this.timer = setTimeout(() => this.attempt(() => this.removeSome(range)), pauseMs);
  }

  private removeSome(range: Range): void {
    const first = this.db.prepare('SELECT seq FROM events WHERE seq <= ? ORDER BY seq LIMIT 1');
    const from = first.pluck().get(range.last) as number | undefined;
    if (from === undefined) {
      this.isBusy = false;
      this.committed();
      return;
    }
    const own = this.segments.list().find((one) => one.last >= from) ?? range;
    const upTo = Math.min(from + removedAtOnce - 1, own.last);
    const topics = this.segments
      .use(own)
      .prepare('SELECT topic, seq FROM topics WHERE seq BETWEEN ? AND ?')
      .all(from, upTo) as readonly { topic: string; seq: number }[];
    const dropTopic = this.db.prepare('DELETE FROM topics WHERE topic = ? AND seq = ?');
    const dropEvents = this.db.prepare('DELETE FROM events WHERE seq BETWEEN ? AND ?');
    this.db.transaction(() => {
      for (const { topic, seq } of topics) dropTopic.run(topic, seq);
      dropEvents.run(from, upTo);
    })();
    this.parts.wrote(removedAtOnce * bytesOfRow);
    this.remove(range);
  }

  private attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.later(error);
    }
  }

  /** What failed is tried again after some more events. */
  private later(error: unknown): void {
    this.isBusy = false;
    this.dueAt = this.head + retryEvents;
    if (!this.isClosed) this.parts.onTrouble(reasonOf(error));
  }
}
