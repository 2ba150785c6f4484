import { useMemo } from 'react';
import { useRecords } from '../../hub/use-records.ts';
import { useUnderWay } from '../../shell/use-decisions.ts';
import type { ViewBadge } from '../../shell/view.ts';
import { type InboxItem, toInboxItems, toPeerItems } from './inbox-items.ts';
import { countOf } from './inbox-sections.ts';

/** What waits for the operator, put off or not, without what was decided on this page and is not confirmed yet. */
export function useInboxItems(): readonly InboxItem[] {
  const questions = useRecords('question');
  const permissions = useRecords('permission');
  const approvals = useRecords('approval');
  const proposals = useRecords('proposal');
  const agents = useRecords('agent');
  const targets = useRecords('target');
  const heads = useRecords('head');
  const conflicts = useRecords('conflict');
  const stories = useRecords('story');
  const budgets = useRecords('budget');
  const waiting = useRecords('waiting');
  const underWay = useUnderWay();
  const asked = useMemo(
    () => ({ waiting, questions, permissions, approvals, proposals, stories }),
    [waiting, questions, permissions, approvals, proposals, stories],
  );
  const items = useMemo(
    () => toInboxItems({ ...asked, agents, targets, heads, conflicts, budgets }),
    [asked, agents, targets, heads, conflicts, budgets],
  );
  return useMemo(
    () => (underWay.size === 0 ? items : items.filter(({ id }) => !underWay.has(id))),
    [items, underWay],
  );
}

export function usePeerItems(): readonly InboxItem[] {
  const questions = useRecords('question');
  const underWay = useUnderWay();
  return useMemo(
    () => toPeerItems(questions).filter(({ id }) => !underWay.has(id)),
    [questions, underWay],
  );
}

export function useInboxBadge(): ViewBadge {
  return { value: countOf(useInboxItems()), what: 'waiting for you', loud: true };
}
