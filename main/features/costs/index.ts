/** Costs: tokens as CLIs record them, money by prices, and budgets that tell and stop. */
import { costs as contract } from '../../../preload/contract/costs.ts';
import { ok } from '../../base/result.ts';
import type { Feature, QueryContext } from '../../hub/feature.ts';
import { feature, handler } from '../../hub/feature.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import { budgetUses } from './budgets.ts';
import { daysIn } from './days.ts';
import {
  cursorOf,
  decideRaise,
  decideSettleBudget,
  decideTell,
  decideTellBudget,
  isOpen,
} from './decide.ts';
import type { CostsPorts } from './ports.ts';
import { pricesBy, priceSnippet } from './prices.ts';
import { reckon } from './reckon.ts';
import { reduceCosts } from './reduce.ts';
import { costReport, modelPrices, unpricedModels } from './report.ts';
import type { CostsState } from './slice.ts';
import { allCells, initialCosts } from './slice.ts';
import { costWaits, describeCosts } from './waits.ts';
import { watchBudgets } from './watch-budgets.ts';

export { costSettings } from './settings.ts';

type Ctx = QueryContext<CostsState>;

export function costsFeature(ports: CostsPorts): Feature {
  return feature(contract, {
    initial: initialCosts,
    version: 1,
    commands: {
      'cost.tell': { decide: decideTell },
      'cost.raise': handler({ prepare: async () => ok(ports.settings()), decide: decideRaise }),
      'cost.tell_budget': { decide: decideTellBudget },
      'cost.settle_budget': { decide: decideSettleBudget },
    },
    queries: {
      'cost.report': async (ask, { state, hub, nowMs }: Ctx) => {
        const settings = ports.settings();
        const asked = { state, settings, dayOf: daysIn(settings.zone), nowMs };
        const budgets = budgetUses({ ...asked, isOpenStory: isOpen(hub) });
        const isEmpty = state.summary.size === 0;
        return ok({ ...costReport({ ...asked, ask }), budgets, isEmpty, nowMs });
      },
      'cost.prices': async (_ask, { state }: Ctx) => {
        const { prices, zone, path } = ports.settings();
        const price = pricesBy(prices);
        const models = modelPrices(reckon(allCells(state), { price, dayOf: daysIn(zone) }), price);
        const snippet = priceSnippet(unpricedModels(models));
        const where = path === undefined ? {} : { path };
        return ok({ models, ...where, ...(snippet !== undefined && { snippet }) });
      },
      'cost.cursor': async ({ records }, { state, hub, actor, nowMs }: Ctx) => {
        const self = requireActingAgent(selectAgents(hub), actor);
        if (!self.ok) return self;
        return ok({ cursors: records.map((one) => cursorOf(state, self.value, one)), nowMs });
      },
    },
    reduce: reduceCosts,
    views: {
      budget: { items: (state: CostsState) => state.budgets },
      costs: { items: (state: CostsState) => state.summary },
    },
    waits: costWaits,
    describe: describeCosts,
    start: (life) => watchBudgets(ports, life),
  });
}
