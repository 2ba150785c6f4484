/** Budgets in words. Pure. */
import type { BudgetTold } from '../../../preload/contract/cost-records.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { amountWords, budgetWords, raiseTo } from '../../../preload/contract/say-cost.ts';
import type { BudgetUse } from '../../../preload/contract/cost-report.ts';

export function sayBudget(told: BudgetTold): string {
  const { budget, unit, is, used, of, stops, unpriced = [] } = told;
  const what = budgetWords(budget);
  const share = `${amountWords(unit, used)} of ${amountWords(unit, of)}`;
  const models = unpriced.join(', ');
  const more = unpriced.length === 0 ? '' : `, and more without a price (${models})`;
  if (is === 'blind')
    return upper(
      `${what} of ${amountWords(unit, of)} cannot be kept: these models have no price: ${models}`,
    );
  if (is === 'near') return upper(`${what} is nearly used: ${share}${more}`);
  const then = stops === true ? 'its agents are stopped' : 'nothing is stopped by it';
  return upper(`${what} is used up: ${share}${more}; ${then}`);
}

function upper(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Why an agent is stopped, and the way on. */
export function spentError(
  agent: string,
  use: Pick<BudgetUse, 'budget' | 'unit' | 'used' | 'of'>,
): WireError {
  const { budget, unit, used, of } = use;
  return toWireError('BUDGET_SPENT', {
    ...{ agent, budget, unit, what: budgetWords(budget) },
    used: amountWords(unit, used),
    of: amountWords(unit, of),
    more: raiseTo(use),
  });
}
