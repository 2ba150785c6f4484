/** How an agent's state and status look and read. Pure; the same in the sidebar, the inbox and the grid. */
import type { AgentRecord, AgentState, AgentStatus } from '../../../preload/contract/agents.ts';
import type { DotShape, DotTone } from '../../ui/status-dot.tsx';

export interface Appearance {
  readonly shape: DotShape;
  readonly tone: DotTone;
  readonly word: string;
}

/** One look for what matters most: broken, in transition, at rest, or what it does. */
export function presentAgent(agent: AgentRecord): Appearance {
  if (agent.state === 'running') return statusLooks[agent.status.value];
  if (agent.state === 'stopped' && hasFailed(agent))
    return { shape: 'cross', tone: 'red', word: 'failed' };
  if (agent.state === 'stopped') return { shape: 'ring', tone: 'muted', word: 'stopped' };
  if (agent.state === 'destroyed') return { shape: 'dashed', tone: 'muted', word: 'destroyed' };
  return { shape: 'half', tone: 'muted', word: agent.state };
}

const statusLooks: Readonly<Record<AgentStatus['value'], Appearance>> = {
  working: { shape: 'disc', tone: 'blue', word: 'working' },
  waiting: { shape: 'diamond', tone: 'amber', word: 'waiting' },
  blocked: { shape: 'square', tone: 'red', word: 'blocked' },
  done: { shape: 'check', tone: 'green', word: 'done' },
  idle: { shape: 'ring', tone: 'muted', word: 'idle' },
  unknown: { shape: 'dashed', tone: 'muted', word: 'unknown' },
};

/** It ended without being told to, or the work behind its last change went wrong. */
export function hasFailed(agent: AgentRecord): boolean {
  return (
    agent.failure !== undefined || (agent.state === 'stopped' && agent.exit?.expected === false)
  );
}

const sources: Readonly<Record<AgentStatus['source'], string>> = {
  none: 'nothing has been heard yet',
  report: 'the agent said so',
  question: 'it has an open question',
  approval: 'it has asked for an approval',
  answer: 'its question was answered, and it has said nothing since',
  review: 'its commit was reviewed, and it has said nothing since',
  process: 'its process',
};

/** Why the status is what it is. */
export function evidenceOf(agent: AgentRecord): string {
  return sources[agent.status.source];
}

/** `exited with code 1`, `was ended by SIGKILL`; undefined when it has not ended. */
export function describeExit({ exit }: Pick<AgentRecord, 'exit'>): string | undefined {
  if (!exit) return undefined;
  if (exit.signal) return `was ended by ${exit.signal}`;
  return exit.code === null ? 'ended' : `exited with code ${exit.code}`;
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
