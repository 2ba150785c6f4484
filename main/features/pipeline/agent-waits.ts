/** Why an agent cannot be given a story, or does not work on the one that it has. Pure. */
import type { StoryWait } from '../../../preload/contract/pipeline.ts';
import { isBudgetSpent } from '../../../preload/contract/say-cost.ts';
import { limitReached } from '../../../preload/contract/limits.ts';
import { type Agent, endedResumingMs } from '../agents/index.ts';

export interface Wait {
  readonly why: StoryWait;
  readonly what: string;
  readonly untilMs?: number | undefined;
}

/** Of an agent that is to be given a story. */
export function waitToGive(agent: Agent): Wait | undefined {
  const { id, state, paused, failure, restart } = agent;
  if (paused !== undefined) return pausedWait(agent);
  if (state === 'running') return rateLimit(agent);
  if (state !== 'stopped')
    return state === 'destroying' || state === 'destroyed'
      ? wait('agent-stopped', `agent ${id} is ${state}`)
      : wait('starting', `agent ${id} is ${state}`);
  if (restart?.nextMs !== undefined)
    return wait('restarting', `agent ${id} is started again by its restart policy`);
  if (failure === undefined || isUnresumed(agent)) return undefined;
  return failed(agent);
}

/** Of one that has the story: why it does not work on it; undefined where it works, or where its end is to be looked at. */
export function waitAtWork(agent: Agent, now: Now): Wait | undefined {
  const { id, state, paused, exit, failure, restart } = agent;
  if (paused !== undefined) return pausedWait(agent);
  if (state === 'running') return rateLimit(agent);
  if (state !== 'stopped') return wait('starting', `agent ${id} is ${state}`);
  if (restart?.nextMs !== undefined)
    return wait('restarting', `agent ${id} is started again by its restart policy`);
  if (endedResumingMs(agent) !== undefined)
    return wait('restarting', `agent ${id} did not take up its conversation`);
  if (failure !== undefined) return isUnresumed(agent) ? undefined : failed(agent);
  const isOurs = exit?.by === 'system' && exit.atMs < now.sinceMs;
  if (exit === undefined || (exit.expected && !isOurs)) return stopped(agent);
  return rateLimit(agent, now.nowMs);
}

export interface Now {
  readonly nowMs: number;
  /** When this hub began, Unix ms: what was stopped before it was stopped with the hub. */
  readonly sinceMs: number;
}

/** Its CLI did not take up the conversation: a new one can. */
export function isUnresumed({ failure }: Pick<Agent, 'failure'>): boolean {
  return failure?.code === 'RESUME_FAILED';
}

function wait(why: StoryWait, what: string, untilMs?: number): Wait {
  return { why, what, ...(untilMs !== undefined && { untilMs }) };
}

function pausedWait({ id }: Agent): Wait {
  return wait('agent-paused', `agent ${id} is paused: musher agent resume ${id}`);
}

function stopped({ id }: Agent): Wait {
  return wait('agent-stopped', `agent ${id} was stopped: musher agent start ${id}`);
}

function failed({ id, failure }: Agent): Wait {
  const { message = '', mend = '' } = failure ?? {};
  const isLimit = limitReached(failure) !== undefined || isBudgetSpent(failure);
  return wait(isLimit ? 'agent-limit' : 'agent-failed', `agent ${id}: ${message} ${mend}`);
}

/** While it runs, it is told to go on by itself; of one that ended, `nowMs` says whether that time is over. */
function rateLimit({ id, limit }: Agent, nowMs = 0): Wait | undefined {
  if (limit?.untilMs === undefined || limit.untilMs <= nowMs) return undefined;
  return wait('rate-limit', `agent ${id} waits for the limit of its account`, limit.untilMs);
}
