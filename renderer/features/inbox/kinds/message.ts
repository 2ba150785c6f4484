import { Mail } from 'lucide-react';
import type { ItemFacts } from '../kind.ts';

/** Of one by its number. */
export const messageFacts: ItemFacts<'message', number> = {
  kind: 'message',
  of: ['message'],
  needs: [],
  find: ({ subject }) => Number(subject),
  look: { icon: Mail, word: 'Message', tone: 'text-muted' },
  sort: ({ isBlocking }) => (isBlocking ? 'blocked' : 'message'),
  dismissed: (agent) => `Marked the message from ${agent} as read`,
};
