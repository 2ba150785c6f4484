/** How the whole log lies in time. Asked for anew when the log has grown by a hundredth since. */
import { useEffect, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { PastProgress } from '../../../preload/contract/timeline.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useHeadSeq } from '../../hub/use-records.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { askWhole } from './use-moment.ts';

export type Overview = QueryOutput<'timeline.overview'>;

export interface UsedOverview {
  readonly overview: Overview | undefined;
  readonly progress: PastProgress | undefined;
  readonly error: WireError | undefined;
}

const buckets = 240;
/** Of what was there: less is no other picture. */
const share = 0.01;
const leastEvents = 25;

export function useOverview(): UsedOverview {
  const { bridge } = useHub();
  const head = useHeadSeq();
  const [used, setUsed] = useState<UsedOverview>({
    ...{ overview: undefined, progress: undefined, error: undefined },
  });
  const known = used.overview?.head ?? 0;
  const isOld = head - known > Math.max(known * share, leastEvents) || known === 0;
  const wanted = isOld ? head : known;
  useEffect(() => {
    if (wanted === 0) return;
    const abort = new AbortController();
    const tell = (now: Partial<UsedOverview>) =>
      !abort.signal.aborted && setUsed((old) => ({ ...old, error: undefined, ...now }));
    const ask = { type: 'timeline.overview', data: { buckets, waitMs: 1_000 } } as const;
    const wait = {
      signal: abort.signal,
      onProgress: (progress: PastProgress) => tell({ progress }),
    };
    askWhole(bridge, ask, wait).then(
      (overview) => tell({ overview, progress: undefined }),
      (thrown) => tell({ error: toWireErrorOf(thrown), progress: undefined }),
    );
    return () => abort.abort();
  }, [bridge, wanted]);
  return used;
}
