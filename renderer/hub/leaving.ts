/** A page that is closed or reloaded loses no decision without a word. */
import type { ConnectionStore } from './connection.ts';
import type { Decisions } from './decisions.ts';
import { isUnderWay } from './decisions.ts';

/**
 * What is held is sent at once when the page goes: the connection hands over what it was given. Without one nothing
 * can be sent, so the browser asks whether to go. Returns the disposer.
 */
export function guardLeaving(decisions: Decisions, connection: ConnectionStore): () => void {
  const hasUnsent = () => decisions.store.getState().some(isUnderWay);
  const ask = (event: BeforeUnloadEvent) => {
    if (connection.getState().state === 'live') decisions.flush();
    else if (hasUnsent()) event.preventDefault();
  };
  const go = () => decisions.flush();
  addEventListener('beforeunload', ask);
  addEventListener('pagehide', go);
  return () => {
    removeEventListener('beforeunload', ask);
    removeEventListener('pagehide', go);
  };
}
