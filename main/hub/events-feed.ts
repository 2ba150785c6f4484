/**
 * Streams events to readers, each from its own position: from the log until it is level, then live. A reader says when
 * it can take more, so nothing is polled, nothing is skipped, and nobody waits for another.
 */
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Pace } from '../base/pace.ts';
import { reasonOf } from '../base/result.ts';
import type { EventReader } from './door.ts';
import type { LogPage, LogReader } from './feature.ts';

const pageSize = 200;
/** With one event at least. What a reader has not taken yet is this, and what its own side buffers. */
const pageBytes = 128 * 1024;

export interface EventsFeedDeps {
  readonly log: Pick<LogReader, 'read'>;
  /** Of the last durable event. */
  readonly headSeq: () => number;
  /** Shared by all readers that catch up. */
  readonly pace: Pace;
  readonly logger: Logger;
}

interface Reader {
  readonly reader: EventReader;
  cursor: number;
  /** Something is on its way to it: what is published meanwhile is read from the log after that. */
  isBusy: boolean;
  readonly closed: AbortController;
}

export class EventsFeed {
  private readonly deps: EventsFeedDeps;
  private readonly readers = new Set<Reader>();

  constructor(deps: EventsFeedDeps) {
    this.deps = deps;
  }

  published(events: readonly EventEnvelope[]): void {
    if (events.length > 0) for (const entry of [...this.readers]) this.offer(entry, events);
  }

  open(afterSeq: number, reader: EventReader): { close(): void } {
    const entry = { reader, cursor: afterSeq, isBusy: false, closed: new AbortController() };
    this.readers.add(entry);
    void this.catchUp(entry);
    return { close: () => this.drop(entry) };
  }

  close(): void {
    for (const entry of [...this.readers]) this.end(entry, toWireError('SHUTTING_DOWN'));
  }

  private offer(entry: Reader, events: readonly EventEnvelope[]): void {
    if (entry.isBusy) return;
    const taken = isNext(entry, events) ? this.hand(entry, events) : undefined;
    if (taken !== undefined || entry.cursor < this.deps.headSeq()) void this.catchUp(entry, taken);
  }

  /** Until it is level. The next page is read while the one before is taken. */
  private async catchUp(entry: Reader, taken?: Promise<void>): Promise<void> {
    entry.isBusy = true;
    try {
      await this.untilTaken(entry, taken);
      let ahead: Promise<LogPage> | undefined;
      while (!entry.closed.signal.aborted && entry.cursor < this.deps.headSeq()) {
        const { events } = await (ahead ?? this.read(entry, entry.cursor));
        const last = events.at(-1)?.seq;
        if (last === undefined) break;
        ahead = last < this.deps.headSeq() ? this.read(entry, last) : undefined;
        const handed = await this.deps.pace.step(() => ({ taken: this.hand(entry, events) }));
        await this.untilTaken(entry, handed.taken);
      }
    } catch (error) {
      this.fail(entry, error);
    } finally {
      entry.isBusy = false;
    }
  }

  private read({ closed }: Reader, after: number): Promise<LogPage> {
    const limit = Math.min(pageSize, this.deps.headSeq() - after);
    const page = this.deps.log.read({ after, limit, maxBytes: pageBytes }, closed.signal);
    // Nobody may be left to look at it when the reader closes meanwhile.
    page.catch(() => undefined);
    return page;
  }

  /** Whoever throws is dropped; that never passes on to the commit that is published. */
  private hand(entry: Reader, events: readonly EventEnvelope[]): Promise<void> | undefined {
    if (entry.closed.signal.aborted) return undefined;
    entry.cursor = events.at(-1)?.seq ?? entry.cursor;
    try {
      return entry.reader.onEvents(events) ?? undefined;
    } catch (error) {
      this.fail(entry, error);
      return undefined;
    }
  }

  private async untilTaken({ closed }: Reader, taken: Promise<void> | undefined): Promise<void> {
    if (taken === undefined) return;
    let stop = (): void => undefined;
    const gone = new Promise<void>((resolve) => {
      stop = resolve;
    });
    closed.signal.addEventListener('abort', stop);
    try {
      await Promise.race([taken, gone]);
    } finally {
      closed.signal.removeEventListener('abort', stop);
    }
  }

  private fail(entry: Reader, error: unknown): void {
    if (entry.closed.signal.aborted) return;
    this.deps.logger.warn({ error: reasonOf(error) }, 'an event reader failed and is dropped');
    this.end(entry, toWireError('INTERNAL', { reference: `events-${entry.cursor}` }));
  }

  private drop(entry: Reader): void {
    this.readers.delete(entry);
    entry.closed.abort();
  }

  private end(entry: Reader, error: WireError): void {
    this.drop(entry);
    try {
      entry.reader.onEnd?.(error);
    } catch (failure) {
      const said = { error: reasonOf(failure) };
      this.deps.logger.warn(said, 'an event reader could not be told its end');
    }
  }
}

/** Whether these can be handed over as they are, without a look into the log. */
function isNext(entry: Reader, events: readonly EventEnvelope[]): boolean {
  return events[0]?.seq === entry.cursor + 1 && events.length <= pageSize;
}
