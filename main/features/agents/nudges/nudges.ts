/**
 * A nudge has a receipt: sent, seen on the screen, accepted by the CLI, or visibly failed. A limit of an account is a time in the
 * log, after which the agent is nudged: so it goes on whoever has slept or died meanwhile. Pure.
 */
import type { Limit, Nudge, NudgeState } from '../../../../preload/contract/agent-nudges.ts';
import { agents as contract } from '../../../../preload/contract/agents.ts';
import type { CommandData, EventData } from '../../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../../preload/contract/envelope.ts';
import { dueRows } from '../../../base/due-rows.ts';
import type { Result } from '../../../base/result.ts';
import type {
  DecideContext,
  Decision,
  Effect,
  NewEvent,
  Nothing,
  SystemCommand,
} from '../../../hub/feature.ts';
import type { Upcoming } from '../../../hub/upcoming.ts';
import { decided, newEvent } from '../../../hub/feature.ts';
import { requireState } from '../require.ts';
import type { Agent, AgentsState } from '../slice.ts';
import { requireAgent } from '../slice.ts';
import { resetTimeIn } from './reset-time.ts';

type Ctx = DecideContext<AgentsState>;
type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

/** Where the CLI does not say until when: five minutes, then twice as long each time, up to an hour. */
const guessMs = { first: 5 * 60_000, last: 60 * 60_000 };
/** The clocks of others are not ours. */
const slackMs = 30_000;

export const nudgeHandlers = {
  'agent.nudge': {
    decide: (ctx: Ctx, data: Typed) =>
      decideNudge(ctx, data, ctx.actor === 'operator' ? 'operator' : 'watchdog'),
  },
  'agent.kick': { decide: (ctx: Ctx, data: Typed) => decideNudge(ctx, data, 'kick') },
  'agent.nudge_told': { decide: decideTold },
  'agent.limit_over': { decide: decideLimitOver },
};

type Typed = CommandData<typeof contract, 'agent.nudge'>;

function decideNudge(
  ctx: Ctx,
  { agent: id, text }: Typed,
  by: Nudge['by'],
): Result<Decision<{ agent: string; nudge: string }>> {
  const command = by === 'kick' ? 'kick' : 'nudge';
  const found = requireState(ctx.state, { agent: id, command, states: ['running'] });
  if (!found.ok) return found;
  const nudge = ctx.newId('nudge');
  const { events, effects } = nudging({ agent: id, nudge, text, by });
  return decided({ agent: id, nudge }, events, effects);
}

function nudging(data: Data<'agent.nudged'>): { events: NewEvent[]; effects: Effect[] } {
  const { agent } = data;
  const effect = { kind: 'agent.type_nudge', lane: `agent/${agent}`, data };
  return { events: [newEvent(contract, 'agent.nudged', data)], effects: [effect] };
}

const order: readonly NudgeState[] = ['sending', 'sent', 'seen', 'accepted', 'failed'];

/** Only forward, and only of the newest. */
function decideTold(
  { state }: Ctx,
  data: CommandData<typeof contract, 'agent.nudge_told'>,
): Result<Decision<Nothing>> {
  const known = state.byId.get(data.agent)?.nudge;
  const isNews =
    known?.id === data.nudge &&
    !isOver(known) &&
    order.indexOf(data.to) > order.indexOf(known.state);
  return decided({}, isNews ? [newEvent(contract, 'agent.nudge_told', data)] : []);
}

export function isOver({ state }: Nudge): boolean {
  return state === 'accepted' || state === 'failed';
}

