import { ZapOff } from 'lucide-react';
import type { ItemFacts } from '../kind.ts';

/** One that was paused by the hub, or was to fire once and failed. */
export const triggerFacts: ItemFacts<'trigger', string> = {
  kind: 'trigger',
  of: ['trigger'],
  needs: [],
  find: ({ subject }) => subject,
  look: { icon: ZapOff, word: 'Trigger stopped', tone: 'text-amber' },
  sort: () => 'alarm',
  name: ({ subject }) => ({ agent: `Trigger ${subject}`, named: 'other' }),
  dismissed: (trigger) => `Took what stopped ${trigger} off the list`,
};
