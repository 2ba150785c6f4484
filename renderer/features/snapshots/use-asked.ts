/** Takes or restores a snapshot and waits for how it ended. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { SnapshotOutcome } from '../../../preload/contract/snapshots.ts';
import type { CommandInput } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';

type Asking = 'snapshot.take' | 'snapshot.restore';

interface Asked {
  readonly isBusy: boolean;
  readonly error: WireError | undefined;
  /** Undefined when it was refused or failed, which `error` says, or the page went on. */
  readonly ask: <K extends Asking>(
    type: K,
    data: CommandInput<K>,
  ) => Promise<SnapshotOutcome | undefined>;
}

/** What the hub holds an answer back at most. */
const waitMs = 60_000;

export function useAsked(onError?: (error: WireError) => void): Asked {
  const { bridge } = useHub();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<WireError>();
  const gone = useRef(new AbortController());
  useEffect(() => {
    const own = new AbortController();
    gone.current = own;
    return () => own.abort();
  }, []);
  const ask = useCallback<Asked['ask']>(
    async (type, data) => {
      const { signal } = gone.current;
      setBusy(true);
      setError(undefined);
      const fail = (failure: WireError) => {
        setError(failure);
        onError?.(failure);
      };
      try {
        const { result } = await bridge.dispatch(type, data);
        const wait = { ask: result.ask, waitMs };
        let outcome = await bridge.query('snapshot.outcome', wait, signal);
        while (outcome.state === 'running')
          outcome = await bridge.query('snapshot.outcome', wait, signal);
        if (outcome.state !== 'failed') return outcome;
        if (outcome.error !== undefined) fail(outcome.error);
      } catch (thrown) {
        if (!signal.aborted) fail(toWireErrorOf(thrown));
      } finally {
        if (!signal.aborted) setBusy(false);
      }
      return undefined;
    },
    [bridge, onError],
  );
  return { isBusy, error, ask };
}
