/** Ends a link that nobody needs any more, and one that is dead without having said so. */
import type { Clock } from '../../../base/clock.ts';
import type { SocketLink } from '../../../base/socket-link.ts';

/** Nobody watches any more: it stays open so long. */
export const idleMs = 30_000;
/** One that does not answer within this is dead. */
const pingMs = 20_000;

export interface KeepAlive {
  readonly clock: Clock;
  readonly isIdle: () => boolean;
}

/** Returns what stops it. */
export function keepAlive(link: SocketLink, { clock, isIdle }: KeepAlive): () => void {
  let isAlive = true;
  let idleSinceMs: number | undefined;
  let cancel = (): void => undefined;
  const look = (): void => {
    const nowMs = clock.elapsed();
    idleSinceMs = isIdle() ? (idleSinceMs ?? nowMs) : undefined;
    if (!isAlive) link.terminate();
    else if (idleSinceMs !== undefined && nowMs - idleSinceMs >= idleMs)
      link.close(1000, 'nobody watches');
    else {
      isAlive = false;
      link.ping(() => {
        isAlive = true;
      });
      cancel = clock.schedule(look, pingMs);
    }
  };
  look();
  return () => cancel();
}
