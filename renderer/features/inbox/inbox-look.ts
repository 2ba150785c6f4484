/** How the operator looks at the Inbox: grouped by what, and narrowed to which items. Pure. */
import type { InboxItem } from './inbox-items.ts';

export type Grouping = 'urgency' | 'agent' | 'kind';

/** What an item is to the operator, whatever record it is of. In the order in which they are listed. */
export const sorts = {
  question: 'Questions',
  permission: 'Permissions',
  approval: 'Approvals',
  proposal: 'Proposals',
  blocked: 'Blocked agents',
  merge: 'Merge failures',
  alarm: 'Alarms',
  message: 'Messages',
} as const;
export type Sort = keyof typeof sorts;

export interface InboxLook {
  readonly group: Grouping;
  readonly sort?: Sort | undefined;
  readonly agent?: string | undefined;
  /** Only what an agent cannot go on without. */
  readonly blocks: boolean;
}

export const defaultLook: InboxLook = { group: 'urgency', blocks: false };

export function sortOf(item: InboxItem): Sort {
  switch (item.kind) {
    case 'question':
    case 'permission':
    case 'approval':
    case 'proposal':
      return item.kind;
    case 'failed-approval':
    case 'push':
      return 'merge';
    case 'failed-agent':
    case 'story':
      return 'blocked';
    case 'message':
      return item.isBlocking ? 'blocked' : 'message';
    default:
      return 'alarm';
  }
}

export function fits(item: InboxItem, { sort, agent, blocks }: InboxLook): boolean {
  return (
    (sort === undefined || sortOf(item) === sort) &&
    (agent === undefined || item.agent === agent) &&
    (!blocks || item.isBlocking)
  );
}

export function isNarrowed({ sort, agent, blocks }: InboxLook): boolean {
  return sort !== undefined || agent !== undefined || blocks;
}
