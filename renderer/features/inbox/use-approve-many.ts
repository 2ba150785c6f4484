import { useCallback } from 'react';
import { useSendForResult } from '../../hub/use-command.ts';
import { useDecide } from '../../shell/use-decisions.ts';
import { showError } from '../../ui/toast.tsx';
import { ableOf, type ApproveRow, toApproveMany } from './approve-many.ts';
import { focusInboxList } from './inbox-list.tsx';
import { chooseNone, select, useInboxUi } from './inbox-ui.ts';

/** Approves all that may be as one decision: held, undone and listed as one. What is refused shows itself, and waits still. */
export function useApproveMany(): (rows: readonly ApproveRow[], note: string) => void {
  const send = useSendForResult();
  const decide = useDecide();
  return useCallback(
    (rows, note) => {
      const able = ableOf(rows);
      const [first, ...rest] = able.map(({ item }) => item);
      if (first === undefined) return;
      const { chosen } = useInboxUi.getState();
      const many = `${able.length} ${able.length === 1 ? 'request' : 'requests'}`;
      decide({
        subject: first.id,
        others: rest.map(({ id }) => id),
        what: note === '' ? `Approved ${many}` : `Approved ${many}: ${note}`,
        send: async () => {
          const answer = await send('approval.approve_many', toApproveMany(able, note));
          for (const { error } of answer?.results ?? []) if (error) showError(error);
          return (answer?.approved ?? 0) > 0;
        },
        onBack: () => {
          select(first.id);
          useInboxUi.setState({ chosen });
        },
      });
      chooseNone();
      focusInboxList();
    },
    [send, decide],
  );
}
