import { useCallback, useEffect, useState } from 'react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import type { WireError } from '../../../../preload/contract/errors.ts';
import type { Bridge } from '../../../hub/bridge.ts';
import { useConnection } from '../../../hub/connection.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../../hub/wire-error.ts';
import { type Change, longestMs } from './timeline.ts';
import { useReload } from './use-reload.ts';

/** Of one look; who changes more often is shown for a shorter time. */
const mostPages = 6;

export interface History {
  /** Newest first; undefined until they are known. */
  readonly changes?: readonly Change[];
  readonly error?: WireError;
}

/** How an agent's status changed in the last hours; asked again when it changes. */
export function useHistory(agent: AgentRecord): History {
  const { bridge } = useHub();
  const isLive = useConnection().state === 'live';
  const [history, setHistory] = useState<History>({});
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((old) => old + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    if (!isLive) return;
    const abort = new AbortController();
    readAll(bridge, agent.id, abort.signal).then(
      (changes) => !abort.signal.aborted && setHistory({ changes }),
      (thrown) =>
        !abort.signal.aborted && setHistory((old) => ({ ...old, error: toWireErrorOf(thrown) })),
    );
    return () => abort.abort();
  }, [bridge, agent.id, isLive, round]);
  const { state, status, stateSinceMs, liveness } = agent;
  useReload(reload, [state, stateSinceMs, liveness, JSON.stringify(status)]);
  return history;
}

async function readAll(bridge: Bridge, agent: string, signal: AbortSignal): Promise<Change[]> {
  const all: Change[] = [];
  let before: number | undefined;
  for (let page = 0; page < mostPages; page++) {
    const ask = { agent, sinceMs: longestMs, limit: 500, ...(before !== undefined && { before }) };
    const { changes, next } = await bridge.query('agent.history', ask, signal);
    all.push(...changes);
    before = next;
    if (before === undefined) break;
  }
  return all;
}
