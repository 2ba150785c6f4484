/** What the operator is told of budgets in the inbox. Nobody waits for an answer. */
import type { BudgetTold } from '../../../preload/contract/cost-records.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { amountWords, budgetWords } from '../../../preload/contract/say-cost.ts';
import type { Waits } from '../../hub/feature.ts';
import { budgetId } from './reduce.ts';
import { sayBudget } from './words.ts';

const kind = 'budget';

type Told = Pick<BudgetTold, 'budget' | 'unit' | 'is'>;

const subjectOf = (told: Told) => `${budgetId(told)}.${told.is}`;

export const costWaits: Waits = {
  'cost.budget_told': ({ data }) => {
    const told = data as BudgetTold;
    const opens = {
      ...{ kind, subject: subjectOf(told), to: 'operator', agent: '' },
      ...{ title: sayBudget(told), isBlocking: false },
    };
    return [{ settles: `${kind}/${subjectOf(told)}` }, { opens }];
  },
  'cost.budget_settled': ({ data }) => [{ settles: `${kind}/${subjectOf(data as Told)}` }],
};

export const describeCosts: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'cost.told': ({ data }) => {
    const { agent, rows } = data as { agent: string; rows: ReadonlyArray<{ requests: number }> };
    const requests = rows.reduce((sum, row) => sum + row.requests, 0);
    return `${agent} told what ${requests} requests used.`;
  },
  'cost.budget_told': ({ data }) => `${sayBudget(data as BudgetTold)}.`,
  'cost.budget_settled': ({ data }) => {
    const { budget, is } = data as Told;
    const no = { near: 'nearly used', spent: 'used up', blind: 'without a price' }[is];
    return `What was said of ${budgetWords(budget)} (${no}) is over.`;
  },
  'cost.budget_raised': ({ data }) => {
    const { budget, unit, to } = data as Told & { to: number };
    return `Raised ${budgetWords(budget)} to ${amountWords(unit, to)}.`;
  },
};
