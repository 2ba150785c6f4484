import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useNow } from '../../ui/clock.ts';
import { restartWords } from './present-restart.ts';

const secondMs = 1_000;
/** Where nothing is to come, nothing counts down. */
const restMs = 60_000;

/** As it stands now; counts down by the second while a restart is to come. */
export function useRestartWords({ restart, state }: AgentRecord): string | undefined {
  const nowMs = useNow(restart?.nextMs === undefined ? restMs : secondMs);
  return state === 'stopped' ? restartWords(restart, nowMs) : undefined;
}
