/** What the commands of costs lead to. Pure. */
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import type { CostCursor, CostRow } from '../../../preload/contract/cost-records.ts';
import { hourMs } from '../../../preload/contract/cost-records.ts';
import { amountWords } from '../../../preload/contract/say-cost.ts';
import { costs as contract } from '../../../preload/contract/costs.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { refuse } from '../../base/result.ts';
import type { DecideContext, Decision, HubState, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import type { Agent } from '../agents/index.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import { isInWork, selectStories } from '../stories/index.ts';
import { budgetUses } from './budgets.ts';
import { daysIn } from './days.ts';
import type { CostSettings } from './ports.ts';
import { budgetId } from './reduce.ts';
import type { CostsState } from './slice.ts';
import { cursorKey, isMain } from './slice.ts';

type Ctx = DecideContext<CostsState>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;
type Answer<K extends keyof (typeof contract)['commands']> = Result<
  Decision<CommandResult<typeof contract, K>>
>;

export function cursorOf(state: CostsState, agent: Agent, record: string): CostCursor {
  const known = state.cursors.get(cursorKey(agent.id, record));
  if (known !== undefined) return known;
  // What was said before the agent was there is not its own, and what another of its conversations brought along is told already.
  const told = isMain(record) ? (state.tellers.get(agent.id)?.untilMs ?? 0) : 0;
  const untilMs = Math.max(agent.createdMs, told);
  return { record, at: 0, to: 0, untilMs, memo: '' };
}

export function decideTell(ctx: Ctx, data: Data<'cost.tell'>): Answer<'cost.tell'> {
  const self = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!self.ok) return self;
  const { id: agent, profile } = self.value;
  const { at, ...rest } = data;
  const { at: now } = cursorOf(ctx.state, self.value, data.record);
  if (at !== now) return refuse('COST_CURSOR_MOVED', { record: data.record, now, at });
  const story = storyOf(ctx.hub, agent);
  const told = {
    ...rest,
    ...{ agent, profile, ...(story !== undefined && { story }) },
    untilMs: Math.min(rest.untilMs, ctx.nowMs),
    rows: rest.rows.map((row) => inTime(row, ctx.nowMs)),
  };
  return decided({ at: now + 1 }, [newEvent(contract, 'cost.told', told)]);
}

/** A clock that goes wrong must not put money into days to come. */
function inTime(row: CostRow, nowMs: number): CostRow {
  const at = Math.min(row.hourMs, nowMs);
  return { ...row, hourMs: at - (at % hourMs) };
}

/** The story that it works on; of several of its own the one in work. */
export function storyOf(hub: HubState, agent: string): string | undefined {
  const { byAgent, open } = selectStories(hub);
  const own = (byAgent.get(agent) ?? []).flatMap((id) => open.get(id) ?? []);
  return (own.find(isInWork) ?? own[0])?.id;
}

export function decideRaise(
  ctx: Ctx,
  { budget, usd, tokens }: Data<'cost.raise'>,
  settings: CostSettings,
): Answer<'cost.raise'> {
  const to = usd ?? tokens;
  if (to === undefined || (usd !== undefined && tokens !== undefined)) {
    const found = to === undefined ? 'neither' : 'both';
    return refuse('BUDGET_AMOUNT_MISSING', { budget, found });
  }
  const unit = usd === undefined ? 'tokens' : 'usd';
  const uses = budgetUses({
    ...ctx,
    settings,
    dayOf: daysIn(settings.zone),
    isOpenStory: isOpen(ctx.hub),
  });
  const use = uses.find((one) => one.budget === budget && one.unit === unit);
  if (use === undefined) {
    const known = listOrNone(uses.map((one) => budgetId(one)));
    return refuse('BUDGET_UNKNOWN', { budget, unit, known });
  }
  const { period, of } = use;
  if (to <= of) {
    const amounts = { of: amountWords(unit, of), to: amountWords(unit, to) };
    return refuse('BUDGET_NOT_RAISED', { budget, ...amounts });
  }
  const raised = { budget, unit, period, to, from: use.raisedFrom ?? of } as const;
  return decided({ budget, unit, to, period }, [newEvent(contract, 'cost.budget_raised', raised)]);
}

export function isOpen(hub: HubState): (story: string) => boolean {
  const { open } = selectStories(hub);
  return (story) => open.has(story);
}

/** Told by somebody who looked a moment ago: what was told meanwhile is not told again. */
export function decideTellBudget(
  { state }: Ctx,
  told: Data<'cost.tell_budget'>,
): Result<Decision<Nothing>> {
  const { is, of, period } = told;
  const known = state.budgets.get(budgetId(told))?.told ?? [];
  const isKnown = known.some(
    (one) => one.is === is && one.period === period && (one.of === of || is === 'blind'),
  );
  return decided({}, isKnown ? [] : [newEvent(contract, 'cost.budget_told', told)]);
}

export function decideSettleBudget(
  { state }: Ctx,
  settled: Data<'cost.settle_budget'>,
): Result<Decision<Nothing>> {
  const { is, period } = settled;
  const known = state.budgets.get(budgetId(settled))?.told ?? [];
  const isKnown = known.some((one) => one.is === is && one.period === period);
  return decided({}, isKnown ? [newEvent(contract, 'cost.budget_settled', settled)] : []);
}
