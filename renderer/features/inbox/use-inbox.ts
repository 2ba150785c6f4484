import { useMemo } from 'react';
import { useRecords } from '../../hub/use-records.ts';
import type { ViewBadge } from '../../shell/view.ts';
import { type InboxItem, toInboxItems, toPeerItems } from './inbox-items.ts';
import { useInboxUi } from './inbox-ui.ts';

/** What waits for the operator, without what is being dismissed. */
export function useInboxItems(): readonly InboxItem[] {
  const questions = useRecords('question');
  const approvals = useRecords('approval');
  const agents = useRecords('agent');
  const waiting = useRecords('waiting');
  const held = useInboxUi((state) => state.held);
  const items = useMemo(
    () => toInboxItems({ waiting, questions, approvals, agents }),
    [waiting, questions, approvals, agents],
  );
  return useMemo(
    () => (held.size === 0 ? items : items.filter(({ id }) => !held.has(id))),
    [items, held],
  );
}

export function usePeerItems(): readonly InboxItem[] {
  const questions = useRecords('question');
  return useMemo(() => toPeerItems(questions), [questions]);
}

export function useInboxBadge(): ViewBadge {
  return { value: useInboxItems().length, what: 'waiting for you', loud: true };
}
