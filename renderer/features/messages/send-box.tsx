import { useState } from 'react';
import { ComposeBox } from '../../ui/compose-box.tsx';
import { recipientsOf } from './message-names.ts';
import { RecipientPicker, type Recipients } from './recipient-picker.tsx';
import { useSendMessage } from './use-send-message.ts';

/** Writes to one agent, to several, or to all of them. */
export function SendBox({ agent }: { agent: string | undefined }) {
  const [to, setTo] = useState<Recipients>(agent === undefined ? '*' : [agent]);
  const [body, setBody] = useState('');
  const { send, busy } = useSendMessage(() => setBody(''));
  const whom = to === '*' ? 'every agent' : recipientsOf(to);
  const [only, ...others] = to;
  return (
    <div className="shrink-0 border-t p-3">
      <ComposeBox
        label={`Message to ${whom}`}
        placeholder={`Message to ${whom} (r)`}
        value={body}
        onChange={setBody}
        send="Send"
        onSend={(text) => void send({ to: others.length === 0 ? (only ?? '*') : to, body: text })}
        busy={busy}
      >
        <div className="flex min-w-0">
          <RecipientPicker value={to} onChange={setTo} />
        </div>
      </ComposeBox>
    </div>
  );
}
