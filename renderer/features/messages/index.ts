import { MessagesSquare } from 'lucide-react';
import type { View, ViewBadge } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';
import { messageSource } from './palette-source.ts';
import { useUnread } from './use-messages.ts';

export const messagesView: View = {
  id: 'messages',
  title: 'Messages',
  icon: MessagesSquare,
  about: 'What agents and you say to one another.',
  tour: {
    text: 'Agents tell each other what they are about to do, and you can read along. Write to one of them or to all.',
    anchors: ['[aria-label="Conversations"]', '[aria-label="All messages"]'],
    keys: { keys: 'r', label: 'Write a message' },
  },
  shortcut: 'm',
  Component: lazyView(async () => (await import('./messages-view.tsx')).MessagesView),
  useBadge: useUnreadBadge,
  paletteSources: [messageSource],
  shortcuts: [
    { name: 'next', keys: 'j', label: 'Next message' },
    { name: 'previous', keys: 'k', label: 'Previous message' },
    { keys: 'Enter', label: 'Open its thread' },
    { keys: 'End', label: 'To the newest' },
    { name: 'search', keys: '/', label: 'Search' },
    { keys: 'Escape', label: 'Close the thread, clear the filters' },
    { name: 'write', keys: 'r', label: 'Write a message' },
    { keys: 'Mod+Enter', label: 'Send it' },
  ],
};

/** Counted in the inbox already, so it is quiet here. */
function useUnreadBadge(): ViewBadge {
  const value = [...useUnread().values()].reduce((sum, count) => sum + count, 0);
  return { value, what: 'unread' };
}
