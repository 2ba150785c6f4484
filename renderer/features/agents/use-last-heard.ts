import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useLive } from '../../hub/use-records.ts';

/** When its program last did anything that can be seen, Unix ms: what the log knows, or what its terminal said since. */
export function useLastHeard({ id, lastSeenMs }: AgentRecord): number | undefined {
  const output = useLive('output', id);
  return output === undefined ? lastSeenMs : Math.max(output.atMs, lastSeenMs ?? 0);
}
