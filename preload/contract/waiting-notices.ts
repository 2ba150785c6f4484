/** What has come to wait between two looks and is worth a notice, for the page and for the desktop host. Pure. */
import type { AgentRecord } from './agents.ts';
import type { WaitingItem } from './inbox.ts';
import { limitReached } from './limits.ts';
import type { Notice } from './notice-batch.ts';
import { isBudgetSpent } from './say-cost.ts';

/** What is new in the second look. None of messages: they are to be read, and nobody waits. */
export function waitingNotices(
  before: readonly WaitingItem[],
  after: readonly WaitingItem[],
  agents: ReadonlyArray<Pick<AgentRecord, 'id' | 'failure'>>,
): readonly Notice[] {
  const known = new Set(before.filter(isInSight).map(({ id }) => id));
  const found = after.filter((item) => isInSight(item) && !known.has(item.id));
  if (found.length === 0) return [];
  const atLimit = new Set(agents.filter(isStoppedAtLimit).map(({ id }) => id));
  return found.flatMap((item) => noticeOf(item, atLimit));
}

/** Not put off until later. */
export function isInSight({ snoozedUntilMs }: Pick<WaitingItem, 'snoozedUntilMs'>): boolean {
  return snoozedUntilMs === undefined;
}

function isStoppedAtLimit({ failure }: Pick<AgentRecord, 'failure'>): boolean {
  return limitReached(failure) !== undefined || isBudgetSpent(failure);
}

function noticeOf(item: WaitingItem, atLimit: ReadonlySet<string>): Notice[] {
  const { id, kind, subject, agent, title, isBlocking } = item;
  const base = { id, agent, text: title };
  // It did not crash: it had to come, and the Inbox says how it goes on.
  if (kind === 'watch' || (kind === 'agent' && atLimit.has(agent)))
    return [{ ...base, kind: 'watch', view: 'inbox', target: id }];
  if (kind === 'agent')
    return [{ ...base, kind: 'crashed', view: 'agents', target: `agent/${agent}` }];
  if (kind === 'approval' && isBlocking)
    return [{ ...base, kind: 'approval', view: 'review', target: `approval/${subject}` }];
  if (kind === 'conflict') return [{ ...base, kind, view: 'conflicts', target: id }];
  if (kind === 'budget')
    return [{ ...base, agent: subject, kind: 'watch', view: 'inbox', target: id }];
  if (kind === 'push') return [{ ...base, agent: subject, kind, view: 'inbox', target: id }];
  if (kind === 'target') return [{ ...base, agent: subject, kind, view: 'inbox', target: id }];
  if (kind === 'story')
    return [{ ...base, agent: agent || subject, kind, view: 'inbox', target: id }];
  if (kind === 'permission' || kind === 'stray' || kind === 'proposal')
    return [{ ...base, kind, view: 'inbox', target: id }];
  // Whatever else an agent cannot go on without is a question to the operator.
  return isBlocking ? [{ ...base, kind: 'question', view: 'inbox', target: id }] : [];
}
