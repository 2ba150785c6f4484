import { Coins } from 'lucide-react';
import { navigate } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { RaiseBudget, useRaise } from '../costs/index.ts';
import { DetailFrame } from './detail-frame.tsx';
import type { InboxItem } from './inbox-items.ts';
import { useDismiss } from './use-dismiss.ts';

type BudgetItem = Extract<InboxItem, { kind: 'budget' }>;

const verbs = { near: 'is nearly used', spent: 'is used up', blind: 'cannot be kept' } as const;

/** A budget, what is used of it, and the ways on. */
export function BudgetDetail({ item }: { item: BudgetItem }) {
  const { record, title } = item;
  const dismiss = useDismiss();
  const show = () => navigate('costs', record.is === 'blind' ? 'model' : undefined);
  const isBlind = record.is === 'blind';
  const budget = { budget: record, subject: item.id };
  const { raise } = useRaise(budget);
  useShortcuts([{ keys: 'e', run: raise, decides: true }], !isBlind);
  useShortcuts([{ keys: 'Enter', run: show }]);
  return (
    <DetailFrame
      item={item}
      verb={verbs[record.is]}
      footer={
        <div className="flex flex-wrap items-center gap-2">
          {!isBlind && <RaiseBudget {...budget} look="primary" shortcut="e" />}
          <Button icon={Coins} shortcut="Enter" onClick={show}>
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
