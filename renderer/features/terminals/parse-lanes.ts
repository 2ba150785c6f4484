/**
 * Whose output is parsed first. The terminals of a page share its one thread: where one floods, the echo of a key in
 * another waits behind a slice of the flood at each of its steps. So a terminal into which a key was typed goes first:
 * the others are fed nothing until its echo is painted, or for as long as an echo may take. What is held gets no
 * credit, so that its program waits and nothing piles up.
 */
import { type PageClock, pageClock } from '../../hub/channel.ts';

export interface LaneClock extends Pick<PageClock, 'schedule'> {
  /** Runs `fn` once, when the next frame has been drawn. */
  afterPaint(fn: () => void): void;
}

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

interface Waiting {
  readonly data: string | Uint8Array;
  readonly done: () => void;
}

/** The others are held so long at most, milliseconds: a program that echoes at all has done so by then. */
const holdMs = 50;
/** A parser that has so much to do gets no more yet: only what it does not have can be held. */
const ahead = 64 * 1024;

export class ParseLanes {
  private readonly clock: LaneClock;
  private readonly lanes = new Set<OneLane>();
  private first: OneLane | undefined;
  private cancelHold = (): void => undefined;

  constructor(clock: LaneClock) {
    this.clock = clock;
  }

  join(parse: Parse): Lane {
    const lane = new OneLane(this, parse);
    this.lanes.add(lane);
    return lane;
  }

  leave(lane: OneLane): void {
    this.lanes.delete(lane);
    if (lane === this.first) this.release();
  }

  isHeld(lane: OneLane): boolean {
    return this.first !== undefined && lane !== this.first;
  }

  goesFirst(lane: OneLane): void {
    if (lane === this.first || lane.isMute) return;
    this.cancelHold();
    this.first = lane;
    this.cancelHold = this.clock.schedule(() => {
      lane.isMute = true;
      this.release();
    }, holdMs);
    lane.feed();
  }

  wasParsed(lane: OneLane): void {
    lane.isMute = false;
    if (lane !== this.first) return;
    this.clock.afterPaint(() => {
      if (lane === this.first) this.release();
    });
  }

  private release(): void {
    this.cancelHold();
    this.first = undefined;
    for (const lane of this.lanes) lane.feed();
  }
}

class OneLane implements Lane {
  /** It let a key pass without a word: no other waits for it until it says something, or a held key would stop them all. */
  isMute = false;
  private readonly lanes: ParseLanes;
  private readonly parse: Parse;
  private waiting: Waiting[] = [];
  private parsing = 0;

  constructor(lanes: ParseLanes, parse: Parse) {
    this.lanes = lanes;
    this.parse = parse;
  }

  write(data: string | Uint8Array, done: () => void): void {
    this.waiting.push({ data, done });
    this.feed();
  }

  typed(): void {
    this.lanes.goesFirst(this);
  }

  leave(): void {
    this.waiting = [];
    this.lanes.leave(this);
  }

  feed(): void {
    while (this.parsing < ahead && !this.lanes.isHeld(this)) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.parsing += next.data.length;
      this.parse(next.data, () => {
        this.parsing -= next.data.length;
        next.done();
        if (next.data.length > 0) this.lanes.wasParsed(this);
        this.feed();
      });
    }
  }
}

/** All terminals of this page. */
export const pageLanes = new ParseLanes({
  schedule: pageClock.schedule,
  afterPaint(fn) {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        fn();
      };
      port2.postMessage(null);
    });
  },
});
