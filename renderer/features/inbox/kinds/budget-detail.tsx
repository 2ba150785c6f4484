import { Coins } from 'lucide-react';
import type { BudgetTold } from '../../../../preload/contract/cost-records.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { RaiseBudget, useRaise } from '../../costs/index.ts';
import { DetailFrame } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { budgetFacts } from './budget.ts';
import { useDismiss } from '../use-dismiss.ts';

type BudgetItem = Item<'budget', BudgetTold>;

const show = ({ is }: BudgetTold) => navigate('costs', is === 'blind' ? 'model' : undefined);

export const budgetKind: InboxKind<'budget', BudgetTold> = {
  ...budgetFacts,
  open: ({ record }) => show(record),
  Detail: BudgetDetail,
};

const verbs = { near: 'is nearly used', spent: 'is used up', blind: 'cannot be kept' } as const;

/** A budget, what is used of it, and the ways on. */
export function BudgetDetail({ item }: { item: BudgetItem }) {
  const { record, title } = item;
  const dismiss = useDismiss();
  const isBlind = record.is === 'blind';
  const budget = { budget: record, subject: item.id };
  const { raise } = useRaise(budget);
  useShortcuts([{ keys: 'e', run: raise, decides: true }], !isBlind);
  return (
    <DetailFrame
      item={item}
      verb={verbs[record.is]}
      footer={
        <div className="flex flex-wrap items-center gap-2">
          {!isBlind && <RaiseBudget {...budget} look="primary" shortcut="e" />}
          <Button icon={Coins} shortcut="Enter" onClick={() => show(record)}>
            Costs
          </Button>
          <span className="flex-1" />
          <Button look="quiet" shortcut="Delete" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </div>
      }
    >
      <p className="font-medium wrap-anywhere">{title}.</p>
      <p className="mt-3 text-muted">{waysOn(record)}</p>
    </DetailFrame>
  );
}

function waysOn({ is, stops, period }: BudgetItem['record']): string {
  if (is === 'blind')
    return 'Tokens without a price are in no sum of money. A price for these models in [costs.prices] of your config.toml mends that, also for what was used; the page of costs has the lines.';
  const until =
    period === 'all'
      ? 'This counts as long as the story lasts.'
      : 'It begins anew with the next day.';
  if (is === 'near') return `When it is used up, what config.toml says is done. ${until}`;
  return stops === true
    ? `Its agents are stopped, and one that is started is stopped again until the budget is raised. ${until}`
    : `No agent is stopped by it, as config.toml says. ${until}`;
}
