/** The state after an event, asked for again and again while it is folded; what was shown before stays until it is there. */
import { useEffect, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { PastProgress, PastState } from '../../../preload/contract/timeline.ts';
import type { Bridge, QueryInput, QueryName, QueryOutput } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';

export interface Moment {
  /** The newest that is there; while another is on its way, that of the event before. */
  readonly state: PastState | undefined;
  readonly error: WireError | undefined;
  /** How far the folding is, where it takes long. */
  readonly progress: PastProgress | undefined;
  /** Another event was asked for than is shown. */
  readonly isBehind: boolean;
  readonly retry: () => void;
}

/** One answer holds a connection no longer than this, so that it can be said how far it is. */
const waitMs = 1_000;

interface Known {
  readonly state?: PastState;
  readonly error?: WireError | undefined;
  readonly progress?: PastProgress | undefined;
}

/** `at` undefined: nothing is asked. */
export function useMoment(at: number | undefined): Moment {
  const { bridge } = useHub();
  const [known, setKnown] = useState<Known>({});
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    if (at === undefined) return;
    const abort = new AbortController();
    const tell = (now: Known) =>
      !abort.signal.aborted && setKnown((old) => ({ ...old, error: undefined, ...now }));
    const data = { at: String(at), waitMs };
    const wait = {
      signal: abort.signal,
      onProgress: (progress: PastProgress) => tell({ progress }),
    };
    askWhole(bridge, { type: 'timeline.at', data }, wait).then(
      (state) => tell({ state, progress: undefined }),
      (thrown) => tell({ error: toWireErrorOf(thrown), progress: undefined }),
    );
    return () => abort.abort();
  }, [bridge, at, round]);
  return {
    state: known.state,
    error: known.error,
    progress: known.progress,
    isBehind: at !== undefined && known.state?.seq !== at && known.error === undefined,
    retry: () => setRound((old) => old + 1),
  };
}

type Folded = 'timeline.at' | 'timeline.records' | 'timeline.overview';

interface FoldedWait {
  readonly onProgress: (progress: PastProgress) => void;
  readonly signal: AbortSignal;
}

/** Until it is whole. Rejects with what the hub refuses, and when nobody wants it any more. */
export async function askWhole<K extends QueryName & Folded>(
  bridge: Bridge,
  { type, data }: { readonly type: K; readonly data: QueryInput<K> },
  { onProgress, signal }: FoldedWait,
): Promise<QueryOutput<K>> {
  for (;;) {
    const answer = await bridge.query(type, data, signal);
    signal.throwIfAborted();
    const { progress } = answer as { progress?: PastProgress };
    if (progress === undefined) return answer;
    onProgress(progress);
  }
}
