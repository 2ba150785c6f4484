import { useMemo } from 'react';
import { useKinds, useRecords } from '../../hub/use-records.ts';
import { useUnderWay } from '../../shell/use-decisions.ts';
import type { ViewBadge } from '../../shell/view.ts';
import { toInboxItems, toPeerItems } from './inbox-items.ts';
import { type InboxItem, inboxKinds } from './kinds.ts';
import { countOf } from './inbox-sections.ts';

const needs = [...new Set(inboxKinds.flatMap((kind) => kind.needs))];

/** What waits for the operator, put off or not, without what was decided on this page and is not confirmed yet. */
export function useInboxItems(): readonly InboxItem[] {
  const waiting = useRecords('waiting');
  const records = useKinds(needs);
  const underWay = useUnderWay();
  const items = useMemo(() => toInboxItems(waiting, records, inboxKinds), [waiting, records]);
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
