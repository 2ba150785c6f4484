import { useCallback } from 'react';
import { useSend } from '../../hub/use-command.ts';
import { useDecide } from '../../shell/use-decisions.ts';
import type { Entry } from './inbox-sections.ts';
import { select } from './inbox-ui.ts';
import { sendEach } from './send-each.ts';

/** Takes an item out of the list, with a way back; of a fold all that are in it. Does nothing for what is decided. */
export function useDismiss(): (entry: Entry) => void {
  const send = useSend();
  const decide = useDecide();
  return useCallback(
    (item) => {
      if (item.kind === 'fold') {
        const ids = item.items.map(({ id }) => id);
        decide({
          subject: item.id,
          others: ids,
          what: `Marked ${ids.length} messages from ${item.agent} as read`,
          send: async () => (await sendEach(ids, (id) => send('inbox.dismiss', { item: id }))) > 0,
          onBack: () => select(item.id),
        });
        return;
      }
      if (item.dismissed === undefined) return;
      decide({
        subject: item.id,
        what: item.dismissed,
        send: () =>
          item.kind === 'question'
            ? send('question.cancel', { question: item.record.id })
            : send('inbox.dismiss', { item: item.id }),
        onBack: () => select(item.id),
      });
    },
    [send, decide],
  );
}
