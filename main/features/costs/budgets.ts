/** How far each budget is used, and what there is to say of it. Pure. */
import type { BudgetRef, BudgetState, BudgetTold } from '../../../preload/contract/cost-records.ts';
import type { BudgetUse } from '../../../preload/contract/cost-report.ts';
import type { SystemCommand } from '../../hub/feature.ts';
import type { DayOf } from './days.ts';
import type { BudgetLimit, CostSettings } from './ports.ts';
import { freshTokens, pricesBy } from './prices.ts';
import type { Line } from './reckon.ts';
import { reckon } from './reckon.ts';
import { budgetId } from './reduce.ts';
import type { CostsState } from './slice.ts';
import { allCells } from './slice.ts';

export interface BudgetsAsk {
  readonly state: CostsState;
  readonly settings: CostSettings;
  readonly dayOf: DayOf;
  readonly nowMs: number;
  /** Those that are not over. */
  readonly isOpenStory: (story: string) => boolean;
}

/** No zone is further from another than this. */
const mostOfDayMs = 51 * 3_600_000;
const mostModels = 5;

/** Of stories: those that used something. In the order of the config, stories that used most first. */
export function budgetUses(asked: BudgetsAsk): BudgetUse[] {
  const { state, settings, dayOf, nowMs, isOpenStory } = asked;
  if (settings.budgets.length === 0) return [];
  const hasStories = settings.budgets.some(({ scope }) => scope === 'story');
  const isWanted = (story: string | undefined) =>
    hasStories && story !== undefined && story !== '' && isOpenStory(story);
  const cells = allCells(state).filter(
    ({ atMs, story }) => atMs > nowMs - mostOfDayMs || isWanted(story),
  );
  const lines = reckon(cells, { price: pricesBy(settings.prices), dayOf });
  const today = dayOf(nowMs);
  const ofToday = lines.filter(({ day }) => day === today);
  return settings.budgets.flatMap((limit): BudgetUse[] => {
    const { scope, profile = '' } = limit;
    if (scope === 'day') return [budgetUse(asked, limit, { budget: 'day', lines: ofToday })];
    if (scope === 'profile') {
      const own = ofToday.filter((line) => line.profile === profile);
      return [budgetUse(asked, limit, { budget: `profile/${profile}`, lines: own })];
    }
    const stories = new Set(lines.filter(({ story }) => isWanted(story)).map(({ story }) => story));
    return [...stories]
      .map((id) => {
        const own = lines.filter(({ story }) => story === id);
        return budgetUse(asked, limit, { budget: `story/${id}`, lines: own });
      })
      .toSorted((a, b) => b.used / b.of - a.used / a.of);
  });
}

function budgetUse(
  { state, settings, dayOf, nowMs }: BudgetsAsk,
  { scope, unit, of: limit, path, key }: BudgetLimit,
  { budget, lines }: { readonly budget: string; readonly lines: readonly Line[] },
): BudgetUse {
  const period = scope === 'story' ? 'all' : dayOf(nowMs);
  const used = lines.reduce((all, one) => all + (unit === 'usd' ? one.usd : freshTokens(one)), 0);
  const raised = state.budgets.get(budgetId({ budget, unit }))?.raised;
  const isRaised = raised?.period === period && raised.to > limit;
  const of = isRaised ? raised.to : limit;
  const without = unit === 'usd' ? lines.filter((one) => one.unpriced > 0) : [];
  const unpriced = without.reduce((sum, one) => sum + one.unpriced, 0);
  return {
    ...{ budget, unit, period, used, of, warnAt: settings.warnAt, stops: settings.stops },
    ...(isRaised && { raisedFrom: limit }),
    is: statesOf({ used, of, unpriced, warnAt: settings.warnAt }),
    unpriced,
    unpricedModels: [...new Set(without.map(({ model }) => model))].slice(0, mostModels),
    ...{ path, key },
  };
}

function statesOf(use: Pick<BudgetUse, 'used' | 'of' | 'unpriced' | 'warnAt'>): BudgetState[] {
  const { used, of, unpriced, warnAt } = use;
  if (used >= of) return ['spent'];
  return [
    ...(used >= of * warnAt ? (['near'] as const) : []),
    ...(unpriced > 0 ? (['blind'] as const) : []),
  ];
}

/** What is to be told and what is so no more, against what was told. Each once: of one amount, in one period. */
export function budgetCommands(state: CostsState, uses: readonly BudgetUse[]): SystemCommand[] {
  const settle: SystemCommand[] = state.budgets.values().flatMap(({ told }) =>
    told
      .filter((one) => !uses.some((use) => isSame(use, one) && saysStill(use, one)))
      .map(({ budget, unit, period, is }) => ({
        type: 'cost.settle_budget',
        data: { budget, unit, period, is },
      })),
  );
  const tell = uses.flatMap((use) => {
    const known = state.budgets.get(budgetId(use))?.told ?? [];
    return use.is
      .filter(
        (is) => !known.some((one) => one.is === is && isSame(use, one) && saysStill(use, one)),
      )
      .map((is) => ({ type: 'cost.tell_budget', data: toldOf(use, is) }));
  });
  return [...settle, ...tell];
}

const isSame = (use: BudgetRef, one: BudgetRef) =>
  use.budget === one.budget && use.unit === one.unit && use.period === one.period;

/** That it cannot be kept does not depend on how much it is. */
const saysStill = (use: BudgetUse, { is, of }: BudgetTold) =>
  use.is.includes(is) && (is === 'blind' || use.of === of);

function toldOf(use: BudgetUse, is: BudgetState): BudgetTold {
  const { budget, unit, period, used, of, stops, unpricedModels } = use;
  return {
    ...{ budget, unit, period, is, used, of },
    ...(is === 'spent' && { stops }),
    ...(unpricedModels.length > 0 && { unpriced: unpricedModels }),
  };
}
