import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { useLive } from '../../hub/use-records.ts';

/** That its worktree vanished under its program, and what to do; undefined while all is well. */
export function useLostWorktree({ id, state }: AgentRecord): WireError | undefined {
  const lost = useLive('lostWorktree', id);
  return state === 'running' ? lost?.error : undefined;
}
