import { History } from 'lucide-react';
import { navigate } from '../../shell/ui-state.ts';
import type { View } from '../../shell/view.ts';
import { toTarget } from './timeline-place.ts';
import { TimelineView } from './timeline-view.tsx';
import { timelineShortcuts } from './use-timeline-keys.ts';

/** Shows everything as it was after an event. */
export function openMoment(seq: number): void {
  navigate('timeline', toTarget({ at: seq }));
}

export const timelineView: View = {
  id: 'timeline',
  title: 'Timeline',
  icon: History,
  shortcut: 't',
  Component: TimelineView,
  shortcuts: timelineShortcuts,
};
