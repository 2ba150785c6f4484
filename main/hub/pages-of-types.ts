/** The events of some types in the order of the log, through the index by type: what others wrote is not touched. */
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { LogReader } from './feature.ts';

/** Whatever gives pages of a log. */
type Paged = Pick<LogReader, 'page'>;

const pageSize = 500;

export interface TypesAsk {
  /** `*` among them: of every type. */
  readonly types: readonly string[];
  readonly after: number;
  readonly upTo: number;
}

type Pages = Generator<EventEnvelope[]>;

export function pagesOf(log: Paged, ask: TypesAsk): Pages {
  return ask.types.includes('*') ? pages(log, ask) : merged(log, ask);
}

/** Of one type, or of all. */
function* pages(log: Paged, { after, upTo }: TypesAsk, type?: string): Pages {
  let last = after;
  for (;;) {
    // Of a short stretch no more than it can have.
    const limit = Math.min(pageSize, upTo - last);
    if (limit <= 0) return;
    const page = log.page({
      after: last,
      limit,
      ...(type === undefined ? {} : { type }),
    });
    const wanted = page.filter((event) => event.seq <= upTo);
    if (wanted.length > 0) yield wanted;
    last = page.at(-1)?.seq ?? last;
    if (page.length < limit || wanted.length < page.length) return;
  }
}

/** Each type is read by page; always the stream whose next event is the oldest gives it. */
function* merged(log: Paged, ask: TypesAsk): Pages {
  let streams = ask.types.map((type) => new Stream(pages(log, ask, type)));
  let page: EventEnvelope[] = [];
  for (;;) {
    streams = streams.filter(({ next }) => next !== undefined);
    const oldest = streams.reduce<Stream | undefined>(older, undefined);
    if (oldest?.next === undefined) break;
    // As long as no other stream is older, without a look at all of them again.
    const limit = streams.reduce(
      (seq, one) => (one === oldest ? seq : Math.min(seq, seqOf(one))),
      Infinity,
    );
    while (oldest.next !== undefined && oldest.next.seq < limit) {
      page.push(oldest.next);
      oldest.move();
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

class Stream {
  next: EventEnvelope | undefined;
  private readonly pages: Pages;
  private page: readonly EventEnvelope[] = [];
  private index = 0;

  constructor(source: Pages) {
    this.pages = source;
    this.move();
  }

  move(): void {
    if (this.index >= this.page.length) {
      this.page = (this.pages.next().value as EventEnvelope[] | undefined) ?? [];
      this.index = 0;
    }
    this.next = this.page[this.index++];
  }
}

function seqOf({ next }: Stream): number {
  return next?.seq ?? Infinity;
}

function older(one: Stream | undefined, other: Stream): Stream {
  return one !== undefined && seqOf(one) <= seqOf(other) ? one : other;
}
