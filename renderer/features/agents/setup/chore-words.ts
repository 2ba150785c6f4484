/** What is said of the commands that make a worktree ready, or that run before it goes. Pure. */
import type { Chore } from '../../../../preload/contract/agent-chores.ts';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { sayCommand } from '../../../../preload/contract/say-command.ts';

type WithChore = AgentRecord & { readonly chore: Chore };

/** They run, and the agent waits for them. */
export function isAtChores(agent: AgentRecord): agent is WithChore {
  const { chore, state } = agent;
  const isWaiting = state === 'starting' || state === 'destroying' || state === 'stopping';
  return chore?.state === 'running' && isWaiting;
}

/** They are what matters of it: they run, or they are why it has no program now. */
export function showsChore(agent: AgentRecord): agent is WithChore {
  const { chore, state, exit } = agent;
  if (chore === undefined || isAtChores(agent)) return chore !== undefined;
  if (state !== 'stopped' || chore.state === 'done' || chore.state === 'running') return false;
  return (chore.endedMs ?? 0) >= (exit?.atMs ?? 0);
}

export function choreVerb({ kind }: Chore): string {
  return kind === 'setup' ? 'setting up' : 'tearing down';
}

/** `npm ci`, as the place of the chore is now. */
export function commandOf({ commands, index = 0 }: Chore): string {
  return sayCommand(commands[index] ?? []);
}

/** `runs npm ci, 1 of 2`. */
export function sayProgress(chore: Chore): string {
  const { commands, index = 0 } = chore;
  const place = commands.length === 1 ? '' : `, ${index + 1} of ${commands.length}`;
  return `runs ${commandOf(chore)}${place}`;
}

/** Of one that ended badly: what it was, and after its command why. */
export function sayEnd({ kind, state, error }: Chore): { title: string; text: string } {
  const what = kind === 'setup' ? 'Setup' : 'Teardown';
  if (state === 'cut') return { title: `${what} cancelled`, text: 'It runs whole the next time' };
  const [, why] = /failed: (.+)$/s.exec(error?.message ?? '') ?? [];
  return { title: `${what} failed`, text: why ?? error?.message ?? '' };
}

/** In the details: `2 commands, done`. */
export function saySummary({ commands, state }: Chore): string {
  const count = commands.length === 1 ? '1 command' : `${commands.length} commands`;
  return `${count}, ${state === 'cut' ? 'cancelled' : state}`;
}
