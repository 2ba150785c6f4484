import { Check, MessagesSquare } from 'lucide-react';
import { useQuery, useSend } from '../../../hub/use-command.ts';
import { useRecord } from '../../../hub/use-records.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useDecide } from '../../../shell/use-decisions.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { focusComposeBox } from '../../../ui/compose-box.tsx';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { DetailFrame } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { messageFacts } from './message.ts';
import { focusInboxList } from '../inbox-list.tsx';
import { dropDraft, select } from '../inbox-ui.ts';
import { ReplyBox } from '../reply-box.tsx';
import { useDismiss } from '../use-dismiss.ts';

type MessageItem = Item<'message', number>;

export const messageKind: InboxKind<'message', number> = {
  ...messageFacts,
  open: ({ agent }) => navigate('messages', `agent/${agent}`),
  Detail: MessageDetail,
};

export function MessageDetail({ item }: { item: MessageItem }) {
  const dismiss = useDismiss();
  const reply = useReply(item);
  useShortcuts([{ keys: 'r', run: focusComposeBox }]);
  return (
    <DetailFrame
      item={item}
      verb="wrote to you"
      footer={
        <ReplyBox itemId={item.id} label={`Reply to ${item.agent}`} send="Reply" onSend={reply}>
          <Button look="quiet" icon={Check} shortcut="Delete" onClick={() => dismiss(item)}>
            Mark read
          </Button>
          <Button
            look="quiet"
            icon={MessagesSquare}
            shortcut="Enter"
            onClick={() => navigate('messages', `agent/${item.agent}`)}
          >
            Open
          </Button>
        </ReplyBox>
      }
    >
      <MessageText item={item} />
    </DetailFrame>
  );
}

/** The list holds its first line; the whole of an older one is with the hub. */
function MessageText({ item }: { item: MessageItem }) {
  const mirrored = useRecord('message', `m${item.record}`);
  const asked = useQuery('message.get', mirrored ? undefined : { seq: item.record });
  return <UntrustedText text={mirrored?.body ?? asked.result?.body ?? item.title} />;
}

/** A reply says that the message was read: the hub takes it off the list. What was written is kept until it is sent. */
function useReply(item: MessageItem): (body: string) => void {
  const sendCommand = useSend();
  const decide = useDecide();
  return (body) => {
    decide({
      subject: item.id,
      what: `Replied to ${item.agent}: ${body}`,
      async send() {
        const sent = await sendCommand('message.send', { to: item.agent, body, re: item.record });
        if (sent) dropDraft(item.id);
        return sent;
      },
      onBack: () => select(item.id),
    });
    focusInboxList();
  };
}
