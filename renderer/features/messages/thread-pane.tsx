import { MessagesSquare, X } from 'lucide-react';
import { useState } from 'react';
import type { TrackedMessage } from '../../../preload/contract/messages.ts';
import { ComposeBox } from '../../ui/compose-box.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { BackBar } from '../../ui/pages.tsx';
import { answerTo, recipientsOf } from './message-names.ts';
import { MessageStream } from './message-stream.tsx';
import { useMessageWindow } from './use-message-window.ts';
import { useSendMessage } from './use-send-message.ts';

interface ThreadPaneProps {
  /** Number of any message of it. */
  thread: number;
  onClose: () => void;
  /** It is shown in place of the list, and not beside it. */
  isPage: boolean;
}

/** One chain of answers, whole, and the place to go on with it. */
export function ThreadPane({ thread, onClose, isPage }: ThreadPaneProps) {
  const messages = useMessageWindow({ type: 'message.sent', thread });
  const last = messages.window?.messages.at(-1);
  return (
    <section aria-label="Thread" className="flex min-h-0 flex-1 flex-col">
      {isPage ? (
        <BackBar to="Messages" onBack={onClose} />
      ) : (
        <header className="flex h-bar shrink-0 items-center gap-2 border-b pr-2 pl-4">
          <h2 className="flex-1 font-semibold">Thread</h2>
          <IconButton icon={X} label="Close the thread" shortcut="Escape" onClick={onClose} />
        </header>
      )}
      <MessageStream
        label="Messages of the thread"
        messages={messages}
        empty={
          <EmptyState icon={MessagesSquare} title="There is no such message">
            The thread of #{thread} has no messages. Go back to the list and choose another one.
          </EmptyState>
        }
      />
      {last && <AnswerBox last={last} />}
    </section>
  );
}

function AnswerBox({ last }: { last: TrackedMessage }) {
  const [body, setBody] = useState('');
  const { send, busy } = useSendMessage(() => setBody(''));
  const to = answerTo(last);
  const whom = recipientsOf(to);
  return (
    <div className="shrink-0 border-t p-3">
      <ComposeBox
        label={`Answer to ${whom}`}
        placeholder={`Answer to ${whom} (r)`}
        value={body}
        onChange={setBody}
        send="Send"
        onSend={(text) => void send({ to, body: text, re: last.seq })}
        busy={busy}
      />
    </div>
  );
}
