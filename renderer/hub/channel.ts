/**
 * How frames get to the host and back, whatever lies between. A channel goes on trying until it is closed;
 * what was sent while it was down is gone, and who sent it must send it again.
 */
import type { ClientFrame, ServerFrame } from '../../preload/contract/bridge.ts';

export interface ChannelEvents {
  onOpen(): void;
  onFrame(frame: ServerFrame): void;
  /**
   * After an open one went, and after each attempt that failed; the next attempt follows by itself. There is no
   * reason with it, for a browser gives none: a host that wants no more attempts says `bye` in a frame.
   */
  onClose(): void;
}

export interface ClientChannel {
  /** Begins; called once. The events come later, never from inside. */
  connect(events: ChannelEvents): void;
  /** Dropped while there is no connection. */
  send(frame: ClientFrame): void;
  /** For good. No event follows. */
  close(): void;
}

/** Time, as far as a page's connection needs it; tests hold it. */
export interface PageClock {
  /** Unix milliseconds. */
  now(): number;
  /** Returns the cancel. */
  schedule(fn: () => void, delayMs: number): () => void;
}

export const pageClock: PageClock = {
  now: () => Date.now(),
  schedule(fn, delayMs) {
    const handle = setTimeout(fn, delayMs);
    return () => clearTimeout(handle);
  },
};

/** One attempt to connect, and what came of it. */
export interface Link {
  send(frame: ClientFrame): void;
  close(): void;
}

/** Starts an attempt. It must tell `onClose` once, also when it never opened. */
export type Dial = (events: ChannelEvents) => Link;

/** Soon enough that a restart of the host is hardly seen. */
const firstDelayMs = 250;
/** The host is on this machine or near: asking more seldom would only make the user wait. */
const longestDelayMs = 5_000;

/** Dials again and again, waiting twice as long after each failure and from the start after a success. */
export function createReconnectingChannel(dial: Dial, clock: PageClock): ClientChannel {
  return new ReconnectingChannel(dial, clock);
}

class ReconnectingChannel implements ClientChannel {
  private readonly dial: Dial;
  private readonly clock: PageClock;
  private link: Link | undefined;
  private delayMs = firstDelayMs;
  private cancelRetry: () => void = () => {};

  constructor(dial: Dial, clock: PageClock) {
    this.dial = dial;
    this.clock = clock;
  }

  connect(events: ChannelEvents): void {
    // An event of a link that was replaced or closed is nobody's business any more.
    const isCurrent = () => this.link === link;
    const link: Link = this.dial({
      onOpen: () => {
        if (!isCurrent()) return;
        this.delayMs = firstDelayMs;
        events.onOpen();
      },
      onFrame: (frame) => {
        if (isCurrent()) events.onFrame(frame);
      },
      onClose: () => {
        if (!isCurrent()) return;
        this.link = undefined;
        this.retry(events);
        events.onClose();
      },
    });
    this.link = link;
  }

  send(frame: ClientFrame): void {
    this.link?.send(frame);
  }

  close(): void {
    this.cancelRetry();
    const link = this.link;
    this.link = undefined;
    link?.close();
  }

  private retry(events: ChannelEvents): void {
    this.cancelRetry = this.clock.schedule(() => this.connect(events), this.delayMs);
    this.delayMs = Math.min(this.delayMs * 2, longestDelayMs);
  }
}
