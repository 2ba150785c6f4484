/**
 * What hubs and viewers notice while a host gives its terminals to the next one:
 *
 *   here -> asking (calls wait; viewers keep what they say) -> still (what comes all the same waits) -> gone, or here again
 *
 * Nothing that was said is lost or done twice: what the old host took, it has done; what it did not take, the new one gets.
 */
import { type Clock, sleep } from '../../base/clock.ts';
import type { Wire } from './wire.ts';

/**
 * How long a viewer may take to say that it keeps what it says, milliseconds. What one says that takes longer may be lost;
 * meanwhile programs go on, and only calls wait.
 */
const heldMs = 5_000;

interface Peer {
  readonly wire: Wire;
  /** It keeps what it says when it is asked to. */
  readonly canHold: boolean;
  held: PromiseWithResolvers<void>;
}

export class Moving {
  private phase: 'here' | 'asking' | 'still' | 'gone' = 'here';
  private readonly peers = new Set<Peer>();
  private waiting: Array<() => void> = [];
  private outcome = Promise.withResolvers<boolean>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** A connection that is told when the host changes. Returns what to call when it says that it holds. */
  add(wire: Wire, canHold: boolean): () => void {
    const peer = { wire, canHold, held: Promise.withResolvers<void>() };
    this.peers.add(peer);
    void wire.closed.then(() => {
      this.peers.delete(peer);
      peer.held.resolve();
    });
    if (this.phase === 'gone') leave(wire);
    return () => peer.held.resolve();
  }

  /** True when what is asked for may be done here, as soon as that is known. */
  stays(): Promise<boolean> {
    if (this.phase === 'here') return Promise.resolve(true);
    return this.outcome.promise;
  }

  /** What a viewer says: at once, or when it is known that the host stays. */
  run(work: () => void): void {
    if (this.phase === 'here' || this.phase === 'asking') work();
    else if (this.phase === 'still') this.waiting.push(work);
  }

  /** Calls wait from now on. */
  begin(): void {
    this.phase = 'asking';
  }

  /** Resolves when viewers say nothing any more. */
  async hold(): Promise<void> {
    const over = new AbortController();
    const holding = [...this.peers].filter(({ canHold }) => canHold);
    for (const peer of holding) {
      peer.held = Promise.withResolvers();
      peer.wire.send({ hold: true });
    }
    const all = Promise.all(holding.map(({ held }) => held.promise));
    await Promise.race([all, sleep(this.clock, heldMs, over.signal)]);
    over.abort();
    this.phase = 'still';
  }

  stay(): void {
    this.phase = 'here';
    for (const { wire, canHold } of this.peers) if (canHold) wire.send({ goOn: true });
    for (const work of this.waiting.splice(0)) work();
    this.decide(true);
  }

  leave(): void {
    this.phase = 'gone';
    this.waiting = [];
    for (const { wire } of this.peers) leave(wire);
    this.decide(false);
  }

  private decide(stays: boolean): void {
    this.outcome.resolve(stays);
    if (stays) this.outcome = Promise.withResolvers();
  }
}

function leave(wire: Wire): void {
  wire.send({ moved: true });
  wire.end();
}
