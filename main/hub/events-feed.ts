/** Streams events to readers, each from its own position: from the log until it is level, then live. Nothing is skipped. */
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { EventReader } from './door.ts';
import type { LogReader } from './feature.ts';

const pageSize = 500;
const slowReaderBytes = 1024 * 1024;
const slowReaderCheckMs = 250;

export interface EventsFeed {
  published(events: readonly EventEnvelope[]): void;
  open(afterSeq: number, reader: EventReader): { close(): void };
  close(): void;
}

interface Reader {
  readonly reader: EventReader;
  cursor: number;
  cancelRetry: (() => void) | undefined;
}

export function createEventsFeed(deps: {
  log: LogReader;
  clock: Clock;
  logger: Logger;
}): EventsFeed {
  const readers = new Set<Reader>();

  function pump(entry: Reader, fresh: readonly EventEnvelope[]): void {
    try {
      if (isNext(entry, fresh) && !isSlow(entry)) {
        hand(entry, fresh);
        return;
      }
      while (!isSlow(entry)) {
        const page = deps.log.page({ after: entry.cursor, limit: pageSize });
        if (page.length === 0) return;
        hand(entry, page);
        // A reader may close itself while it is told.
        if (!readers.has(entry)) return;
      }
      entry.cancelRetry ??= deps.clock.schedule(() => {
        entry.cancelRetry = undefined;
        pump(entry, []);
      }, slowReaderCheckMs);
    } catch (error) {
      deps.logger.warn({ error: reasonOf(error) }, 'an event reader failed and is dropped');
      end(entry, toWireError('INTERNAL', { reference: `events-${entry.cursor}` }));
    }
  }

  function drop(entry: Reader): void {
    entry.cancelRetry?.();
    readers.delete(entry);
  }

  function end(entry: Reader, error: WireError): void {
    drop(entry);
    try {
      entry.reader.onEnd?.(error);
    } catch (failure) {
      deps.logger.warn({ error: reasonOf(failure) }, 'an event reader could not be told its end');
    }
  }

  return {
    published(events) {
      if (events.length > 0) for (const entry of [...readers]) pump(entry, events);
    },
    open(afterSeq, reader) {
      const entry: Reader = { reader, cursor: afterSeq, cancelRetry: undefined };
      readers.add(entry);
      pump(entry, []);
      return { close: () => drop(entry) };
    },
    close() {
      for (const entry of [...readers]) end(entry, toWireError('SHUTTING_DOWN'));
    },
  };
}

/** Whether these can be handed over as they are, without a look into the log. */
function isNext(entry: Reader, events: readonly EventEnvelope[]): boolean {
  return events[0]?.seq === entry.cursor + 1 && events.length <= pageSize;
}

function isSlow(entry: Reader): boolean {
  return entry.reader.pendingBytes() > slowReaderBytes;
}

function hand(entry: Reader, events: readonly EventEnvelope[]): void {
  const last = events.at(-1);
  if (last === undefined) return;
  entry.cursor = last.seq;
  entry.reader.onEvents(events);
}
