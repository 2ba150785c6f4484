/** How the operator looks at the Inbox: grouped by what, and narrowed to which items. Pure. */
import type { ItemBase } from './kind.ts';

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

export function fits(
  item: Pick<ItemBase, 'sort' | 'agent' | 'isBlocking'>,
  { sort, agent, blocks }: InboxLook,
): boolean {
  return (
    (sort === undefined || item.sort === sort) &&
    (agent === undefined || item.agent === agent) &&
    (!blocks || item.isBlocking)
  );
}

export function isNarrowed({ sort, agent, blocks }: InboxLook): boolean {
  return sort !== undefined || agent !== undefined || blocks;
}
