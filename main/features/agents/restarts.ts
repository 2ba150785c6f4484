/**
 * Restarts after a program ended by itself: sooner first, then later and later, and not for ever. What is to come is in the
 * log, so a hub that starts later keeps to it. Never of what somebody stopped, nor after a conversation was not taken up.
 * Pure.
 */
import { agents as contract } from '../../../preload/contract/agents.ts';
import type { Restart } from '../../../preload/contract/agent-restarts.ts';
import type { RestartPolicy } from '../../../preload/contract/agent-wishes.ts';
import type { CommandData, EventData } from '../../../preload/contract/define.ts';
import { dueRows } from '../../base/due-rows.ts';
import type { Result } from '../../base/result.ts';
import type { DecideContext, Decision, Nothing, SystemCommand } from '../../hub/feature.ts';
import type { Upcoming } from '../../hub/upcoming.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { endedResumingMs } from './conversations.ts';
import { begin, decideStop, silently } from './decide.ts';
import { ranMs } from './pausing.ts';
import { requireState } from './require.ts';
import type { Agent, AgentsState } from './slice.ts';
import { requireAgent } from './slice.ts';

type Ctx = DecideContext<AgentsState>;
export type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;
type OfSession = CommandData<typeof contract, 'agent.restart_due'>;

/** The wait before a restart doubles from the first to the last, milliseconds: what ends at once is no busy loop. */
const delayMs = { first: 1_000, last: 5 * 60_000 };
/** In a row; with their waits a quarter of an hour, longer than most outages of a network or a model. */
export const maxTries = 10;
/** A program that ran this long has worked: its next end is a first one again, milliseconds. */
const steadyMs = 10 * 60_000;

/** `tries`: how many there were before. */
export function restartDelayMs(tries: number): number {
  return Math.min(delayMs.first * 2 ** tries, delayMs.last);
}

/** When it ended, where that calls for a restart that nobody has decided on yet. */
function endedUnaskedMs(agent: Agent): number | undefined {
  const { state, exit, failure, restart, session } = agent;
  if (restart === undefined || restart.policy === 'never' || restart.session === session) return;
  if (state !== 'stopped' || failure !== undefined || exit === undefined) return undefined;
  if (exit.expected || exit.by !== undefined || exit.atMs < restart.sinceMs) return undefined;
  if (restart.policy === 'on-failure' && exit.code === 0) return undefined;
  // That is said first, and then there is nothing to start.
  return endedResumingMs(agent) === undefined ? exit.atMs : undefined;
}

/** It has happened, whatever the clock was set to since. */
const ended = dueRows<Agent>((agent) => (endedUnaskedMs(agent) === undefined ? undefined : 0));
const due = dueRows<Agent>(({ restart }) => restart?.nextMs);

type Agents = Pick<AgentsState, 'byId'>;

/** What is to be decided: ends that nobody asked for. */
export function endedUnasked({ byId }: Agents, nowMs: number): SystemCommand[] {
  return ended(byId, nowMs).map(ask('agent.schedule_restart'));
}

export function dueRestarts(agents: Agents, nowMs: number): SystemCommand[] {
  const started = due(agents.byId, nowMs).map(ask('agent.restart_due'));
  return [...endedUnasked(agents, nowMs), ...started];
}

export function upcomingRestarts(agents: AgentsState['byId']): Upcoming[] {
  return agents.values().flatMap(({ id, restart }) => {
    if (restart?.nextMs === undefined) return [];
    const title = `Start ${id} again, try ${restart.tries} of ${restart.ofTries}`;
    return [{ kind: 'restart', subject: id, atMs: restart.nextMs, title }];
  });
}

function ask(type: string): (agent: Agent) => SystemCommand {
  return ({ id, session }) => ({ type, data: { agent: id, session } });
}

export const restartHandlers = {
  'agent.set_restart': { decide: decideSetRestart },
  'agent.schedule_restart': { decide: decideSchedule },
  'agent.restart_due': { decide: decideRestartDue },
  'agent.stop': { decide: decideStopOrCancel },
};

function decideSetRestart(
  { state }: Ctx,
  data: CommandData<typeof contract, 'agent.set_restart'>,
): Result<Decision<{ agent: string; policy: RestartPolicy }>> {
  const found = requireState(state, {
    agent: data.agent,
    command: 'restart-policy',
    states: ['creating', 'starting', 'running', 'stopping', 'stopped', 'restarting'],
  });
  if (!found.ok) return found;
  const { restart } = found.value;
  const isSame = (restart?.policy ?? 'never') === data.policy;
  return decided(data, isSame ? [] : [newEvent(contract, 'agent.restart_set', data)]);
}

function decideSchedule(
  { state, nowMs }: Ctx,
  { agent: id, session }: OfSession,
): Result<Decision<Nothing>> {
  const found = requireAgent(state, id);
  if (!found.ok) return found;
  const agent = found.value;
  if (agent.session !== session || endedUnaskedMs(agent) === undefined) return decided({}, []);
  const tries = ranMs(agent) >= steadyMs ? 0 : (agent.restart?.tries ?? 0);
  const at = { agent: id, session };
  if (tries >= maxTries)
    return decided({}, [newEvent(contract, 'agent.restart_given_up', { ...at, tries })]);
  const dueMs = nowMs + restartDelayMs(tries);
  const next = { ...at, try: tries + 1, ofTries: maxTries, dueMs };
  return decided({}, [newEvent(contract, 'agent.restart_scheduled', next)]);
}

function decideRestartDue(
  { state, nowMs }: Ctx,
  { agent: id, session }: OfSession,
): Result<Decision<Nothing>> {
  const found = requireAgent(state, id);
  if (!found.ok) return found;
  const { restart, session: now, state: where } = found.value;
  const isDue = restart?.nextMs !== undefined && restart.nextMs <= nowMs;
  if (!isDue || now !== session || where !== 'stopped') return decided({}, []);
  return silently(begin(found.value));
}

/** Of one that is about to be started again, that is what is stopped. */
function decideStopOrCancel(
  ctx: Ctx,
  data: { agent: string },
): Result<Decision<{ agent: string }>> {
  const agent = ctx.state.byId.get(data.agent);
  if (agent?.restart?.nextMs === undefined) return decideStop(ctx, data);
  const cancelled = { agent: agent.id, session: agent.session };
  return decided({ agent: agent.id }, [newEvent(contract, 'agent.restart_cancelled', cancelled)]);
}

/** Which of them would start by themselves, without a program that runs. */
export function isAboutToStart({ restart }: Agent): boolean {
  return restart?.nextMs !== undefined;
}

export function restartOf(policy: RestartPolicy, sinceMs: number): Restart {
  return { policy, sinceMs, tries: 0, ofTries: maxTries };
}
