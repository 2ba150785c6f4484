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

/** Each letter is another question: it is asked when the typing pauses, milliseconds. */
const pauseMs = 120;

/** What is typed, at once, and told after a pause. */
export function useTyped(value: string, onTyped: (value: string) => void) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(onTyped);
  useEffect(() => {
    latest.current = onTyped;
  });
  // Changed from outside: cleared, or another address.
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    clearTimeout(timer.current);
    setTyped(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      told.current = next;
      latest.current(next);
    }, pauseMs);
  };
  return [typed, type] as const;
}
