/** How an agent's state and status look and read. Pure; the same in the sidebar, the inbox and the grid. */
import type { AgentRecord, AgentState, AgentStatus } from '../../../preload/contract/agents.ts';
import { choreVerb, isAtChores, sayProgress, showsChore } from './setup/chore-words.ts';
import type { DotShape, DotTone } from '../../ui/status-dot.tsx';
import type { Ending } from '../terminals/index.ts';
import { describeExit, hasFailed, isAtLimit, limitWord } from './agent-exit.ts';

export interface Appearance {
  readonly shape: DotShape;
  readonly tone: DotTone;
  readonly word: string;
}

/** One look for what matters most: broken, in transition, at rest, or what it does. */
export function presentAgent(agent: AgentRecord): Appearance {
  if (agent.paused) return { shape: 'bars', tone: 'muted', word: 'paused' };
  if (agent.state === 'running') return lookOfStatus(agent.status);
  if (isAtChores(agent)) return { shape: 'half', tone: 'blue', word: choreVerb(agent.chore) };
  if (agent.restart?.nextMs !== undefined) return { shape: 'half', tone: 'amber', word: 'ended' };
  const limit = agent.state === 'stopped' ? limitWord(agent.failure) : undefined;
  if (limit !== undefined) return { shape: 'square', tone: 'amber', word: limit };
  if (agent.state === 'stopped' && hasFailed(agent))
    return { shape: 'cross', tone: 'red', word: 'failed' };
  if (agent.state === 'stopped')
    return atRest(agent.exit?.expected === false ? 'ended' : 'stopped');
  if (agent.state === 'destroyed') return { shape: 'dashed', tone: 'muted', word: 'destroyed' };
  return { shape: 'half', tone: 'muted', word: agent.state };
}

const atRest = (word: string): Appearance => ({ shape: 'ring', tone: 'muted', word });

const statusLooks: Readonly<Record<AgentStatus['value'], Appearance>> = {
  working: { shape: 'disc', tone: 'blue', word: 'working' },
  waiting: { shape: 'diamond', tone: 'amber', word: 'waiting' },
  blocked: { shape: 'square', tone: 'red', word: 'blocked' },
  done: { shape: 'check', tone: 'green', word: 'done' },
  idle: { shape: 'ring', tone: 'muted', word: 'idle' },
  unknown: { shape: 'dashed', tone: 'muted', word: 'running' },
};

/** Where the agent has not said what it does, what happened to it last. */
function lookOfStatus({ value, source }: AgentStatus): Appearance {
  if (value !== 'unknown') return statusLooks[value];
  if (source === 'answer') return { ...statusLooks.unknown, word: 'answered' };
  if (source === 'review') return { ...statusLooks.unknown, word: 'reviewed' };
  if (source === 'silence') return { ...statusLooks.unknown, word: 'silent' };
  return statusLooks.unknown;
}

/** Since when it is what `presentAgent` says. */
export function sinceOf(agent: AgentRecord): number {
  if (agent.paused) return agent.paused.sinceMs;
  if (isAtChores(agent)) return agent.chore.startedMs;
  return agent.state === 'running' ? agent.status.sinceMs : agent.stateSinceMs;
}

const reasons: Readonly<Record<AgentStatus['source'], string>> = {
  none: 'It has not said what it is doing.',
  hook: 'Its program says so.',
  report: 'It said so itself.',
  question: 'Its question is not answered yet.',
  approval: 'Its commit is not reviewed yet.',
  wait: 'What it asked for is not decided yet.',
  answer: 'Its question was answered, and it has said nothing since.',
  review: 'Its commit was reviewed, and it has said nothing since.',
  process: 'Its program is not running.',
  screen: 'Its screen looks like it; it has no hooks that tell.',
  silence: 'It was at work, and nothing has been heard of it for half an hour.',
};

/** Why it is what `presentAgent` says, as a sentence. */
export function reasonOf(agent: AgentRecord): string {
  if (agent.failure) return agent.failure.message;
  if (agent.paused)
    return agent.paused.by === 'operator' ? 'It was paused by you.' : 'It was found paused.';
  if (agent.state === 'running') return reasons[agent.status.source];
  if (isAtChores(agent)) return `${capitalized(sayProgress(agent.chore))}.`;
  if (isTransient(agent.state)) return 'This ends by itself.';
  if (agent.state === 'destroyed') return 'It can be revived.';
  if (agent.chore?.state === 'cut' && showsChore(agent)) return 'Its setup was cancelled.';
  const ending = describeExit(agent);
  return ending === undefined ? 'It was never started.' : `Its program ${ending}.`;
}

/** What is said below the last screen. Undefined where only the terminal knows. */
export function endingOf(agent: AgentRecord): Ending | undefined {
  if (agent.state === 'destroying')
    return { text: 'Its files are kept, then its worktree is removed', isCalm: true };
  if (isTransient(agent.state)) return { text: `${capitalized(agent.state)}…`, isCalm: true };
  const text = describeExit(agent);
  if (text === undefined) return undefined;
  return {
    text: capitalized(text.replace(/^was /, '')),
    isCalm: !hasFailed(agent) && !isAtLimit(agent.failure),
  };
}

export function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const transient: ReadonlySet<AgentState> = new Set([
  'creating',
  'starting',
  'stopping',
  'restarting',
  'destroying',
]);

export function isTransient(state: AgentState): boolean {
  return transient.has(state);
}

/** In the order they were added: a list whose rows jump cannot be learnt. */
export function byAge(a: AgentRecord, b: AgentRecord): number {
  return a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1);
}
