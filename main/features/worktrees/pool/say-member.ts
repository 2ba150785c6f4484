/** What a row of the list says of a worktree of the pool, and of one whose setup runs or failed. Pure. */
import type { Chore } from '../../../../preload/contract/agent-chores.ts';
import { sayCommand } from '../../../../preload/contract/say-command.ts';
import type { PoolMemberRecord } from '../../../../preload/contract/worktree-pool.ts';

/** `member`: its live record, where there is one. */
export function sayMember(member: unknown): { why?: string } {
  if (member === undefined) return {};
  const { state, command, problem } = member as PoolMemberRecord;
  if (state === 'setting up' && command !== undefined) return { why: `setting up: ${command}` };
  if (state === 'failed' && problem !== undefined)
    return { why: `it could not be made ready and is tried again: ${problem.message}` };
  return { why: words[state] };
}

/** `chore`: the newest of the agent that works there. What is done is no news. */
export function sayChore(chore: Chore | undefined): { why?: string } {
  if (chore === undefined || chore.state === 'done') return {};
  const { kind, state, commands, index = 0 } = chore;
  const command = sayCommand(commands[index] ?? []);
  if (state === 'running')
    return { why: `${kind === 'setup' ? 'setting up' : 'tearing down'}: ${command}` };
  return { why: `its ${kind} ${state === 'cut' ? 'was cancelled' : 'failed'}: ${command}` };
}

const words: Readonly<Record<PoolMemberRecord['state'], string>> = {
  ready: 'ready for a new agent',
  making: 'being made ready',
  refreshing: 'being brought up to date',
  'setting up': 'being set up',
  failed: 'it could not be made ready and is tried again',
};
