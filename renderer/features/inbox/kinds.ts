/** The kinds of items that the Inbox has; of an item that several could be of, the first is asked first. */
import { approvalKind, failedApprovalKind } from './kinds/approval-detail.tsx';
import { budgetKind } from './kinds/budget-detail.tsx';
import { conflictKind } from './kinds/conflict-detail.tsx';
import { failedAgentKind } from './kinds/failed-agent-detail.tsx';
import { messageKind } from './kinds/message-detail.tsx';
import { movedBackKind } from './kinds/moved-back-detail.tsx';
import { noticeKind } from './kinds/notice-detail.tsx';
import { permissionKind } from './kinds/permission-detail.tsx';
import { proposalKind } from './kinds/proposal-detail.tsx';
import { pushKind } from './kinds/push-detail.tsx';
import { questionKind } from './kinds/question-detail.tsx';
import { storyKind } from './kinds/story-detail.tsx';
import { strayKind } from './kinds/stray-detail.tsx';
import { targetKind } from './kinds/target-detail.tsx';
import { reminderKind, timerKind } from './kinds/timer-detail.tsx';
import { triggerKind } from './kinds/trigger-detail.tsx';
import type { InboxKind, Item, ItemLook } from './kind.ts';

export const inboxKinds = [
  targetKind,
  movedBackKind,
  pushKind,
  strayKind,
  storyKind,
  conflictKind,
  reminderKind,
  timerKind,
  triggerKind,
  questionKind,
  permissionKind,
  proposalKind,
  approvalKind,
  failedApprovalKind,
  failedAgentKind,
  noticeKind,
  budgetKind,
  messageKind,
] as const;

type ItemOf<T> = T extends InboxKind<infer K, infer R> ? Item<K, R> : never;

export type InboxItem = ItemOf<(typeof inboxKinds)[number]>;

/** Each is asked for its own items alone. */
type AnyKind = InboxKind<string, unknown>;

const byKind = new Map<string, AnyKind>(inboxKinds.map((kind) => [kind.kind, kind]));

export function kindOf(item: InboxItem): AnyKind {
  const kind = byKind.get(item.kind);
  if (kind === undefined) throw new Error(`the Inbox has no kind ${item.kind}`);
  return kind;
}

/** Of something that waits no more, by the word that the hub has for it. */
export function lookOfKind(word: string): ItemLook {
  return (inboxKinds.find(({ of }) => of.some((one) => one === word)) ?? noticeKind).look;
}
