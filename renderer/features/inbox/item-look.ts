import { CircleHelp, GitPullRequestArrow, type LucideIcon, Mail, OctagonAlert } from 'lucide-react';
import type { InboxItem } from './inbox-items.ts';

export interface ItemLook {
  readonly icon: LucideIcon;
  /** What it is, in a word. */
  readonly word: string;
  readonly tone: string;
}

export const itemLooks: Readonly<Record<InboxItem['kind'], ItemLook>> = {
  question: { icon: CircleHelp, word: 'Question', tone: 'text-amber' },
  approval: { icon: GitPullRequestArrow, word: 'Approval', tone: 'text-amber' },
  'failed-approval': { icon: OctagonAlert, word: 'Not merged', tone: 'text-red' },
  'failed-agent': { icon: OctagonAlert, word: 'Failed', tone: 'text-red' },
  message: { icon: Mail, word: 'Message', tone: 'text-muted' },
};
