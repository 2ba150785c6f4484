import { useMemo } from 'react';
import { useRecords } from '../../hub/use-records.ts';
import { useWaiting } from './use-waiting.ts';

/** For the status bar: how many there are, and what they are at. */
export function useAgentsStatus(): string {
  const agents = useRecords('agent');
  const waiting = useWaiting();
  const words = useMemo(() => {
    const kept = agents.filter(({ state }) => state !== 'destroyed');
    const working = kept.filter(
      ({ state, status, paused }) => state === 'running' && !paused && status.value === 'working',
    );
    if (kept.length === 0) return 'No agents';
    return `${kept.length} ${kept.length === 1 ? 'agent' : 'agents'}, ${working.length} working`;
  }, [agents]);
  if (waiting.size === 0) return words;
  return `${words}, ${waiting.size} ${waiting.size === 1 ? 'waits' : 'wait'} for you`;
}
