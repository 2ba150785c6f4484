/** Ways from one moment to another, and their keys. */
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import type { ShortcutHelp } from '../../shell/view.ts';

export interface TimelineActions {
  readonly next: () => void;
  readonly before: () => void;
  readonly cause: () => void;
  readonly effect: () => void;
  readonly now: () => void;
  readonly play: () => void;
}

export const timelineShortcuts: readonly ShortcutHelp[] = [
  { keys: 'j', label: 'Next event of the list' },
  { keys: 'k', label: 'Event before' },
  { keys: '[', label: 'What led to it: the event before of the same command' },
  { keys: ']', label: 'What came of it: the next of the same command' },
  { keys: 'Space', label: 'Play from here, or pause' },
  { keys: '/', label: 'Find words' },
  { keys: 'Escape', label: 'Back to now' },
];

export function useTimelineKeys(actions: TimelineActions): void {
  useShortcuts([
    { keys: 'j', run: actions.next },
    { keys: 'k', run: actions.before },
    { keys: '[', run: actions.cause },
    { keys: ']', run: actions.effect },
    { keys: 'Space', run: actions.play },
    { keys: 'Escape', run: actions.now },
  ]);
}
