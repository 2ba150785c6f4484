/**
 * Keeps the index of a log level with it, and finds events by it. What the index has not got yet is looked at in the
 * log itself, a bounded piece at each ask, so that an answer is never wrong: it may only say that there is more to look at.
 */
import type { FindAsk } from '../../hub/feature.ts';
import { documentOf, type FieldsByType, fits, type Wanted, wantedOf } from './search-document.ts';
import type { FindRange, SearchFile, Shard } from './search-file.ts';
import type { LoggedEvent, SearchLog } from './search-log.ts';

export interface Found {
  /** Oldest first. */
  readonly seqs: readonly number[];
  readonly more: boolean;
  readonly cursor: number;
}

/** Steps of the log that are looked at for one ask, where the index is behind. */
const tailSteps = 8;
/** For so long shards are begun with for one ask, milliseconds: what is in every second text is not met with the like of it in vain for ever. */
const lookMs = 60;
/** Numbers that are looked up at once among those that were given. */
const amongAtOnce = 200;

/** One ask, and what there is to know of it before. */
interface Hunt {
  readonly ask: FindAsk;
  /** Of the thread that is asked for. */
  readonly root: number | undefined;
  /** How far the index is. */
  readonly indexed: number;
  isAmong(seq: number): boolean;
}

export class SearchEngine {
  private readonly log: SearchLog;
  private readonly index: SearchFile;
  private readonly fields: FieldsByType;

  constructor(log: SearchLog, index: SearchFile, fields: FieldsByType) {
    this.log = log;
    this.index = index;
    this.fields = fields;
  }

  /** Events that it has not looked at yet. */
  behind(): number {
    return this.log.head() - this.index.cursor().seq;
  }

  /** Takes some more of the log into the index: about 10 ms. */
  step(): void {
    const events = this.log.step(this.index.cursor().seq);
    const last = events.at(-1);
    if (last === undefined) return;
    const documents = events
      .map((event) => documentOf(event, this.fields))
      .filter((one) => one !== undefined);
    this.index.add(documents, { seq: last.seq, hash: last.hash });
  }

  find(ask: FindAsk): Found {
    const indexed = this.index.cursor().seq;
    const root = ask.thread === undefined ? undefined : this.rootOf(ask.thread, indexed);
    const among = ask.among === undefined ? undefined : new Set(ask.among);
    const hunt = { ask, root, indexed, isAmong: (seq: number) => among?.has(seq) ?? true };
    const look = new Look(rangeOf(ask));
    const { isAscending, after } = look.range;
    const sides = [() => this.lookInIndex(look, hunt), () => this.lookInTail(look, hunt)];
    for (const side of isAscending ? sides : sides.reverse()) if (!look.isOver()) side();
    return look.result(isAscending ? Math.max(after, this.log.head()) : after);
  }

  private lookInIndex(look: Look, hunt: Hunt): void {
    const range = { ...look.range, before: Math.min(look.range.before, hunt.indexed + 1) };
    const until = performance.now() + lookMs;
    for (const shard of this.index.shards(range)) {
      if (look.isOver()) return;
      if (performance.now() > until) {
        look.stop(range.isAscending ? shard.first - 1 : shard.last + 1);
        return;
      }
      look.add(lookInShard(shard, { ...range, limit: look.missing() }, hunt));
    }
  }

  /** What the index has not got yet, piece by piece in the direction of the range. */
  private lookInTail(look: Look, { ask, root, indexed, isAmong }: Hunt): void {
    const { isAscending, before } = look.range;
    const wanted = wantedOf(ask, undefined);
    const isWanted = (event: LoggedEvent): boolean => {
      if (event.seq >= before || !isAmong(event.seq)) return false;
      const document = documentOf(event, this.fields);
      if (document === undefined || !fits(document, wanted)) return false;
      return root === undefined || this.rootOf(event.seq, indexed) === root;
    };
    let [low, high] = [Math.max(look.range.after, indexed), before];
    for (let steps = 0; ; steps++) {
      const events = isAscending ? this.log.step(low) : this.log.step(low, high);
      const [first, last] = [events[0], events.at(-1)];
      if (first === undefined || last === undefined || first.seq >= before) return;
      if (steps === tailSteps) {
        look.stop(isAscending ? low : high);
        return;
      }
      const seqs = events.filter(isWanted).map(({ seq }) => seq);
      look.add(isAscending ? seqs : seqs.reverse());
      if (look.isOver()) return;
      if (isAscending) low = last.seq;
      else high = first.seq;
    }
  }

  /** As the index would have it, also for what is not in it yet. */
  private rootOf(seq: number, indexed: number): number {
    let at = seq;
    while (at > indexed) {
      const [event] = this.log.step(at - 1, at + 1);
      const re = event === undefined ? undefined : documentOf(event, this.fields)?.re;
      if (re === undefined) return at;
      at = re;
    }
    return this.index.rootOf(at);
  }
}

/** In the direction of the range. */
function lookInShard(shard: Shard, range: FindRange, { ask, root, isAmong }: Hunt): number[] {
  const isIn = (seq: number) =>
    seq >= shard.first && seq <= shard.last && seq > range.after && seq < range.before;
  const wanted = wantedOf(ask, root);
  const among = ask.among?.filter(isIn);
  const found =
    among === undefined ? shard.find(wanted, range) : findAmong(shard, { wanted, among, range });
  // The first of a thread does not know that it is one.
  const first = root === undefined || !isIn(root) || !isAmong(root) ? [] : [root];
  const all = [...found, ...shard.findAmong(wantedOf(ask, undefined), first)];
  return [...new Set(all)].sort((a, b) => (range.isAscending ? a - b : b - a));
}

interface Among {
  readonly wanted: Wanted;
  readonly among: readonly number[];
  readonly range: FindRange;
}

function findAmong(shard: Shard, { wanted, among, range }: Among): number[] {
  const seqs = range.isAscending ? among : among.toReversed();
  const found: number[] = [];
  for (let at = 0; at < seqs.length && found.length < range.limit; at += amongAtOnce)
    found.push(...shard.findAmong(wanted, seqs.slice(at, at + amongAtOnce)));
  return found;
}

function rangeOf({ after, before, limit }: FindAsk): FindRange {
  const isAscending = after !== undefined;
  // One more than asked says whether there is more.
  return {
    isAscending,
    after: after ?? 0,
    before: before ?? Number.MAX_SAFE_INTEGER,
    limit: limit + 1,
  };
}

/** What was found so far, in the direction of the range, and whether it is enough. */
class Look {
  readonly range: FindRange;
  private readonly seqs: number[] = [];
  private stoppedAt: number | undefined;

  constructor(range: FindRange) {
    this.range = range;
  }

  missing(): number {
    return this.range.limit - this.seqs.length;
  }

  isOver(): boolean {
    return this.missing() <= 0 || this.stoppedAt !== undefined;
  }

  add(seqs: readonly number[]): void {
    this.seqs.push(...seqs.slice(0, this.missing()));
  }

  /** Enough was looked at for now. */
  stop(at: number): void {
    if (!this.isOver()) this.stoppedAt = at;
  }

  /** `end`: the cursor of a look that came to the end. */
  result(end: number): Found {
    const isFull = this.seqs.length === this.range.limit;
    const seqs = isFull ? this.seqs.slice(0, -1) : this.seqs;
    const cursor = isFull ? (seqs.at(-1) ?? end) : (this.stoppedAt ?? end);
    const ordered = this.range.isAscending ? seqs : seqs.toReversed();
    return { seqs: ordered, more: isFull || this.stoppedAt !== undefined, cursor };
  }
}
