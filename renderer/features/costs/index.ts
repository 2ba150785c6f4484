import { Coins } from 'lucide-react';
import type { View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';

export { RaiseBudget, useRaise } from './raise-budget.tsx';

export const costsView: View = {
  id: 'costs',
  title: 'Costs',
  icon: Coins,
  about: 'Tokens and money, by agent, story, model and day.',
  shortcut: 'u',
  Component: lazyView(async () => (await import('./costs-view.tsx')).CostsView),
  shortcuts: [
    { name: 'by', keys: 'b', label: 'By the next: agent, story, profile, model, day' },
    { name: 'period', keys: 'p', label: 'The next period: 7, 30, 90 days' },
    { name: 'unit', keys: 't', label: 'Money or tokens' },
    { name: 'next', keys: 'j', label: 'Next line' },
    { name: 'previous', keys: 'k', label: 'Previous line' },
    { keys: 'Enter', label: 'Only this line, by something else' },
    { keys: 'Escape', label: 'All again' },
  ],
};
