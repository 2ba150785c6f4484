/** What a trigger would have fired on, as it is typed: asked once the typing rests. And a question that is asked again when what it is about is another. */
import { useEffect, useRef, useState } from 'react';
import type { QueryInput, QueryOutput } from '../../hub/bridge.ts';
import { useQuery } from '../../hub/use-command.ts';
import type { WireError } from '../../../preload/contract/errors.ts';

const restMs = 350;

export interface DryRun {
  readonly result: QueryOutput<'trigger.test'> | undefined;
  readonly error: WireError | undefined;
  readonly isBusy: boolean;
}

type Ask = QueryInput<'trigger.test'>;

export function useDryRun(ask: Ask | undefined): DryRun {
  const asked = useRested(ask);
  const { result, error } = useQuery('trigger.test', asked.value);
  const [answered, setAnswered] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever comes is of what was asked last
  useEffect(() => setAnswered(asked.key), [result, error]);
  const isAsked = ask !== undefined;
  const isLate = JSON.stringify(ask) !== asked.key || answered !== asked.key;
  return {
    result: isAsked ? result : undefined,
    error: isAsked ? error : undefined,
    isBusy: isAsked && isLate,
  };
}

/** The value once it has not changed for a moment. */
function useRested(ask: Ask | undefined): { key: string | undefined; value: Ask | undefined } {
  const key = ask === undefined ? undefined : JSON.stringify(ask);
  const [rested, setRested] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setRested(key), restMs);
    return () => clearTimeout(timer);
  }, [key]);
  return { key: rested, value: rested === undefined ? undefined : (JSON.parse(rested) as Ask) };
}

/** Asks again when `key` is another; not for the first time. */
export function useReload(key: string, reload: () => void): void {
  const before = useRef(key);
  useEffect(() => {
    if (before.current === key) return;
    before.current = key;
    reload();
  }, [key, reload]);
}
