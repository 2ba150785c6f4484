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

/**
 * Asks again when the state changes and when the operator comes back to the window: the diff of a pin never
 * changes, but the target may have moved, and its checkout may be clean by now. What is shown stays meanwhile.
 */
export function useApprovalDiff(
  { id, pin, state }: ApprovalRecord,
  loadDiff: LoadDiff,
): { load: DiffLoad; reload: () => void } {
  const [round, setRound] = useState(0);
  const subject = `${id} ${pin.commit} ${pin.base} ${pin.target} ${pin.diffHash}`;
  const [held, setHeld] = useState<LoadOf>();
  const reload = useCallback(() => setRound((old) => old + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` and `state` ask again
  useEffect(() => {
    const abort = new AbortController();
    const hold = (load: DiffLoad) => {
      if (!abort.signal.aborted) setHeld((old) => keep(old, { subject, load }));
    };
    loadDiff(id, abort.signal).then(
      (diff) => hold({ state: 'loaded', diff }),
      (thrown) => hold({ state: 'failed', error: toWireErrorOf(thrown) }),
    );
    return () => abort.abort();
  }, [id, subject, loadDiff, round, state]);
  useEffect(() => {
    addEventListener('focus', reload);
    return () => removeEventListener('focus', reload);
  }, [reload]);
  return { load: held?.subject === subject ? held.load : loading, reload };
}

/** A diff that is there is not taken away because asking again went wrong. */
function keep(old: LoadOf | undefined, fresh: LoadOf): LoadOf {
  const isThere = old?.subject === fresh.subject && old.load.state === 'loaded';
  return isThere && fresh.load.state === 'failed' ? old : fresh;
}
