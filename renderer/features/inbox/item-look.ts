import {
  BellRing,
  CalendarX,
  CircleHelp,
  CirclePause,
  CloudOff,
  FlaskConical,
  Coins,
  Gauge,
  GitBranch,
  GitMergeConflict,
  GitPullRequestArrow,
  KeyRound,
  type LucideIcon,
  Mail,
  OctagonAlert,
  OctagonPause,
  ShieldAlert,
  SlidersHorizontal,
  TriangleAlert,
  Undo2,
  ZapOff,
} from 'lucide-react';
import { isAtLimit } from '../agents/index.ts';
import type { InboxItem } from './inbox-items.ts';

export interface ItemLook {
  readonly icon: LucideIcon;
  /** What it is, in a word. */
  readonly word: string;
  readonly tone: string;
}

const itemLooks: Readonly<Record<InboxItem['kind'], ItemLook>> = {
  question: { icon: CircleHelp, word: 'Question', tone: 'text-amber' },
  permission: { icon: KeyRound, word: 'Permission', tone: 'text-amber' },
  approval: { icon: GitPullRequestArrow, word: 'Approval', tone: 'text-amber' },
  proposal: { icon: SlidersHorizontal, word: 'Proposal', tone: 'text-amber' },
  'failed-approval': { icon: OctagonAlert, word: 'Not merged', tone: 'text-red' },
  push: { icon: CloudOff, word: 'Not pushed', tone: 'text-red' },
  'failed-agent': { icon: OctagonAlert, word: 'Failed', tone: 'text-red' },
  notice: { icon: TriangleAlert, word: 'Notice', tone: 'text-amber' },
  target: { icon: ShieldAlert, word: 'Moved', tone: 'text-red' },
  'moved-back': { icon: Undo2, word: 'Moved back', tone: 'text-muted' },
  stray: { icon: GitBranch, word: 'Stray commit', tone: 'text-amber' },
  conflict: { icon: GitMergeConflict, word: 'Conflict', tone: 'text-red' },
  story: { icon: OctagonPause, word: 'Blocked story', tone: 'text-red' },
  reminder: { icon: BellRing, word: 'Reminder', tone: 'text-amber' },
  timer: { icon: CalendarX, word: 'Timer failed', tone: 'text-red' },
  trigger: { icon: ZapOff, word: 'Trigger stopped', tone: 'text-amber' },
  budget: { icon: Coins, word: 'Budget', tone: 'text-amber' },
  message: { icon: Mail, word: 'Message', tone: 'text-muted' },
};

/** Nothing has failed with it. */
const heldStory: ItemLook = { icon: CirclePause, word: 'Held story', tone: 'text-amber' };
const answered: ItemLook = { icon: FlaskConical, word: 'Answer', tone: 'text-amber' };

const atLimit: ItemLook = { icon: Gauge, word: 'At its limit', tone: 'text-amber' };

/** What is of high risk is not waved through in passing, and what came to its limit has not failed. */
export function lookOf(item: InboxItem): ItemLook {
  if (item.kind === 'failed-agent' && isAtLimit(item.record.failure)) return atLimit;
  if (item.kind === 'story' && item.record.place.stage !== 'blocked')
    return item.record.place.stage === 'held' ? heldStory : answered;
  const look = itemLooks[item.kind];
  if (item.kind === 'budget' && item.record.is !== 'near') return { ...look, tone: 'text-red' };
  return item.kind === 'permission' && item.record.risk === 'high'
    ? { ...look, tone: 'text-red' }
    : look;
}

/** Of something that waits no more, by the kind that the hub has for it. */
export function lookOfKind(kind: string): ItemLook {
  const known: Readonly<Record<string, ItemLook>> = {
    ...itemLooks,
    agent: itemLooks['failed-agent'],
    config: itemLooks.proposal,
  };
  return known[kind] ?? itemLooks.notice;
}
