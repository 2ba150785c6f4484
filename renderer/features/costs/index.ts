import { Coins } from 'lucide-react';
import type { View } from '../../shell/view.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

export { RaiseBudget, useRaise } from './raise-budget.tsx';

export const costsView: View = {
  id: 'costs',
  title: 'Costs',
  icon: Coins,
  shortcut: 'u',
  Component: lazyPart(async () => (await import('./costs-view.tsx')).CostsView),
  shortcuts: [
    { keys: 'b', label: 'By the next: agent, story, profile, model, day' },
    { keys: 'p', label: 'The next period: 7, 30, 90 days' },
    { keys: 't', label: 'Money or tokens' },
    { keys: 'j', label: 'Next line' },
    { keys: 'k', label: 'Previous line' },
    { keys: 'Enter', label: 'Only this line, by something else' },
    { keys: 'Escape', label: 'All again' },
  ],
};
