import { ArrowUp, CheckCheck, MessagesSquare } from 'lucide-react';
import { useMemo } from 'react';
import type { MessageRecord } from '../../../preload/contract/messages.ts';
import { useCommand } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { keyOfTarget } from '../../shell/route.ts';
import { useUi } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { focusComposeBox } from '../../ui/compose-box.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { MessageRow } from './message-row.tsx';
import { inThread } from './message-threads.ts';
import { SendBox } from './send-box.tsx';
import { ThreadList } from './thread-list.tsx';
import { useMarkRead, useMessages } from './use-messages.ts';

/** What agents and the operator say to each other. */
export function MessagesView() {
  const agent = useUi(({ place }) => keyOfTarget(place.target, 'agent'));
  useMarkRead(agent);
  useShortcuts([{ keys: 'r', run: focusComposeBox }]);
  return (
    <>
      <ViewHeader title="Messages" actions={<MarkAllRead />}>
        {agent}
      </ViewHeader>
      <SplitPane
        id="messages"
        label="Resize the conversations"
        fixed="start"
        sizePx={200}
        minPx={140}
        maxPx={400}
        start={<ThreadList agent={agent} />}
        end={<Thread key={agent ?? '*'} agent={agent} />}
      />
    </>
  );
}

function MarkAllRead() {
  const run = useCommand();
  const unread = useRecords('waiting').filter(({ kind }) => kind === 'message');
  const newest = unread.reduce((seq, item) => Math.max(seq, item.seq), 0);
  if (unread.length === 0) return null;
  return (
    <Button look="quiet" icon={CheckCheck} onClick={() => void run('inbox.ack', { upTo: newest })}>
      Mark all as read
    </Button>
  );
}

function Thread({ agent }: { agent: string | undefined }) {
  const { messages, loadOlder, isLoading } = useMessages();
  const shown = useMemo(() => inThread(messages, agent), [messages, agent]);
  const bySeq = useMemo(
    () => new Map(messages.map((message) => [message.seq, message])),
    [messages],
  );
  return (
    <section
      aria-label={agent ? `Messages with ${agent}` : 'All messages'}
      className="flex min-h-0 flex-1 flex-col"
    >
      {loadOlder && shown.length > 0 && (
        <div className="flex h-9 shrink-0 items-center justify-center border-b">
          <Button look="quiet" icon={ArrowUp} busy={isLoading} onClick={loadOlder}>
            Load older messages
          </Button>
        </div>
      )}
      {shown.length === 0 ? (
        <NoMessages agent={agent} />
      ) : (
        <VirtualList<MessageRecord>
          label="Messages"
          items={shown}
          keyOf={(message) => message.seq}
          estimatePx={64}
          followEnd
        >
          {(message, at) => (
            <div className={at === shown.length - 1 ? 'pb-3' : ''}>
              <MessageRow
                message={message}
                before={shown[at - 1]}
                answered={message.re === undefined ? undefined : bySeq.get(message.re)}
              />
            </div>
          )}
        </VirtualList>
      )}
      <SendBox agent={agent} />
    </section>
  );
}

function NoMessages({ agent }: { agent: string | undefined }) {
  return (
    <div className="min-h-0 flex-1">
      <EmptyState icon={MessagesSquare} title="No messages yet">
        {agent
          ? `What ${agent} says to you and to other agents is shown here. A message comes to its inbox; it reads it when it looks there.`
          : 'What agents say to each other and to you is shown here.'}
      </EmptyState>
    </div>
  );
}
