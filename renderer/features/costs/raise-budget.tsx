import { ArrowUpToLine } from 'lucide-react';
import type { BudgetRef } from '../../../preload/contract/cost-records.ts';
import { amountWords, raiseTo } from '../../../preload/contract/say-cost.ts';
import { useSend } from '../../hub/use-command.ts';
import { useDecide } from '../../shell/use-decisions.ts';
import { Button } from '../../ui/button.tsx';

interface RaiseBudgetProps {
  budget: BudgetRef & { readonly used: number; readonly of: number };
  /** What goes from the Inbox by it. */
  subject?: string;
  shortcut?: string;
  look?: 'primary' | 'normal';
  /** Beside a bar there is no room for the amount. */
  isShort?: boolean;
}

/** By half as much again; another amount by the command line. */
export function useRaise({ budget, subject }: Pick<RaiseBudgetProps, 'budget' | 'subject'>) {
  const send = useSend();
  const decide = useDecide();
  const { budget: name, unit } = budget;
  const to = raiseTo(budget);
  const words = `${amountWords(unit, to)}${budget.period === 'all' ? '' : ' for today'}`;
  const raise = () =>
    decide({
      subject: subject ?? `budget/${name}.${unit}`,
      what: `Raising ${name} to ${words}`,
      send: () => send('cost.raise', { budget: name, [unit]: to }),
      onBack: () => undefined,
    });
  return { words, raise };
}

export function RaiseBudget(props: RaiseBudgetProps) {
  const { budget, shortcut, look = 'normal', isShort = false } = props;
  const { words, raise } = useRaise(props);
  return (
    <Button
      look={look}
      icon={ArrowUpToLine}
      {...(shortcut !== undefined && { shortcut })}
      onClick={raise}
    >
      {isShort ? `Raise to ${amountWords(budget.unit, raiseTo(budget))}` : `Raise to ${words}`}
      <span className="sr-only">: {budget.budget}</span>
    </Button>
  );
}
