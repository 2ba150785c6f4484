import { BellRing, CalendarX } from 'lucide-react';
import type { ItemFacts } from '../kind.ts';

/** What the operator wanted to be reminded of, by the name of its timer. */
export const reminderFacts: ItemFacts<'reminder', string> = {
  kind: 'reminder',
  of: ['reminder'],
  needs: [],
  find: ({ subject }) => subject,
  look: { icon: BellRing, word: 'Reminder', tone: 'text-amber' },
  sort: () => 'alarm',
  name: () => ({ agent: 'Reminder', named: 'other' }),
  dismissed: () => 'Took a reminder off the list',
};

/** A timer that failed for good. */
export const timerFacts: ItemFacts<'timer', string> = {
  kind: 'timer',
  of: ['timer'],
  needs: [],
  find: ({ subject }) => subject,
  look: { icon: CalendarX, word: 'Timer failed', tone: 'text-red' },
  sort: () => 'alarm',
  name: ({ subject }) => ({ agent: `Timer ${subject}`, named: 'other' }),
  dismissed: (timer) => `Took the failure of ${timer} off the list`,
};
