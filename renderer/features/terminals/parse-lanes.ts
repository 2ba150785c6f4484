/**
 * Whose output is parsed first. The terminals of a page share its one thread: where one floods, the echo of a key in
 * another waits behind a slice of the flood at each of its steps. So while keys are typed into one, the others take turns
 * that leave the thread free most of the time: the first comes when an echo has had its time. What waits gets no
 * credit, so that its program waits too and nothing piles up.
 */
import { type PageClock, pageClock } from '../../hub/channel.ts';

/** Parses in the order of the calls, and says when each is done. */
export type Parse = (data: string | Uint8Array, done: () => void) => void;

export interface Lane {
  /** In order, with all else of this lane. `done`: it is parsed. */
  write(data: string | Uint8Array, done: () => void): void;
  /** A key went out: what comes next may be its echo. */
  typed(): void;
  /** What waits is dropped. */
  leave(): void;
}

/** A key is followed by another, or by nothing for so long, milliseconds. */
const typingMs = 1_000;
/** From a key to a turn of the others, milliseconds; a held key puts it off to the most, which is also from turn to turn. */
const echoMs = 50;
const mostTurnMs = 100;
/** For all of them in one turn: a few milliseconds of parsing, and 320 KiB a second. */
const turnBytes = 32 * 1024;
/** A parser has so much at most that is not done yet: what it has cannot be held any more. */
const aheadBytes = 32 * 1024;
/** In one go. */
const pieceBytes = 16 * 1024;

export class ParseLanes {
  private readonly clock: PageClock;
  private readonly lanes = new Set<OneLane>();
  private typist: OneLane | undefined;
  private lastKeyMs = 0;
  private lastTurnMs = 0;
  private cancelTurn = (): void => undefined;

  constructor(clock: PageClock) {
    this.clock = clock;
  }

  join(parse: Parse): Lane {
    const lane = new OneLane(this, parse);
    this.lanes.add(lane);
    return lane;
  }

  leave(lane: OneLane): void {
    this.lanes.delete(lane);
    if (lane === this.typist) this.endTyping();
  }

  /** It may have what its turn allows, and no more. */
  isWaiting(lane: OneLane): boolean {
    return this.typist !== undefined && lane !== this.typist;
  }

  typedInto(lane: OneLane): void {
    const nowMs = this.clock.now();
    if (this.typist === undefined) this.lastTurnMs = nowMs;
    this.typist = lane;
    this.lastKeyMs = nowMs;
    lane.feed();
    this.planTurn(Math.min(nowMs + echoMs, this.lastTurnMs + mostTurnMs) - nowMs);
  }

  private planTurn(inMs: number): void {
    this.cancelTurn();
    this.cancelTurn = this.clock.schedule(() => this.takeTurn(), Math.max(0, inMs));
  }

  private takeTurn(): void {
    const nowMs = this.clock.now();
    // A clock that was set back ends it too.
    if (Math.abs(nowMs - this.lastKeyMs) >= typingMs) this.endTyping();
    else {
      this.lastTurnMs = nowMs;
      const waiting = [...this.lanes].filter((lane) => this.isWaiting(lane) && lane.hasMore);
      for (const lane of waiting) lane.allow(Math.ceil(turnBytes / waiting.length));
      this.planTurn(mostTurnMs);
    }
  }

  private endTyping(): void {
    this.cancelTurn();
    this.typist = undefined;
    for (const lane of this.lanes) lane.feed();
  }
}

class OneLane implements Lane {
  private readonly lanes: ParseLanes;
  private readonly parse: Parse;
  private waiting: { readonly data: string | Uint8Array; readonly done: () => void }[] = [];
  private parsing = 0;
  private allowed = 0;

  constructor(lanes: ParseLanes, parse: Parse) {
    this.lanes = lanes;
    this.parse = parse;
  }

  get hasMore(): boolean {
    return this.waiting.length > 0;
  }

  write(data: string | Uint8Array, done: () => void): void {
    this.waiting.push(...piecesOf(data, done));
    this.feed();
  }

  typed(): void {
    this.lanes.typedInto(this);
  }

  leave(): void {
    this.waiting = [];
    this.lanes.leave(this);
  }

  allow(bytes: number): void {
    this.allowed = bytes;
    this.feed();
  }

  feed(): void {
    while (this.parsing < aheadBytes) {
      const isWaiting = this.lanes.isWaiting(this);
      if (isWaiting && this.allowed <= 0) return;
      const next = this.waiting.shift();
      if (next === undefined) return;
      const size = next.data.length;
      if (isWaiting) this.allowed -= size;
      this.parsing += size;
      this.parse(next.data, () => {
        this.parsing -= size;
        next.done();
        this.feed();
      });
    }
  }
}

/** Bytes may be cut anywhere: a terminal goes on where it was. A text is a whole screen, and comes once. */
function piecesOf(data: string | Uint8Array, done: () => void) {
  if (typeof data === 'string' || data.length <= pieceBytes) return [{ data, done }];
  const pieces: { data: string | Uint8Array; done: () => void }[] = [];
  for (let from = 0; from < data.length; from += pieceBytes)
    pieces.push({ data: data.subarray(from, from + pieceBytes), done: () => undefined });
  return [...pieces.slice(0, -1), { data: pieces.at(-1)?.data ?? data, done }];
}

/** All terminals of this page. */
export const pageLanes = new ParseLanes(pageClock);