/** What a hook of a limit leads to besides its own event. */
export function limited(agent: Agent, detail: string | undefined, nowMs: number): NewEvent[] {
  const { id, limit } = agent;
  const tries = (limit?.tries ?? 0) + 1;
  const said = resetTimeIn(detail ?? '', nowMs);
  const guessed = Math.min(guessMs.first * 2 ** (tries - 1), guessMs.last);
  const untilMs = said === undefined ? nowMs + guessed : said + slackMs;
  // What is known of already, and ends later, stays.
  if ((limit?.untilMs ?? 0) >= untilMs) return [];
  const data = { agent: id, untilMs, isGuess: said === undefined, tries };
  return [newEvent(contract, 'agent.limited', data)];
}

const limitsOver = dueRows<Agent>(endOfLimit);

function endOfLimit({ state, limit, paused }: Agent): number | undefined {
  return state === 'running' && paused === undefined ? limit?.untilMs : undefined;
}

export function upcomingLimits(agents: AgentsState['byId']): Upcoming[] {
  return agents.values().flatMap((agent) => {
    const atMs = endOfLimit(agent);
    if (atMs === undefined) return [];
    const guess = agent.limit?.isGuess === true ? ', as far as can be told' : '';
    const title = `Tell ${agent.id} to go on: its limit is over then${guess}`;
    return [{ kind: 'limit', subject: agent.id, atMs, title }];
  });
}

export function dueLimits({ byId }: Pick<AgentsState, 'byId'>, nowMs: number): SystemCommand[] {
  return limitsOver(byId, nowMs).map(({ id }) => ({
    type: 'agent.limit_over',
    data: { agent: id },
  }));
}

function decideLimitOver(
  ctx: Ctx,
  { agent: id }: CommandData<typeof contract, 'agent.limit_over'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, id);
  if (!found.ok) return found;
  const { limit, state, paused } = found.value;
  const isDue = limit?.untilMs !== undefined && limit.untilMs <= ctx.nowMs;
  if (!isDue || state !== 'running' || paused !== undefined) return decided({}, []);
  const text = 'The limit is over. Continue.';
  const { events, effects } = nudging({ agent: id, nudge: ctx.newId('nudge'), text, by: 'limit' });
  return decided({}, events, effects);
}

/** The wait for a limit ends with whatever is typed to it. */
export function nudged(
  agent: Agent,
  { nudge: id, text, by }: Data<'agent.nudged'>,
  { atMs }: EventEnvelope,
): Agent {
  const nudge: Nudge = { id, text, by, state: 'sending', atMs, stateMs: atMs };
  const { limit } = agent;
  return { ...agent, nudge, limit: limit && { ...limit, untilMs: undefined } };
}

export function nudgeTold(
  agent: Agent,
  { nudge: id, to, reason }: Data<'agent.nudge_told'>,
  { atMs }: EventEnvelope,
): Agent {
  const { nudge } = agent;
  if (nudge?.id !== id) return agent;
  const why = reason === undefined ? {} : { reason };
  return { ...agent, nudge: { ...nudge, state: to, stateMs: atMs, ...why } };
}

export function limitSet(
  agent: Agent,
  { untilMs, isGuess, tries }: Data<'agent.limited'>,
  { atMs }: EventEnvelope,
): Agent {
  const limit: Limit = { sinceMs: agent.limit?.sinceMs ?? atMs, untilMs, isGuess, tries };
  return { ...agent, limit };
}

/** What its CLI tells of itself: it works on what it was told, and a turn that ended well has seen no limit. */
export function afterTelling(
  agent: Agent,
  event: string,
  atMs: number,
): Pick<Agent, 'nudge' | 'limit'> {
  const { nudge, limit } = agent;
  const isTaken = event === 'busy' && nudge !== undefined && !isOver(nudge);
  const next: Nudge | undefined = isTaken ? { ...nudge, state: 'accepted', stateMs: atMs } : nudge;
  if (event === 'idle') return { nudge: next, limit: undefined };
  if (event !== 'busy' || limit === undefined) return { nudge: next, limit };
  return { nudge: next, limit: { ...limit, untilMs: undefined } };
}

/** Of a session that is over. */
export const noNudge = { nudge: undefined, limit: undefined } as const;
