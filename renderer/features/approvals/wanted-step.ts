/** What is to be asked in the review as soon as it can be: chosen elsewhere, for one approval. */
import { useEffect } from 'react';
import { create } from 'zustand';

export interface WantedStep {
  readonly approval: string;
  readonly step: 'confirming' | 'denying';
}

const useWanted = create<{ readonly wanted: WantedStep | undefined }>(() => ({
  wanted: undefined,
}));

export function wantStep(wanted: WantedStep | undefined): void {
  useWanted.setState({ wanted });
}

interface Taker {
  readonly approval: string;
  /** A yes can be said: its diff is there. */
  readonly mayApprove: boolean;
  /** It can be denied. */
  readonly isOpen: boolean;
  readonly onStep: (step: WantedStep['step']) => void;
}

/** Takes what is wanted of this one; what is wanted of another is given up once this one is looked at. */
export function useWantedStep({ approval, mayApprove, isOpen, onStep }: Taker): void {
  const wanted = useWanted((state) => state.wanted);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is taken once, whichever function takes it
  useEffect(() => {
    if (wanted === undefined) return;
    if (wanted.approval !== approval || !isOpen) return wantStep(undefined);
    if (wanted.step === 'confirming' && !mayApprove) return;
    wantStep(undefined);
    onStep(wanted.step);
  }, [wanted, approval, mayApprove, isOpen]);
}
