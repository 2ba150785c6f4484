import { Check, MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { useCommand, useQuery } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { focusComposeBox } from '../../ui/compose-box.tsx';
import { showDone } from '../../ui/toast.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { DetailFrame } from './detail-frame.tsx';
import type { InboxItem } from './inbox-items.ts';
import { focusInboxList } from './inbox-list.tsx';
import { keepDraft } from './inbox-ui.ts';
import { ReplyBox } from './reply-box.tsx';
import { useDismiss } from './use-dismiss.ts';

type MessageItem = Extract<InboxItem, { kind: 'message' }>;

export function MessageDetail({ item }: { item: MessageItem }) {
  const dismiss = useDismiss();
  const { reply, busy } = useReply(item);
  useShortcuts([{ keys: 'r', run: focusComposeBox }]);
  return (
    <DetailFrame
      item={item}
      verb="wrote to you"
      footer={
        <ReplyBox
          itemId={item.id}
          label={`Reply to ${item.agent}`}
          send="Reply"
          busy={busy}
          onSend={(text) => void reply(text)}
        >
          <Button look="quiet" icon={Check} shortcut="x" onClick={() => dismiss(item)}>
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
  const mirrored = useRecord('message', `m${item.seq}`);
  const asked = useQuery('message.get', mirrored ? undefined : { seq: item.seq });
  return <UntrustedText text={mirrored?.body ?? asked.result?.body ?? item.title} />;
}

/** A reply says that the message was read: the hub takes it off the list. */
function useReply(item: MessageItem) {
  const run = useCommand();
  const [busy, setBusy] = useState(false);
  const reply = async (body: string) => {
    setBusy(true);
    const sent = await run('message.send', { to: item.agent, body, re: item.seq });
    setBusy(false);
    if (!sent) return;
    keepDraft(item.id, '');
    showDone(`Sent to ${item.agent}`);
    focusInboxList();
  };
  return { reply, busy };
}
