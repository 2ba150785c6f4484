/**
 * The newest events under their topics, in memory. Whoever waits by a topic looks there before the wait and after it, and
 * to read from the disk what was written this moment cost a third of a delivery. It answers what the log would, or asks
 * the log. Events are dropped by the generation, so that keeping one costs a push:
 *
 *   log:   1 2 3 4 5 6 7 8 9        `start` 3: all after it are held
 *   old:         4 5 6              `since` of a topic: what of it comes after that is held, too, however old:
 *   young:             7 8 9        its last event that was dropped, or where the log was found to have no more
 */
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { LogPage, LogReader, PageAsk } from './feature.ts';
import type { Published } from './writer.ts';

/**
 * Of a generation, in which a commit may come last. Bytes of stored bodies; a page of a topic may be all of them. More
 * events would only be copied more often by the collector of garbage.
 */
export const generation = { events: 250, bytes: 2 * 1024 * 1024 } as const;
/** Of which it is known since when. When there are more, all are forgotten: then `start` counts. */
export const topicsKnown = 2_000;

/** Events of one commit from which on none of them is kept. */
const manyAtOnce = 4 * generation.events;

type ByTopic = Map<string, EventEnvelope[]>;

export class Recent implements LogReader {
  private readonly log: LogReader;
  private readonly since = new Map<string, number>();
  private start: number;
  private old: ByTopic = new Map();
  private young = { start: 0, events: 0, bytes: 0, byTopic: new Map() as ByTopic };

  constructor(log: LogReader) {
    this.log = log;
    this.start = log.head().seq;
    this.young.start = this.start;
  }

  /** What was committed, before anybody is told of it. */
  published(all: readonly Published[]): void {
    if (all.length > manyAtOnce) this.forget(all.at(-1)?.event.seq ?? this.start);
    else this.keep(all);
  }

  private keep(all: readonly Published[]): void {
    const { young } = this;
    for (const { event, stored } of all) {
      for (const topic of stored.topics) add(young.byTopic, topic, event);
      young.events += 1;
      young.bytes += stored.body.length;
    }
    const last = all.at(-1)?.event.seq;
    const isFull = young.events >= generation.events || young.bytes >= generation.bytes;
    if (last !== undefined && isFull) this.age(last);
  }

  head(): { seq: number; hash: string } {
    return this.log.head();
  }

  page(ask: PageAsk): EventEnvelope[] {
    const known = this.look(ask);
    if (known !== undefined) return known.events;
    const events = this.log.page(ask);
    // Who waits for the next one of a quiet topic looks more than once.
    if (events.length === 0 && ask.topic !== undefined && ask.after !== undefined)
      this.know(ask.topic, ask.after);
    return events;
  }

  async read(ask: PageAsk, signal?: AbortSignal): Promise<LogPage> {
    return this.look(ask) ?? this.log.read(ask, signal);
  }

  find(...ask: Parameters<LogReader['find']>): ReturnType<LogReader['find']> {
    return this.log.find(...ask);
  }

  verify(signal?: AbortSignal): ReturnType<LogReader['verify']> {
    return this.log.verify(signal);
  }

  private look({ topic, after, limit, maxBytes }: PageAsk): LogPage | undefined {
    if (topic === undefined || after === undefined || maxBytes !== undefined) return undefined;
    if (after < (this.since.get(topic) ?? this.start)) return undefined;
    const young = newerThan(after, this.young.byTopic.get(topic));
    const old = newerThan(after, this.old.get(topic));
    const found = old.length === 0 ? young : [...old, ...young];
    return { events: found.slice(0, limit), more: limit < found.length };
  }

  /** The old ones go, the young ones are old. */
  private age(last: number): void {
    for (const [topic, events] of this.old) this.know(topic, events.at(-1)?.seq ?? 0);
    this.old = this.young.byTopic;
    this.start = this.young.start;
    this.young = { start: last, events: 0, bytes: 0, byTopic: new Map() };
  }

  /** Of so many most would be dropped at once: who asks for them reads the log. */
  private forget(last: number): void {
    this.since.clear();
    this.old = new Map();
    this.start = last;
    this.young = { start: last, events: 0, bytes: 0, byTopic: new Map() };
  }

  private know(topic: string, since: number): void {
    if (this.since.size >= topicsKnown) this.since.clear();
    this.since.set(topic, since);
  }
}

function add(byTopic: ByTopic, topic: string, event: EventEnvelope): void {
  const events = byTopic.get(topic);
  if (events === undefined) byTopic.set(topic, [event]);
  // A topic that is named twice has it once.
  else if (events.at(-1) !== event) events.push(event);
}

function newerThan(after: number, events: EventEnvelope[] | undefined): EventEnvelope[] {
  if (events === undefined) return [];
  // From the end: who follows along wants the last few.
  return events.slice(events.findLastIndex(({ seq }) => seq <= after) + 1);
}
