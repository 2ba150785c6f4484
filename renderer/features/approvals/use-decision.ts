/** The operator's way to a yes or no: nothing is sent before the second step. */
import { useCallback, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';

export type DecisionStep = 'idle' | 'confirming' | 'denying' | 'sending';

/** Resolves with what was wrong, or with nothing when it is done. */
export type Send = () => Promise<WireError | undefined>;

export interface Decision {
  readonly step: DecisionStep;
  readonly error: WireError | undefined;
  readonly goTo: (step: 'idle' | 'confirming' | 'denying') => void;
  readonly send: (what: Send) => void;
}

export function useDecision(): Decision {
  const [step, setStep] = useState<DecisionStep>('idle');
  const [error, setError] = useState<WireError>();
  const goTo = useCallback((next: DecisionStep) => {
    setStep(next);
    setError(undefined);
  }, []);
  const send = useCallback(
    (what: Send) => {
      const back = step === 'denying' ? 'denying' : 'idle';
      goTo('sending');
      what().then((wrong) => {
        setError(wrong);
        // A refused denial keeps its note open.
        setStep(wrong ? back : 'idle');
      });
    },
    [step, goTo],
  );
  return { step, error, goTo, send };
}
