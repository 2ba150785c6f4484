/** One link with a peer that proved who it is: kept alive, and what comes by it is looked at before anybody hears it. */
import type WebSocket from 'ws';
import { lostAfterMs } from '../../../../preload/contract/cluster-facts.ts';
import { type PeerSaid, peerSaidSchema } from '../../../../preload/contract/peer-facts.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Logger } from '../../../base/logger.ts';
import { parse, type Talk } from './talk.ts';

/** Why a link ends, told to the other side. */
export const closeCodes = {
  ending: 1001,
  refused: 4400,
  unknown: 4403,
  full: 4409,
  double: 4410,
} as const;

/** Of a peer between two beats: whoever says more floods. */
const mostTexts = 1_000;

export interface PeerLinkParts {
  readonly peer: string;
  /** By which it proved that it is that peer. */
  readonly key: string;
  readonly talk: Talk;
  readonly socket: WebSocket;
  /** This node asked for it. */
  readonly isDialed: boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

export class PeerLink {
  readonly isDialed: boolean;
  readonly key: string;
  /** What was said last; undefined before that. */
  said: PeerSaid | undefined;
  private readonly parts: PeerLinkParts;
  /** When something was heard of it last, on the monotonic clock. */
  private heardMs: number;
  private texts = 0;

  constructor(parts: PeerLinkParts) {
    this.parts = parts;
    this.isDialed = parts.isDialed;
    this.key = parts.key;
    this.heardMs = parts.clock.elapsed();
  }

  begin(on: { readonly change: () => void; readonly end: (code: number) => void }): void {
    const { socket, talk, clock } = this.parts;
    socket.on('pong', () => {
      this.heardMs = clock.elapsed();
    });
    socket.on('close', on.end);
    talk.onText((text) => this.hear(text, on.change));
  }

  say(text: string): void {
    this.parts.socket.send(text);
  }

  /** It may stand open long after nothing comes by it any more. */
  beat(): void {
    const { socket, clock } = this.parts;
    this.texts = 0;
    if (clock.elapsed() - this.heardMs > lostAfterMs) socket.terminate();
    else socket.ping();
  }

  close(why: keyof typeof closeCodes): void {
    this.parts.socket.close(closeCodes[why], why);
  }

  terminate(): void {
    this.parts.socket.terminate();
  }

  private hear(text: string, onChange: () => void): void {
    const { peer, socket, clock, log } = this.parts;
    // What comes after it was refused is not looked at, nor told of.
    if (socket.readyState !== socket.OPEN) return;
    this.heardMs = clock.elapsed();
    this.texts += 1;
    const parsed = peerSaidSchema.safeParse(parse(text));
    if (!parsed.success || this.texts > mostTexts) {
      const reason = parsed.success ? 'it says too much' : parsed.error.issues[0]?.message;
      log.warn({ peer, reason }, 'what a peer sent was refused');
      this.close('refused');
      return;
    }
    this.said = parsed.data;
    onChange();
  }
}
