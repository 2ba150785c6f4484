/** What a screen's word comes to, where no hook is heard. Pure. */
import type { ScreenWord } from '../../../../preload/contract/status-evidence.ts';
import type { AgentStatus } from '../../../../preload/contract/agents.ts';

export interface ScreenEvidence {
  readonly tells: ScreenWord;
  readonly atMs: number;
  /** When the turn began that it is of. */
  readonly turnMs: number;
}

const values = { busy: 'working', ready: 'idle', waiting: 'waiting', limit: 'blocked' } as const;

/**
 * Below the agent's own word, as far as that word is of now: a screen that became another one after it was said shows what
 * came after it. `done` and `blocked` of this very turn go on when the CLI is back at its prompt: they say why.
 */
export function screenStatus(
  { tells, atMs, turnMs }: ScreenEvidence,
  said: AgentStatus,
): AgentStatus {
  if (tells === 'nothing') return said;
  if (said.value !== 'unknown' && said.sinceMs >= atMs) return said;
  const isReason = said.value === 'done' || said.value === 'blocked';
  if (tells === 'ready' && isReason && said.sinceMs >= turnMs) return said;
  return { value: values[tells], source: 'screen', sinceMs: atMs };
}
