import { useCallback } from 'react';
import { useSend } from '../../hub/use-command.ts';
import { useDecide } from '../../shell/use-decisions.ts';
import type { InboxItem } from './inbox-items.ts';
import { select } from './inbox-ui.ts';

/** What is decided, and not only taken note of. */
const decided: ReadonlySet<InboxItem['kind']> = new Set(['approval', 'permission', 'target']);

/** Takes an item out of the list, with a way back. Does nothing for what is decided. */
export function useDismiss(): (item: InboxItem) => void {
  const send = useSend();
  const decide = useDecide();
  return useCallback(
    (item) => {
      if (decided.has(item.kind)) return;
      decide({
        subject: item.id,
        what: describe(item),
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

function describe({ kind, agent }: InboxItem): string {
  if (kind === 'question') return `Dismissed the question of ${agent}`;
  if (kind === 'message') return `Marked the message from ${agent} as read`;
  if (kind === 'stray') return `Took the commits of ${agent} elsewhere off the list`;
  if (kind === 'conflict') return `Took the conflict of ${agent} off the list`;
  if (kind === 'notice') return `Dismissed what was noticed of ${agent}`;
  return `Dismissed the failure of ${agent}`;
}
