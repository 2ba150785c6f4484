/** Deciding on this page: held for a while, undone by key or button, and listed. */
import { useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import { type Decision, isUnderWay, type NewDecision, subjectsOf } from '../hub/decisions.ts';
import { useHub } from '../hub/hub-context.tsx';
import { noteSelfMove } from './self-moves.ts';

export const undoKeys = 'z';

export function useDecide(): (decision: NewDecision) => void {
  const { decisions } = useHub();
  return useCallback(
    (decision) => {
      decisions.decide(decision);
      // What it was about goes, and the selection with it: before the page has drawn that, a second key would decide
      // the same again.
      noteSelfMove();
    },
    [decisions],
  );
}

/** The newest first. */
export function useDecisions(): readonly Decision[] {
  return useStore(useHub().decisions.store);
}

/** What was decided here and the hub has not confirmed yet: it no longer waits on this page. */
export function useUnderWay(): ReadonlyMap<string, Decision> {
  const decisions = useDecisions();
  return useMemo(
    () =>
      new Map(
        decisions
          .filter(isUnderWay)
          .flatMap((one) => subjectsOf(one).map((subject) => [subject, one] as const)),
      ),
    [decisions],
  );
}
