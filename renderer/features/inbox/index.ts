import { Inbox } from 'lucide-react';
import type { View } from '../../shell/view.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { questionSource } from '../questions/index.ts';
import { useInboxBadge } from './use-inbox.ts';

export { lookOfKind } from './kinds.ts';

export const inboxView: View = {
  id: 'inbox',
  title: 'Inbox',
  icon: Inbox,
  shortcut: 'i',
  Component: lazyPart(async () => (await import('./inbox-view.tsx')).InboxView),
  useBadge: useInboxBadge,
  paletteSources: [questionSource],
  shortcuts: [
    { keys: 'j', label: 'Next' },
    { keys: 'k', label: 'Previous' },
    { keys: 'Enter', label: 'Open: review, terminal or conversation' },
    { keys: '1', label: 'Choose the first option; the others by the key before them' },
    { keys: 'r', label: 'Write an answer or a reply' },
    { keys: 'Mod+Enter', label: 'Send it' },
    { keys: 'a', label: 'Review the approval; of several, approve those that were opened' },
    { keys: 'o', label: 'Open the first of several that was not opened' },
    { keys: 'a', label: 'Apply the configuration that was proposed; d rejects it' },
    { keys: 's', label: 'Start the failed agent again' },
    { keys: 'a', label: 'Say that a branch may stay where it was moved to' },
    { keys: 'b', label: 'Move that branch back' },
    { keys: 'Delete', label: 'Dismiss, or mark as read (Backspace too)' },
    { keys: 'w', label: 'Snooze, or bring back' },
    { keys: 'x', label: 'Choose for one answer to several; Shift+X a range' },
    { keys: 'ArrowRight', label: 'Unfold messages; ArrowLeft folds them' },
    { keys: '/', label: 'Filter by kind and agent' },
    { keys: 'Shift+d', label: 'What was decided, and how long agents waited' },
    { keys: 'v', label: 'Group by urgency, agent or kind' },
    { keys: 'z', label: 'Undo the last decision, until it is sent' },
  ],
};
