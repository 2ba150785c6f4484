/**
 * Keeps pages in step: at most one delta per frame (16 ms) for all of them together, a catch-up for a page that comes
 * back or was slow, a snapshot for one that is too far behind. Much of either goes in parts, over many turns of the loop.
 * Costs nothing while no page is open.
 */
import type { Delta, Snapshot } from '../../preload/contract/sync.ts';
import { must } from '../base/assert.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Pace } from '../base/pace.ts';
import { reasonOf } from '../base/result.ts';
import type { At } from './delta.ts';
import { deltaBetween, joinDeltas, rowsIn, snapshotParts } from './delta.ts';
import type { RecordFeed, RecordReader } from './door.ts';
import { type LiveTables, liveChange } from './live.ts';
import type { Registry } from './registry.ts';

export const frameMs = 16;
/** How many recent deltas are kept for pages that come back, about 8 s of constant change. */
const keptDeltas = 512;
/** Above this a reader is slow: it is passed over, and goes on from its own position once it has taken what it has. */
export const slowReaderBytes = 1024 * 1024;
const slowReaderCheckMs = 250;
/** Of a catch-up, so many rows are joined and sent in one go, and one delta at least. */
const catchUpRows = 500;

interface Reader {
  readonly reader: RecordReader;
  /** What the page has; undefined when it needs a snapshot. */
  seq: number | undefined;
  /** Of a snapshot that is on its way, what was not sent yet. */
  parts: Generator<Snapshot, void> | undefined;
  /** Its next part comes in a later turn. */
  isQueued: boolean;
  /** The live records it was told; undefined before the first time. */
  live: LiveTables | undefined;
}

export interface RecordsFeedDeps {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly live: LiveTables;
  /** Shared by all who send much. */
  readonly pace: Pace;
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
    const entry: Reader = { reader, seq, parts: undefined, isQueued: false, live: undefined };
    this.readers.add(entry);
    this.serve(entry);
    return {
      resync: () => {
        if (!this.readers.has(entry)) return;
        entry.seq = undefined;
        entry.parts = undefined;
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
    if (entry.isQueued || !this.readers.has(entry)) return;
    try {
      if (entry.reader.pendingBytes() > slowReaderBytes) this.scheduleCheck();
      else if (this.sendNext(entry)) this.serveLater(entry);
    } catch (error) {
      this.deps.log.warn({ error: reasonOf(error) }, 'a page failed and is dropped');
      this.readers.delete(entry);
    }
  }

  private serveLater(entry: Reader): void {
    entry.isQueued = true;
    void this.deps.pace.step(() => {
      entry.isQueued = false;
      this.serve(entry);
    });
  }

  /** True when that was not all. */
  private sendNext(entry: Reader): boolean {
    if (entry.seq === undefined && this.sendPart(entry)) return true;
    if (entry.seq !== undefined && entry.seq !== this.published.seq) {
      this.catchUp(entry, entry.seq);
      if (entry.seq !== this.published.seq) return true;
    }
    this.tellLive(entry);
    return false;
  }

  private tellLive(entry: Reader): void {
    const change = liveChange(entry.live, this.deps.live);
    entry.live = new Map(this.deps.live);
    if (change !== undefined) entry.reader.onLive(change);
  }

  /** Of the state as it was with the first part; what changed since follows as from a page that comes back. */
  private sendPart(entry: Reader): boolean {
    entry.parts ??= snapshotParts(this.deps.registry, this.published);
    const { value } = entry.parts.next();
    if (value === undefined) throw new Error('a snapshot has a last part');
    if (value.more === undefined) {
      entry.parts = undefined;
      entry.seq = value.seq;
    }
    entry.reader.onSnapshot(value);
    return value.more === true;
  }

  /** Sends what was missed first, or sees that a snapshot is needed. */
  private catchUp(entry: Reader, seq: number): void {
    const from = this.kept.findIndex((delta) => delta.fromSeq === seq);
    if (from === -1) {
      entry.seq = undefined;
      return;
    }
    let to = from;
    let rows = 0;
    for (; to < this.kept.length && (to === from || rows < catchUpRows); to++)
      rows += rowsIn(must(this.kept[to], 'a delta that is kept'));
    const delta = joinDeltas(this.kept.slice(from, to));
    entry.seq = delta.toSeq;
    entry.reader.onDelta(delta);
  }
}
