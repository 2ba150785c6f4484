import { Coins } from 'lucide-react';
import type { BudgetTold } from '../../../../preload/contract/cost-records.ts';
import type { ItemFacts, ItemLook } from '../kind.ts';

const look: ItemLook = { icon: Coins, word: 'Budget', tone: 'text-amber' };

export const budgetFacts: ItemFacts<'budget', BudgetTold> = {
  kind: 'budget',
  of: ['budget'],
  needs: ['budget'],
  find: ({ subject }, records) =>
    // `<budget>.<unit>.<what is told>`
    records
      .get('budget', subject.slice(0, subject.lastIndexOf('.')))
      ?.told.find(({ is }) => subject.endsWith(`.${is}`)),
  look,
  lookOf: ({ is }) => (is === 'near' ? look : { ...look, tone: 'text-red' }),
  sort: () => 'alarm',
  name: (_, { budget }) => ({ agent: budget, named: 'other' }),
  dismissed: (name) => `Took what was told of the budget ${name} off the list`,
};
