/** When nodes were heard, on the monotonic clock of this machine: no clock of another is asked, and one that is set moves nothing. */
import type { Clock } from '../../../base/clock.ts';
import type { SharedDocument } from '../ports.ts';

interface Heard {
  readonly beat: number | undefined;
  readonly atMs: number;
  /** It said something since it came: before that its part may be older than what was decided by it. */
  readonly isHeard: boolean;
}

export class Hearing {
  private readonly shared: Pick<SharedDocument, 'selfOf' | 'isConnected'>;
  private readonly clock: Clock;
  private readonly byNode = new Map<string, Heard>();

  constructor(shared: Pick<SharedDocument, 'selfOf' | 'isConnected'>, clock: Clock) {
    this.shared = shared;
    this.clock = clock;
  }

  /** Since it was heard last, or was first asked for. */
  of(node: string): { readonly isHeard: boolean; readonly silentMs: number } {
    const nowMs = this.clock.elapsed();
    const before = this.byNode.get(node);
    const beat = this.shared.selfOf(node)?.beat;
    const isConnected = this.shared.isConnected(node);
    const isNew = before !== undefined && isConnected && beat !== before.beat;
    const after: Heard = {
      beat,
      atMs: before === undefined || isNew ? nowMs : before.atMs,
      isHeard: isConnected && (isNew || (before?.isHeard ?? false)),
    };
    this.byNode.set(node, after);
    return { isHeard: after.isHeard, silentMs: nowMs - after.atMs };
  }
}
