import { useMemo } from 'react';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import type { IntentRecord } from '../../../preload/contract/intents.ts';
import { useRecords } from '../../hub/use-records.ts';
import { useUnderWay } from '../../shell/use-decisions.ts';
import type { ViewBadge } from '../../shell/view.ts';
import { inOrder, isOpen } from './conflict-words.ts';

export const subjectOf = (conflict: string) => `conflicts/${conflict}`;

/** Those that are open, and others where they are asked for; one that was dismissed here a moment ago is not open. */
export function useConflicts(withEnded: boolean): readonly ConflictRecord[] {
  const all = useRecords('conflict');
  const underWay = useUnderWay();
  return useMemo(
    () =>
      inOrder(all.filter((one) => (withEnded || isOpen(one)) && !underWay.has(subjectOf(one.id)))),
    [all, withEnded, underWay],
  );
}

export function useConflictBadge(): ViewBadge {
  const open = useConflicts(false);
  // Agents settle the others among themselves.
  const loud = open.some(({ severity }) => severity === 'high');
  return { value: open.length, what: 'conflicts', loud };
}

/** The operator knows them best by name. */
export function useIntents(): readonly IntentRecord[] {
  const intents = useRecords('intent');
  return useMemo(() => intents.toSorted((a, b) => (a.agent < b.agent ? -1 : 1)), [intents]);
}
