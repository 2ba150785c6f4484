import { useCallback } from 'react';
import { useSend } from '../../hub/use-command.ts';
import { useDecide } from '../../shell/use-decisions.ts';
import type { InboxItem } from './inbox-items.ts';
import type { Entry } from './inbox-sections.ts';
import { select } from './inbox-ui.ts';
import { sendEach } from './send-each.ts';

/** What is decided, and not only taken note of. */
const decided: ReadonlySet<InboxItem['kind']> = new Set([
  'approval',
  'permission',
  'proposal',
  'target',
]);

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
  if (kind === 'moved-back') return `Took what ${agent} left off the list`;
  if (kind === 'push') return `Took what was not pushed of ${agent} off the list`;
  if (kind === 'budget') return `Took what was told of the budget ${agent} off the list`;
  if (kind === 'conflict') return `Took the conflict of ${agent} off the list`;
  if (kind === 'story') return `Took the story of ${agent} off the list`;
  if (kind === 'reminder') return 'Took a reminder off the list';
  if (kind === 'timer') return `Took the failure of ${agent} off the list`;
  if (kind === 'trigger') return `Took what stopped ${agent} off the list`;
  if (kind === 'notice') return `Dismissed what was noticed of ${agent}`;
  return `Dismissed the failure of ${agent}`;
}
