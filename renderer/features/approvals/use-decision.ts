/** The operator's way to a yes or no: nothing is sent before the second step. */
import { useCallback, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';

export type DecisionStep = 'idle' | 'confirming' | 'denying';

/** Resolves with what was wrong, or with nothing when it is done. */
export type Send = () => Promise<WireError | undefined>;

export interface Decision {
  readonly step: DecisionStep;
  /** The step that was taken is on its way to the hub. */
  readonly isSending: boolean;
  readonly error: WireError | undefined;
  readonly goTo: (step: DecisionStep) => void;
  readonly send: (what: Send) => void;
}

export function useDecision(): Decision {
  const [step, setStep] = useState<DecisionStep>('idle');
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<WireError>();
  const goTo = useCallback((next: DecisionStep) => {
    setStep(next);
    setError(undefined);
  }, []);
  const send = useCallback((what: Send) => {
    setIsSending(true);
    setError(undefined);
    what().then((wrong) => {
      setIsSending(false);
      setError(wrong);
      // A refused yes starts over, since what it was for may be another by now; a refused no can be sent again.
      setStep((old) => (wrong && old === 'denying' ? old : 'idle'));
    });
  }, []);
  return { step, isSending, error, goTo, send };
}
