/** Finds pages that are gone without a word: a sleeping laptop or a pulled cable closes no socket. */
import type { WebSocket } from 'ws';
import type { Clock } from '../base/clock.ts';

/** Seldom enough to cost nothing, often enough that a dead page holds its terminals for a minute at most. */
const pingEveryMs = 20_000;
const missesAllowed = 2;

/** Pings every page; one that answers none of two is cut off. Returns the end. */
export function startHeartbeat(pages: ReadonlySet<WebSocket>, clock: Clock): () => void {
  const misses = new WeakMap<WebSocket, number>();
  let cancel: () => void;
  const beat = () => {
    for (const page of pages) ping(page, misses);
    cancel = clock.schedule(beat, pingEveryMs);
  };
  cancel = clock.schedule(beat, pingEveryMs);
  return () => cancel();
}

function ping(page: WebSocket, misses: WeakMap<WebSocket, number>): void {
  const missed = misses.get(page);
  if (missed === undefined) page.on('pong', () => misses.set(page, 0));
  if (missed === missesAllowed) page.terminate();
  else {
    misses.set(page, (missed ?? 0) + 1);
    page.ping();
  }
}
