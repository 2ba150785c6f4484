import { Lightbulb } from 'lucide-react';
import type { View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';

export const learningsView: View = {
  id: 'learnings',
  title: 'Learnings',
  icon: Lightbulb,
  about: 'What agents found out, and what of it all of them are to know.',
  shortcut: 'l',
  Component: lazyView(async () => (await import('./learnings-view.tsx')).LearningsView),
  shortcuts: [
    { name: 'note', keys: 'r', label: 'Note a learning' },
    { name: 'search', keys: '/', label: 'Search notes and findings' },
    { name: 'other-list', keys: 'n', label: 'Show the other list: notes or findings' },
    { name: 'next', keys: 'j', label: 'Next' },
    { name: 'previous', keys: 'k', label: 'Previous' },
    { name: 'evidence', keys: 'o', label: 'Show the evidence of a finding' },
    { name: 'copy', keys: 'c', label: 'Copy' },
    { name: 'make-note', keys: 'm', label: 'Make a note of a finding' },
    { name: 'drop', keys: 'x', label: 'Drop, for five seconds with a way back' },
  ],
};
