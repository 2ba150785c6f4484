/** What the watchdog's commands lead to. The clock's own look again at what they say: it may be past by now. Pure. */
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import type { LimitKind } from '../../../preload/contract/limits.ts';
import { watchdog as contract } from '../../../preload/contract/watchdog.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { DecideContext, Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { requireActingAgent, requireAgent, selectAgents } from '../agents/index.ts';
import { terminalIdOf } from '../terminals/index.ts';
import { findUnclaimed } from './orphans.ts';
import type { Watch, WatchdogState } from './slice.ts';
import { newWatch } from './slice.ts';
import { withWishes } from './reduce.ts';
import { boundaries } from './stuck.ts';

type Ctx = DecideContext<WatchdogState>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;

export function requireWatch(ctx: Pick<Ctx, 'state' | 'hub'>, agent: string): Result<Watch> {
  const found = requireAgent(selectAgents(ctx.hub), agent);
  return found.ok ? ok(ctx.state.get(agent) ?? newWatch(agent)) : found;
}

export function decideLimits(
  ctx: Ctx,
  { agent, ...wishes }: Data<'agent.limits'>,
): Result<Decision<CommandResult<typeof contract, 'agent.limits'>>> {
  const found = requireWatch(ctx, agent);
  if (!found.ok) return found;
  const { limits: before } = found.value;
  const isNews = (Object.keys(wishes) as LimitKind[]).some(
    (kind) => wishes[kind] !== undefined && wishes[kind] !== (before[kind] ?? 'config'),
  );
  const set = newEvent(contract, 'watchdog.limits_set', { agent, ...wishes });
  return decided({ agent, limits: withWishes(before, wishes) }, isNews ? [set] : []);
}

/** So much more is worth a place in the log. */
const noticeable = { costUsd: 0.01, contextTokens: 5_000 };

export function decideUsage(
  ctx: Ctx,
  { costUsd, contextTokens }: Data<'agent.usage'>,
): Result<Decision<Nothing>> {
  const self = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!self.ok) return self;
  const agent = self.value.id;
  const { run } = ctx.state.get(agent) ?? newWatch(agent);
  const cost = isNoticeable(run.lastCostUsd, costUsd, noticeable.costUsd);
  const context = isNoticeable(run.contextTokens, contextTokens, noticeable.contextTokens);
  const isAcross =
    contextTokens !== undefined && isBloated(contextTokens) !== isBloated(run.contextTokens ?? 0);
  if (self.value.state !== 'running' || !(cost || context || isAcross)) return decided({}, []);
  const told = {
    ...(costUsd !== undefined && { costUsd }),
    ...(contextTokens !== undefined && { contextTokens }),
  };
  return decided({}, [newEvent(contract, 'watchdog.usage_told', { agent, ...told })]);
}

/** In whole steps, so that no rounding hides one. */
function isNoticeable(known: number | undefined, told: number | undefined, step: number): boolean {
  if (told === undefined) return false;
  return known === undefined || Math.abs(told - known) > step - step / 1_000;
}

const isBloated = (tokens: number) => tokens >= boundaries.contextTokens;

export function decideNear(ctx: Ctx, data: Data<'watchdog.near_limit'>): Result<Decision<Nothing>> {
  const isNews =
    ctx.state.get(data.agent)?.near[data.kind] !== data.of && isRunning(ctx, data.agent);
  return decided({}, isNews ? [newEvent(contract, 'watchdog.limit_near', data)] : []);
}

export function decideClear(
  { state }: Ctx,
  data: Data<'watchdog.clear_near'>,
): Result<Decision<Nothing>> {
  const isKnown = state.get(data.agent)?.near[data.kind] !== undefined;
  return decided({}, isKnown ? [newEvent(contract, 'watchdog.near_cleared', data)] : []);
}

export function decideStuck(
  ctx: Ctx,
  data: Data<'watchdog.find_stuck'>,
): Result<Decision<Nothing>> {
  const watch = ctx.state.get(data.agent);
  const isKnown = watch?.stuck.some(({ shape }) => shape === data.shape);
  const isNews = watch !== undefined && !isKnown && isRunning(ctx, data.agent);
  return decided({}, isNews ? [newEvent(contract, 'watchdog.stuck_found', data)] : []);
}

export function decideFree(ctx: Ctx, data: Data<'watchdog.find_free'>): Result<Decision<Nothing>> {
  const isKnown = ctx.state.get(data.agent)?.stuck.some(({ shape }) => shape === data.shape);
  return decided({}, isKnown ? [newEvent(contract, 'watchdog.stuck_gone', data)] : []);
}

/** Of a machine on which nothing ran there is nothing to tell. */
export function decideWake({ state }: Ctx, data: Data<'watchdog.wake'>): Result<Decision<Nothing>> {
  const ran = state.values().some(({ run }) => run.runningSinceMs !== undefined);
  return decided({}, ran ? [newEvent(contract, 'watchdog.slept', data)] : []);
}

/** Against the newest agents: one may have begun to start since the look. */
export function decideReap(
  { hub }: Ctx,
  { terminalId }: Data<'watchdog.reap'>,
): Result<Decision<Nothing>> {
  const agents = selectAgents(hub).byId.values();
  const isUnclaimed = findUnclaimed(agents, new Set([terminalId]), terminalIdOf).length > 0;
  if (!isUnclaimed) return decided({}, []);
  const effect = { kind: 'watchdog.reap', lane: `orphan/${terminalId}`, data: { terminalId } };
  return decided({}, [newEvent(contract, 'watchdog.orphan_reaped', { terminalId })], [effect]);
}

function isRunning({ hub }: Ctx, agent: string): boolean {
  const found = selectAgents(hub).byId.get(agent);
  return found?.state === 'running' && found.paused === undefined;
}
