/** As a rendezvous: what is asked on one link, and what comes back. The node says nothing that was not asked for, or its link is over. */
import {
  parseSaid,
  type Piece,
  type WatchAsk,
  type WatchEnd,
  type WatchSaid,
} from '../../../../preload/contract/watch-frames.ts';
import type { WireError } from '../../../../preload/contract/errors.ts';
import type { SocketLink } from '../../../base/socket-link.ts';
import type { Relay } from './relay.ts';

/** Watches that were given up and not confirmed. */
const mostLeaving = 100;

/** What is wanted of a node: to watch, or the text once. */
export interface Want {
  readonly story: string;
  readonly relay?: Relay;
  readonly onText?: (said: Extract<WatchSaid, { k: 'text' }>) => void;
  readonly onFail: (error: WireError) => void;
}

export interface AskingOptions {
  readonly link: SocketLink;
  /** A screen came: the way there is good. */
  readonly onGood: () => void;
  /** It is answered, or over: nothing more comes of it. `why`: the node's reason. */
  readonly onOver: (want: Want, why: WatchEnd | 'answered' | undefined) => void;
  /** What was sent may not be. */
  readonly onFault: (reason: string) => void;
}

export class Asking {
  private readonly options: AskingOptions;
  private readonly byNumber = new Map<number, Want>();
  private readonly numbers = new Map<Want, number>();
  /** Given up here; the node may not know yet. */
  private readonly leaving = new Set<number>();
  private next = 1;
  private isOver = false;

  constructor(options: AskingOptions) {
    this.options = options;
    options.link.onMessage((message) => this.take(message));
  }

  begin(want: Want): void {
    const w = this.next;
    this.next += 1;
    this.byNumber.set(w, want);
    this.numbers.set(want, w);
    const k = want.relay === undefined ? 'text' : 'watch';
    this.say({ k, w, story: want.story });
  }

  parsed(want: Want, bytes: number): void {
    const w = this.numbers.get(want);
    if (w !== undefined) this.say({ k: 'parsed', w, bytes });
  }

  /** Nobody wants it any more; the node may say more of it until it knows. */
  giveUp(want: Want): void {
    const w = this.forget(want);
    if (w === undefined) return;
    this.leaving.add(w);
    if (this.leaving.size > mostLeaving) this.options.onFault('no end of what was given up');
    // A text is on its way already, and ends by itself.
    else if (want.relay !== undefined) this.say({ k: 'unwatch', w });
  }

  /** Nothing is taken from it any more. */
  end(): void {
    this.isOver = true;
  }

  private take(message: string | Uint8Array): void {
    if (this.isOver) return;
    const said = parseSaid(message);
    const fault = typeof said === 'string' ? said : this.hear(said);
    if (fault !== undefined) this.options.onFault(fault);
  }

  private hear(said: WatchSaid | Piece): string | undefined {
    const want = this.byNumber.get(said.w);
    if (want === undefined) return this.hearLate(said);
    if ('k' in said && said.k === 'end') {
      this.over(want, said.why);
      return undefined;
    }
    const { relay } = want;
    return relay === undefined ? this.hearText(said, want) : this.hearScreen(said, relay);
  }

  private hearLate(said: WatchSaid | Piece): string | undefined {
    if (!this.leaving.has(said.w)) return 'an answer that nobody waits for';
    if ('k' in said && (said.k === 'end' || said.k === 'text')) this.leaving.delete(said.w);
    return undefined;
  }

  private hearText(said: WatchSaid | Piece, want: Want): string | undefined {
    if (!('k' in said) || said.k !== 'text') return 'a screen where a text was asked for';
    this.over(want, 'answered');
    want.onText?.(said);
    return undefined;
  }

  private hearScreen(said: WatchSaid | Piece, relay: Relay): string | undefined {
    if (!('k' in said)) return relay.bytes(said.bytes);
    if (said.k === 'screen') {
      this.options.onGood();
      return relay.screen(said);
    }
    if (said.k !== 'exit') return 'a text that nobody asked for';
    return relay.exit({ id: String(said.w), exitCode: said.exitCode, signal: said.signal });
  }

  private over(want: Want, why: WatchEnd | 'answered' | undefined): void {
    this.forget(want);
    this.options.onOver(want, why);
  }

  private forget(want: Want): number | undefined {
    const w = this.numbers.get(want);
    this.numbers.delete(want);
    if (w !== undefined) this.byNumber.delete(w);
    return w;
  }

  private say(ask: WatchAsk): void {
    this.options.link.send(JSON.stringify(ask));
  }
}
