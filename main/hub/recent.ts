/**
 * The newest events under their topics, in memory. Whoever waits by a topic looks there before the wait and after it, and
 * to read from the disk what was written this moment cost a third of a delivery. It answers what the log would, or asks
 * the log:
 *
 *   the newest of all:  5 6 7 8 9   ->   a topic of two of them: since 4, [5, 8]
 *                       '- falls off  ->  since 5, [8]
 */
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { LogPage, LogReader, PageAsk } from './feature.ts';
import type { Published } from './writer.ts';

/**
 * What readers that follow along have not read yet. Bytes of stored bodies; a page of a topic may be all of them. More
 * events would only be copied more often by the collector of garbage.
 */
export const recentKept = { events: 250, bytes: 4 * 1024 * 1024, topics: 2_000 } as const;
/** So many more than are kept before the oldest go, all at once. */
const slack = 50;

interface Kept {
  readonly event: EventEnvelope;
  readonly bytes: number;
  readonly topics: readonly string[];
}

/** All events of a topic after `since`. */
interface Shelf {
  since: number;
  readonly events: EventEnvelope[];
}

export class Recent implements LogReader {
  private readonly log: LogReader;
  private readonly shelves = new Map<string, Shelf>();
  private readonly kept: Kept[] = [];
  private bytes = 0;

  constructor(log: LogReader) {
    this.log = log;
  }

  /** What was committed, before anybody is told of it. */
  published(all: readonly Published[]): void {
    for (const { event, stored } of all) {
      const { topics, body } = stored;
      for (const topic of topics) this.shelve(topic, event);
      this.kept.push({ event, bytes: body.length, topics });
      this.bytes += body.length;
    }
    if (this.bytes > recentKept.bytes || this.kept.length > recentKept.events + slack)
      this.forget();
  }

  head(): { seq: number; hash: string } {
    return this.log.head();
  }

  page(ask: PageAsk): EventEnvelope[] {
    const known = this.find(ask);
    if (known !== undefined) return known.events;
    const events = this.log.page(ask);
    // Who waits for the first one of a topic looks more than once.
    if (events.length === 0 && ask.topic !== undefined && ask.after !== undefined)
      this.open(ask.topic, ask.after);
    return events;
  }

  async read(ask: PageAsk, signal?: AbortSignal): Promise<LogPage> {
    return this.find(ask) ?? this.log.read(ask, signal);
  }

  verify(signal?: AbortSignal): ReturnType<LogReader['verify']> {
    return this.log.verify(signal);
  }

  private find({ topic, after, limit, maxBytes }: PageAsk): LogPage | undefined {
    if (topic === undefined || after === undefined || maxBytes !== undefined) return undefined;
    const shelf = this.shelves.get(topic);
    if (shelf === undefined || after < shelf.since) return undefined;
    // From the end: who follows along wants the last few.
    const from = shelf.events.findLastIndex(({ seq }) => seq <= after) + 1;
    const to = from + limit;
    return { events: shelf.events.slice(from, to), more: to < shelf.events.length };
  }

  private shelve(topic: string, event: EventEnvelope): void {
    const { events } = this.shelves.get(topic) ?? this.open(topic, event.seq - 1);
    // A topic that is named twice has it once.
    if (events.at(-1) !== event) events.push(event);
  }

  private open(topic: string, since: number): Shelf {
    const shelf: Shelf = { since, events: [] };
    this.shelves.set(topic, shelf);
    const [oldest] = this.shelves.keys();
    if (this.shelves.size > recentKept.topics && oldest !== undefined) this.shelves.delete(oldest);
    return shelf;
  }

  private forget(): void {
    let count = 0;
    for (const { bytes } of this.kept) {
      if (this.bytes <= recentKept.bytes && this.kept.length - count <= recentKept.events) break;
      this.bytes -= bytes;
      count++;
    }
    for (const { event, topics } of this.kept.splice(0, count)) {
      for (const topic of topics) this.takeDown(topic, event.seq);
    }
  }

  private takeDown(topic: string, seq: number): void {
    const shelf = this.shelves.get(topic);
    // It may be a newer shelf of that name, which began after it.
    if (shelf === undefined || seq <= shelf.since) return;
    shelf.since = seq;
    if (shelf.events[0]?.seq === seq) shelf.events.shift();
  }
}
