/** Loads the diff of an approval; a new pin loads it anew, and a late answer for an old one is dropped. */
import { useCallback, useEffect, useState } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import type { ApprovalDiff, DiffLoad } from './approve-gate.ts';

export type LoadDiff = (approval: string, signal: AbortSignal) => Promise<ApprovalDiff>;

interface LoadOf {
  readonly subject: string;
  readonly load: DiffLoad;
}

const loading: DiffLoad = { state: 'loading' };

export function useApprovalDiff(
  approval: ApprovalRecord,
  loadDiff: LoadDiff,
): { load: DiffLoad; reload: () => void } {
  const { id, pin } = approval;
  const [round, setRound] = useState(0);
  const subject = `${id} ${pin.commit} ${pin.base} ${pin.diffHash} ${round}`;
  const [held, setHeld] = useState<LoadOf>();
  useEffect(() => {
    const abort = new AbortController();
    const hold = (load: DiffLoad) => {
      if (!abort.signal.aborted) setHeld({ subject, load });
    };
    loadDiff(id, abort.signal).then(
      (diff) => hold({ state: 'loaded', diff }),
      (thrown) => hold({ state: 'failed', error: toWireErrorOf(thrown) }),
    );
    return () => abort.abort();
  }, [id, subject, loadDiff]);
  const reload = useCallback(() => setRound((old) => old + 1), []);
  return { load: held?.subject === subject ? held.load : loading, reload };
}
