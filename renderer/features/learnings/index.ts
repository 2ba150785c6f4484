import { Lightbulb } from 'lucide-react';
import type { View } from '../../shell/view.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

export const learningsView: View = {
  id: 'learnings',
  title: 'Learnings',
  icon: Lightbulb,
  shortcut: 'l',
  Component: lazyPart(async () => (await import('./learnings-view.tsx')).LearningsView),
  shortcuts: [
    { keys: 'r', label: 'Note a learning' },
    { keys: '/', label: 'Search notes and findings' },
    { keys: 'n', label: 'Show the other list: notes or findings' },
    { keys: 'j', label: 'Next' },
    { keys: 'k', label: 'Previous' },
    { keys: 'o', label: 'Show the evidence of a finding' },
    { keys: 'c', label: 'Copy' },
    { keys: 'm', label: 'Make a note of a finding' },
    { keys: 'x', label: 'Drop, for five seconds with a way back' },
  ],
};
