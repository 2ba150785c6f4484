/** A node whose machine is to leave: nothing new is begun, what is in work is finished and brought, and then it ends. */
import { sleep, systemClock } from './base/clock.ts';
import { selectCluster } from './features/cluster/index.ts';
import type { Hub } from './hub/hub.ts';

/** Resolves when nothing is left that this node claims, or the time is over; with the ids of what is left. `leaving` has been aborted by then. */
export async function drained(hub: Hub, boundMs: number): Promise<readonly string[]> {
  const stop = new AbortController();
  const isEmpty = new Promise<void>((resolve) => {
    const look = (): void => {
      if (claimed(hub).length === 0) resolve();
    };
    const off = hub.onTopics(look);
    stop.signal.addEventListener('abort', off);
    look();
  });
  await Promise.race([isEmpty, sleep(systemClock, boundMs, stop.signal)]);
  stop.abort();
  return claimed(hub);
}

/** Stories of the rendezvous that it asks for, works on, or has ready and not yet brought. */
export function claimed(hub: Hub): readonly string[] {
  return [...selectCluster(hub.state()).claims.keys()];
}
