import { History } from 'lucide-react';
import { navigate } from '../../shell/ui-state.ts';
import type { View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';
import { toTarget } from './timeline-place.ts';
import { timelineShortcuts } from './use-timeline-keys.ts';

/** Shows everything as it was after an event. */
export function openMoment(seq: number): void {
  navigate('timeline', toTarget({ at: seq }));
}

export const timelineView: View = {
  id: 'timeline',
  title: 'Timeline',
  icon: History,
  about: 'Everything that happened, and how all of it was at any moment.',
  tour: {
    text: 'Every event is kept, each linked to the one before. Go back to any moment and see agents, board and terminals as they were.',
    anchors: ['[aria-label="Moment"]', '[aria-label="Log"]'],
  },
  shortcut: 't',
  Component: lazyView(async () => (await import('./timeline-view.tsx')).TimelineView),
  shortcuts: timelineShortcuts,
};
