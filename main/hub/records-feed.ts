/**
 * Keeps pages in step: at most one delta per frame (16 ms) for all of them together, a catch-up for a page that comes
 * back or was slow, a snapshot for one that is too far behind. Costs nothing while no page is open.
 */
import type { Delta } from '../../preload/contract/sync.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { At } from './delta.ts';
import { deltaBetween, joinDeltas, snapshotOf } from './delta.ts';
import type { RecordFeed, RecordReader } from './door.ts';
import { type LiveTables, liveChange } from './live.ts';
import type { Registry } from './registry.ts';

export const frameMs = 16;
/** How many recent deltas are kept for pages that come back, about 8 s of constant change. */
const keptDeltas = 512;
/** Above this a reader is slow: it is passed over, and goes on from its own position once it has taken what it has. */
export const slowReaderBytes = 1024 * 1024;
const slowReaderCheckMs = 250;

interface Reader {
  readonly reader: RecordReader;
  /** What the page has; undefined when it needs a snapshot. */
  seq: number | undefined;
  /** The live records it was told; undefined before the first time. */
  live: LiveTables | undefined;
}

export interface RecordsFeedDeps {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly live: LiveTables;
}

export class RecordsFeed {
  private readonly deps: RecordsFeedDeps;
  private readonly readers = new Set<Reader>();
  private newest: At;
  private published: At;
  private kept: Delta[] = [];
  private cancelFrame: (() => void) | undefined;
  /** Apart from the frame, so that one slow page makes no other wait. */
  private cancelCheck: (() => void) | undefined;

  constructor(deps: RecordsFeedDeps, start: At) {
    this.deps = deps;
    this.newest = start;
    this.published = start;
  }

  /** A commit happened: `at` is now the durable state. */
  changed(at: At): void {
    this.newest = at;
    if (this.readers.size > 0) this.scheduleFrame();
  }

  /** Some live record is another one now. */
  liveChanged(): void {
    if (this.readers.size > 0) this.scheduleFrame();
  }

  open(sinceSeq: number, reader: RecordReader): RecordFeed {
    this.publish();
    const seq = sinceSeq === 0 ? undefined : sinceSeq;
    const entry: Reader = { reader, seq, live: undefined };
    this.readers.add(entry);
    this.serve(entry);
    return {
      resync: () => {
        if (!this.readers.has(entry)) return;
        entry.seq = undefined;
        entry.live = undefined;
        this.serve(entry);
      },
      close: () => {
        this.readers.delete(entry);
      },
    };
  }

  close(): void {
    this.readers.clear();
    this.cancelFrame?.();
    this.cancelCheck?.();
  }

  private scheduleFrame(): void {
    this.cancelFrame ??= this.deps.clock.schedule(() => {
      this.cancelFrame = undefined;
      this.publish();
      for (const reader of this.readers) this.serve(reader);
    }, frameMs);
  }

  private scheduleCheck(): void {
    this.cancelCheck ??= this.deps.clock.schedule(() => {
      this.cancelCheck = undefined;
      for (const reader of this.readers) this.serve(reader);
    }, slowReaderCheckMs);
  }

  /** Brings `published` up to `newest`. */
  private publish(): void {
    if (this.published.seq === this.newest.seq) return;
    this.kept.push(deltaBetween(this.deps.registry, this.published, this.newest));
    if (this.kept.length > keptDeltas) this.kept = this.kept.slice(-keptDeltas / 2);
    this.published = this.newest;
  }

  /** A reader that throws is dropped; it comes back by itself. */
  private serve(entry: Reader): void {
    try {
      if (entry.reader.pendingBytes() > slowReaderBytes) {
        this.scheduleCheck();
        return;
      }
      if (entry.seq === undefined) this.sendSnapshot(entry);
      else if (entry.seq !== this.published.seq) this.catchUp(entry, entry.seq);
      this.tellLive(entry);
    } catch (error) {
      this.deps.log.warn({ error: reasonOf(error) }, 'a page failed and is dropped');
      this.readers.delete(entry);
    }
  }

  private tellLive(entry: Reader): void {
    const change = liveChange(entry.live, this.deps.live);
    entry.live = new Map(this.deps.live);
    if (change !== undefined) entry.reader.onLive(change);
  }

  private sendSnapshot(entry: Reader): void {
    const { seq, state } = this.published;
    entry.seq = seq;
    entry.reader.onSnapshot(snapshotOf(this.deps.registry, state, seq));
  }

  private catchUp(entry: Reader, seq: number): void {
    const from = this.kept.findIndex((delta) => delta.fromSeq === seq);
    if (from === -1) {
      this.sendSnapshot(entry);
      return;
    }
    entry.seq = this.published.seq;
    entry.reader.onDelta(joinDeltas(this.kept.slice(from)));
  }
}
