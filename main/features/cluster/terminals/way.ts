/**
 * As a rendezvous: the way for terminals of one node. It is the node that opens it, when it is called by the link that it has; nobody watching, it is
 * closed. What the node sends and may not ends the way, and nothing else.
 */
import { mostWatches } from '../../../../preload/contract/node-terminals.ts';
import type { ErrorCode, ErrorParams, WireError } from '../../../../preload/contract/errors.ts';
import { toWireError } from '../../../../preload/contract/errors.ts';
import type { WatchEnd } from '../../../../preload/contract/watch-frames.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Logger } from '../../../base/logger.ts';
import { MusherError } from '../../../base/result.ts';
import type { SocketLink } from '../../../base/socket-link.ts';
import { Asking, type Want } from './asking.ts';
import { keepAlive } from './keep-alive.ts';
import { refusedCode } from './showing.ts';

/** A node that is called opens its way within this, milliseconds: it has a handshake of 10 s at most. */
export const callMs = 12_000;
const repeatMs = 2_000;
/** Between tries after a way was lost, milliseconds: doubled each time. */
const again = { first: 500, most: 30_000 };

export interface WayOptions {
  readonly node: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly label: () => string;
  /** Of its Musher. */
  readonly version: () => string | undefined;
  readonly isConnected: () => boolean;
  /** Asks the node to open it. */
  readonly call: () => void;
}

interface Open {
  readonly link: SocketLink;
  readonly asking: Asking;
  readonly stop: () => void;
}

export class Way {
  private readonly options: WayOptions;
  private readonly wants = new Set<Want>();
  private open: Open | undefined;
  private tries = 0;
  /** While there is no link: for the node's answer, or for the next call. */
  private cancel: (() => void) | undefined;

  constructor(options: WayOptions) {
    this.options = options;
  }

  /** Throws NODE_WATCH_LIMIT. */
  add(want: Want): void {
    if (this.wants.size >= mostWatches)
      throw new MusherError(this.error('NODE_WATCH_LIMIT', { count: this.wants.size }));
    this.wants.add(want);
    if (this.open !== undefined) this.open.asking.begin(want);
    else if (this.cancel === undefined) this.call();
  }

  remove(want: Want): void {
    if (!this.wants.delete(want)) return;
    this.open?.asking.giveUp(want);
    if (this.wants.size === 0) this.rest();
  }

  parsed(want: Want, bytes: number): void {
    const told = want.relay?.parsed(bytes);
    if (told !== undefined) this.open?.asking.parsed(want, told);
  }

  /** Wants that are over by what this side knows. */
  failWhere(isOver: (story: string) => boolean, code: ErrorCode): void {
    for (const want of [...this.wants]) {
      if (!isOver(want.story)) continue;
      this.remove(want);
      want.onFail(this.error(code, { story: want.story }));
    }
  }

  /** The node came or went. */
  look(): void {
    if (!this.options.isConnected()) {
      this.rest();
      this.open?.link.terminate();
    } else if (this.open === undefined && this.cancel === undefined) this.call();
  }

  /** The newest counts. */
  accept(link: SocketLink): void {
    const before = this.open?.link;
    this.lost();
    before?.terminate();
    const asking = new Asking({
      link,
      onGood: () => {
        this.tries = 0;
      },
      onOver: (want, why) => this.over(want, why),
      onFault: (reason) => this.refuse(reason),
    });
    const { clock } = this.options;
    const stop = keepAlive(link, { clock, isIdle: () => this.wants.size === 0 });
    this.open = { link, asking, stop };
    link.onClose(() => {
      if (this.open?.link !== link) return;
      this.lost();
      this.callAgain();
    });
    for (const want of this.wants) asking.begin(want);
  }

  end(): void {
    const link = this.open?.link;
    this.lost();
    link?.close(1001, 'ending');
    this.wants.clear();
  }

  private call(): void {
    if (this.wants.size === 0 || !this.options.isConnected()) return;
    this.callUntil(this.options.clock.elapsed() + callMs);
  }

  /** Again and again: one that has only just connected does not listen yet. */
  private callUntil(endMs: number): void {
    const { clock } = this.options;
    const leftMs = endMs - clock.elapsed();
    if (leftMs > 0) {
      this.options.call();
      this.later(Math.min(repeatMs, leftMs), () => this.callUntil(endMs));
    } else {
      this.failAll(this.unanswered(callMs));
    }
  }

  unanswered(afterMs: number): WireError {
    const version = this.options.version() ?? 'of a version that it did not say';
    return this.error('NODE_TERMINALS_UNANSWERED', { seconds: afterMs / 1_000, version });
  }

  private callAgain(): void {
    if (this.wants.size === 0) return;
    const waitMs = Math.min(again.first * 2 ** this.tries, again.most);
    this.tries += 1;
    this.later(waitMs, () => this.call());
  }

  /** There is no link now. */
  private lost(): void {
    this.rest();
    const { open } = this;
    if (open === undefined) return;
    this.open = undefined;
    open.stop();
    open.asking.end();
    for (const want of this.wants) want.relay?.stall();
  }

  /** Its way ends, and with it what was watched there; its other link and all other nodes go on. */
  private refuse(reason: string): void {
    const { node, log, label } = this.options;
    log.warn({ node, label: label(), reason }, 'what a node sent of its terminals was refused');
    const link = this.open?.link;
    this.lost();
    this.failAll(this.error('NODE_TERMINALS_REFUSED', { reason, node }));
    link?.close(refusedCode, reason);
  }

  private over(want: Want, why: WatchEnd | 'answered' | undefined): void {
    this.wants.delete(want);
    if (why !== 'answered') want.onFail(this.endError(want.story, why));
  }

  private endError(story: string, why: WatchEnd | undefined): WireError {
    if (why === 'claim') return this.error('STORY_NOT_AT_NODE', { story });
    if (why === 'limit') return this.error('NODE_WATCH_LIMIT', { count: mostWatches });
    if (why === 'large') return this.error('NODE_TERMINAL_LARGE', { story });
    return this.error('NODE_TERMINAL_GONE', { story });
  }

  private failAll(error: WireError): void {
    const wants = [...this.wants];
    this.wants.clear();
    for (const want of wants) want.onFail(error);
  }

  private error(code: ErrorCode, params: ErrorParams): WireError {
    return toWireError(code, { label: this.options.label(), ...params });
  }

  private later(delayMs: number, run: () => void): void {
    this.rest();
    this.cancel = this.options.clock.schedule(() => {
      this.cancel = undefined;
      run();
    }, delayMs);
  }

  private rest(): void {
    this.cancel?.();
    this.cancel = undefined;
  }
}
