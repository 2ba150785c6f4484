import { useMemo } from 'react';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import { useRecords } from '../../hub/use-records.ts';

/** How many things each agent waits for the operator with. What was put off stops it all the same. */
export function countWaiting(waiting: readonly WaitingItem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { agent, isBlocking } of waiting)
    if (isBlocking) counts.set(agent, (counts.get(agent) ?? 0) + 1);
  return counts;
}

export function useWaiting(): ReadonlyMap<string, number> {
  const waiting = useRecords('waiting');
  return useMemo(() => countWaiting(waiting), [waiting]);
}
