import { describe, expect, it } from 'vitest';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { LogReader, PageAsk } from './feature.ts';
import { generation, Recent, topicsKnown } from './recent.ts';
import type { Published } from './writer.ts';

/** A log of plain events that notes what it is asked. */
class Log implements LogReader {
  readonly asked: PageAsk[] = [];
  readonly all: Published[] = [];

  /** Commits them, each with its topics; `bytes` of body. */
  write(topics: ReadonlyArray<readonly string[]>, bytes = 10): Published[] {
    const written = topics.map((of, at) => {
      const seq = this.all.length + at + 1;
      const event = { seq, type: 'toy.added', data: {} } as EventEnvelope;
      const body = 'x'.repeat(bytes);
      return { event, stored: { seq, type: event.type, body, hash: '', topics: of } };
    });
    this.all.push(...written);
    return written;
  }

  head() {
    return { seq: this.all.length, hash: '' };
  }

  page(ask: PageAsk): EventEnvelope[] {
    this.asked.push(ask);
    return this.look(ask).slice(0, ask.limit);
  }

  async read(ask: PageAsk) {
    this.asked.push(ask);
    const found = this.look(ask);
    return { events: found.slice(0, ask.limit), more: found.length > ask.limit };
  }

  find(): Promise<never> {
    throw new Error('what is looked for by text is looked for in the log');
  }

  async verify() {
    return { ok: true, ...this.head(), head: this.all.length };
  }

  look({ topic, after = 0 }: PageAsk): EventEnvelope[] {
    return this.all
      .filter(({ event, stored }) => event.seq > after && stored.topics.includes(topic ?? ''))
      .map(({ event }) => event);
  }
}

const seqs = (events: readonly EventEnvelope[]) => events.map(({ seq }) => seq);

function open(before: ReadonlyArray<readonly string[]> = []) {
  const log = new Log();
  log.write(before);
  const recent = new Recent(log);
  const publish = (topics: ReadonlyArray<readonly string[]>, bytes?: number) =>
    recent.published(log.write(topics, bytes));
  return { log, recent, publish };
}

describe('TOPIC-4: the newest of a topic are answered from memory, as the log would', () => {
  it('what was published is read without the log', async () => {
    const { log, recent, publish } = open([['a'], ['a']]);
    publish([['a', 'b'], ['b'], ['a', 'a']]);
    const page = await recent.read({ topic: 'a', after: 2, limit: 1 });
    expect([seqs(page.events), page.more]).toEqual([[3], true]);
    expect(seqs(recent.page({ topic: 'a', after: 3, limit: 20 }))).toEqual([5]);
    expect(recent.page({ topic: 'b', after: 4, limit: 1 })).toEqual([]);
    expect(log.asked).toEqual([]);
  });

  it('what lies before it comes from the log', async () => {
    const { log, recent, publish } = open([['a'], ['a']]);
    publish([['a']]);
    const page = await recent.read({ topic: 'a', after: 1, limit: 9 });
    expect([seqs(page.events), log.asked.length]).toEqual([[2, 3], 1]);
  });

  it('a topic that was found empty is not looked for again, until it has something', () => {
    const { log, recent, publish } = open([['a']]);
    const look = () => seqs(recent.page({ topic: 'new', after: 0, limit: 1 }));
    expect([look(), look(), log.asked.length]).toEqual([[], [], 1]);
    publish([['a'], ['new']]);
    expect([look(), log.asked.length]).toEqual([[3], 1]);
  });

  it('pages of another kind, and of a bound of their own, are the log’s', async () => {
    const { log, recent, publish } = open();
    publish([['a']]);
    await recent.read({ topic: 'a', after: 0, limit: 1, maxBytes: 5 });
    await recent.read({ topic: 'a', before: 9, limit: 1 });
    await recent.read({ after: 0, limit: 1 });
    expect(log.asked).toHaveLength(3);
  });

  it.each([
    ['events', 1, 3 * generation.events],
    ['bytes', generation.bytes / 10, 30],
  ])('beyond so many %s the oldest are the log’s again', async (_, bytes, count) => {
    const { log, recent, publish } = open([['a'], ['b0']]);
    for (let n = 0; n < count; n++) publish([['a'], [`b${n % 7}`]], bytes);
    publish([['once']], bytes);
    for (let n = 0; n < count; n++) publish([['a']], bytes);
    for (let after = 0; after < log.all.length; after += Math.ceil(log.all.length / 50)) {
      for (const topic of ['a', 'b0', 'b6', 'once', 'never']) {
        const { events } = await recent.read({ topic, after, limit: 500 });
        expect(seqs(events)).toEqual(seqs(log.look({ topic, after, limit: 0 }).slice(0, 500)));
      }
    }
    const asked = log.asked.length;
    expect(log.asked.some(({ topic, after = 0 }) => topic === 'a' && after > 2)).toBe(true);
    // Level, however long ago.
    const once = log.look({ topic: 'once', limit: 0 })[0]?.seq ?? 0;
    expect(recent.page({ topic: 'once', after: once, limit: 1 })).toEqual([]);
    await recent.read({ topic: 'a', after: log.all.length - 4, limit: 1 });
    expect(log.asked.length).toBe(asked);
  });

  it('beyond so many topics they are the log’s again', async () => {
    const { log, recent, publish } = open();
    publish([['a'], ['a']]);
    publish(Array.from({ length: topicsKnown }, (_, n) => [`t${n}`]));
    for (let n = 0; n < 3; n++) publish(Array.from({ length: generation.events }, () => ['b']));
    const read = async (topic: string) =>
      seqs((await recent.read({ topic, after: 2, limit: 9 })).events);
    expect([await read('a'), await read('t0')]).toEqual([[], [3]]);
    publish([['a']]);
    expect(await read('a')).toEqual([log.all.length]);
    expect(log.asked.length).toBe(3);
  });
});
