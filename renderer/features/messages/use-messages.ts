import { useEffect, useMemo, useRef, useState } from 'react';
import { useHub } from '../../hub/hub-context.tsx';
import { runCommand } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { countUnread } from './message-names.ts';

/** Messages to the operator that are not read yet, by agent. */
export function useUnread(): ReadonlyMap<string, number> {
  const waiting = useRecords('waiting');
  return useMemo(() => countUnread(waiting), [waiting]);
}

/** Their numbers. */
export function useUnreadNumbers(): ReadonlySet<number> {
  const waiting = useRecords('waiting');
  return useMemo(
    () => new Set(waiting.filter(({ kind }) => kind === 'message').map(({ seq }) => seq)),
    [waiting],
  );
}

/** Looking at an agent's conversation reads what it wrote to the operator. */
export function useMarkRead(agent: string | undefined): void {
  const { bridge } = useHub();
  const waiting = useRecords('waiting');
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const unread = waiting.filter((item) => item.kind === 'message' && item.agent === agent);
    for (const { id } of unread) {
      // It stays on the list until the hub has taken it off.
      if (asked.current.has(id)) continue;
      asked.current.add(id);
      void runCommand(bridge, 'inbox.dismiss', { item: id });
    }
  }, [bridge, agent, waiting]);
}

/** A wait shorter than this is none, milliseconds. */
const slowMs = 500;

/** True once it has lasted for half a second. */
export function useIsSlow(isWaiting: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setSlow(true), slowMs);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [isWaiting]);
  return isSlow;
}
