/** How an agent's program ended, in words, and whether that is a failure or its limit. Pure. */
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { isBudgetSpent } from '../../../preload/contract/say-cost.ts';
import { limitReached } from '../../../preload/contract/limits.ts';

/** Its program broke off, or the work behind its last change went wrong. One that came to its end, its limit or its budget has not failed. */
export function hasFailed({ failure, state, exit, restart }: AgentRecord): boolean {
  if (isAtLimit(failure)) return false;
  if (failure !== undefined || restart?.isGivenUp) return true;
  return state === 'stopped' && exit?.expected === false && exit.code !== 0;
}

/** After `Its program`: `was stopped by you`, `ended with exit code 1`; undefined when it has not ended. */
export function describeExit({
  exit,
  failure,
}: Pick<AgentRecord, 'exit' | 'failure'>): string | undefined {
  if (!exit) return undefined;
  if (exit.by === 'operator') return 'was stopped by you';
  if (exit.by === 'system') return stoppedAt(failure) ?? 'was stopped when Musher closed';
  if (exit.expected) return 'was stopped';
  if (exit.signal) return `was ended by ${exit.signal}`;
  if (exit.code === null) return 'ended, and nobody saw how';
  return exit.code === 0 ? 'ended by itself' : `ended with exit code ${exit.code}`;
}

/** It was stopped because it, or all that a budget is about, had used what they may use. */
export function isAtLimit(failure: AgentRecord['failure']): boolean {
  return limitWord(failure) !== undefined;
}

/** `at its limit`, `at its budget`. */
export function limitWord(failure: AgentRecord['failure']): string | undefined {
  if (isBudgetSpent(failure)) return 'at its budget';
  return limitReached(failure) && 'at its limit';
}

export const limitNames = { turns: 'turns', costUsd: 'cost', timeMs: 'time' } as const;

/** `was stopped at its limit of turns`, `was stopped at its budget`. */
export function stoppedAt(failure: AgentRecord['failure']): string | undefined {
  if (isBudgetSpent(failure)) return 'was stopped at its budget';
  const kind = limitReached(failure);
  return kind && `was stopped at its limit of ${limitNames[kind]}`;
}
