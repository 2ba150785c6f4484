import { Inbox } from 'lucide-react';
import type { View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';
import { questionSource } from '../questions/index.ts';
import { useInboxBadge } from './use-inbox.ts';

export { lookOfKind } from './kinds.ts';

export const inboxView: View = {
  id: 'inbox',
  title: 'Inbox',
  icon: Inbox,
  about: 'Everything that waits for you, what stops an agent first.',
  tour: {
    text: 'What agents ask, want to do and hand in waits here, what stops one first. You answer by key, and the next one comes.',
    anchors: ['[aria-label="Waiting for you"]', '[aria-label="Nothing waits for you"]'],
    keys: { keys: '1', label: 'Choose the first answer' },
  },
  shortcut: 'i',
  Component: lazyView(async () => (await import('./inbox-view.tsx')).InboxView),
  useBadge: useInboxBadge,
  paletteSources: [questionSource],
  shortcuts: [
    { name: 'next', keys: 'j', label: 'Next' },
    { name: 'previous', keys: 'k', label: 'Previous' },
    { keys: 'Enter', label: 'Open: review, terminal or conversation' },
    { keys: '1', label: 'Choose the first option; the others by the key before them' },
    { name: 'reply', keys: 'r', label: 'Write an answer or a reply' },
    { keys: 'Mod+Enter', label: 'Send it' },
    {
      name: 'accept',
      keys: 'a',
      label: 'Review the approval; of several, approve those that were opened',
    },
    { name: 'open-first', keys: 'o', label: 'Open the first of several that was not opened' },
    { name: 'accept', keys: 'a', label: 'Apply the configuration that was proposed; d rejects it' },
    { name: 'start-again', keys: 's', label: 'Start the failed agent again' },
    { name: 'accept', keys: 'a', label: 'Say that a branch may stay where it was moved to' },
    { name: 'move-back', keys: 'b', label: 'Move that branch back' },
    { keys: 'Delete', label: 'Dismiss, or mark as read (Backspace too)' },
    { name: 'snooze', keys: 'w', label: 'Snooze, or bring back' },
    { name: 'choose', keys: 'x', label: 'Choose for one answer to several; Shift+X a range' },
    { keys: 'ArrowRight', label: 'Unfold messages; ArrowLeft folds them' },
    { name: 'filter', keys: '/', label: 'Filter by kind and agent' },
    { name: 'decided', keys: 'Shift+d', label: 'What was decided, and how long agents waited' },
    { name: 'group', keys: 'v', label: 'Group by urgency, agent or kind' },
    { name: 'undo', keys: 'z', label: 'Undo the last decision, until it is sent' },
  ],
};
