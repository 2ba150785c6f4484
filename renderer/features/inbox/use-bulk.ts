import { useCallback } from 'react';
import { useSend } from '../../hub/use-command.ts';
import { useDecide } from '../../shell/use-decisions.ts';
import type { BulkChoice } from './bulk.ts';
import type { InboxItem } from './kinds.ts';
import { focusInboxList } from './inbox-list.tsx';
import { chooseNone, select, useInboxUi } from './inbox-ui.ts';
import { sendEach } from './send-each.ts';

/** Decides all that take it as one decision: held, undone and listed as one. */
export function useBulk(): (choice: BulkChoice, note?: string) => void {
  const send = useSend();
  const decide = useDecide();
  return useCallback(
    (choice, note = '') => {
      const [first, ...rest] = choice.able;
      if (first === undefined) return;
      const { chosen } = useInboxUi.getState();
      const sendOne = senderOf(choice, note, send);
      decide({
        subject: first.id,
        others: rest.map(({ id }) => id),
        what: tell(choice, note),
        send: async () => (await sendEach(choice.able, sendOne)) > 0,
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

type Send = ReturnType<typeof useSend>;

function senderOf(
  { act, option }: BulkChoice,
  note: string,
  send: Send,
): (item: InboxItem) => Promise<boolean> {
  const told = note === '' ? {} : { note };
  return (item) => {
    if (act === 'dismiss') return send('inbox.dismiss', { item: item.id });
    if (item.kind === 'question')
      return send('question.answer', { question: item.record.id, choices: [option ?? ''] });
    if (item.kind === 'approval')
      return send('approval.deny', { approval: item.record.id, ...told });
    const permission = item.kind === 'permission' ? item.record.id : '';
    return act === 'allow'
      ? send('permission.allow', { permission })
      : send('permission.deny', { permission, ...told });
  };
}

function tell({ act, option, able }: BulkChoice, note: string): string {
  const many = `${able.length} ${able.length === 1 ? 'item' : 'items'}`;
  if (act === 'allow') return `Allowed ${many}`;
  if (act === 'answer') return `Answered ${many}: ${option}`;
  if (act === 'deny') return note === '' ? `Denied ${many}` : `Denied ${many}: ${note}`;
  return `Took ${many} off the list`;
}
