import { Lightbulb } from 'lucide-react';
import type { View } from '../../shell/view.ts';
import { LearningsView } from './learnings-view.tsx';

export const learningsView: View = {
  id: 'learnings',
  title: 'Learnings',
  icon: Lightbulb,
  shortcut: 'l',
  Component: LearningsView,
  shortcuts: [{ keys: 'r', label: 'Note a learning' }],
};
