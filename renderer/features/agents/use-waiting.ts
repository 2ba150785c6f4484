import { useMemo } from 'react';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import { useStore } from 'zustand';
import { useHub } from '../../hub/hub-context.tsx';
import { selectRecords, useRecords } from '../../hub/use-records.ts';

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

const counted = new WeakMap<readonly WaitingItem[], ReadonlyMap<string, number>>();

/** The same of one: what is drawn by it is drawn again only when its own number changes. */
export function useWaitingOf(agent: string): number {
  return useStore(useHub().mirror, (state) => {
    const waiting = selectRecords(state, 'waiting');
    const counts = counted.get(waiting) ?? countWaiting(waiting);
    counted.set(waiting, counts);
    return counts.get(agent) ?? 0;
  });
}
