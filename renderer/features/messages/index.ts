import { MessagesSquare } from 'lucide-react';
import type { View, ViewBadge } from '../../shell/view.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { messageSource } from './palette-source.ts';
import { useUnread } from './use-messages.ts';

export const messagesView: View = {
  id: 'messages',
  title: 'Messages',
  icon: MessagesSquare,
  shortcut: 'm',
  Component: lazyPart(async () => (await import('./messages-view.tsx')).MessagesView),
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
