import { CheckCheck, MessagesSquare, SearchX } from 'lucide-react';
import { useMemo } from 'react';
import { useCommand } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { amendPlace, navigate, useUi } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { focusComposeBox } from '../../ui/compose-box.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { isFolded, useMedia } from '../../ui/use-media.ts';
import { ViewHeader } from '../../ui/view-header.tsx';
import { FilterBar, withoutFilters } from './filter-bar.tsx';
import { type Filters, isNarrowed, parseFilters, toAsk, toTarget } from './message-filters.ts';
import { MessageStream } from './message-stream.tsx';
import { SendBox } from './send-box.tsx';
import { ThreadList } from './thread-list.tsx';
import { ThreadPane } from './thread-pane.tsx';
import { useMessageWindow } from './use-message-window.ts';
import { useMarkRead, useUnreadNumbers } from './use-messages.ts';

/** What agents and the operator say to each other. */
export function MessagesView() {
  const target = useUi(({ place }) => place.target);
  const filters = useMemo(() => parseFilters(target), [target]);
  const { agent, thread } = filters;
  const isNarrow = useMedia(isFolded);
  useMarkRead(agent);
  const closeThread = () => {
    const { thread: _, ...rest } = filters;
    navigate('messages', toTarget(rest));
  };
  const clear = () => amendPlace(toTarget(withoutFilters(filters)));
  const leave = thread === undefined ? clear : closeThread;
  const isUsed = thread !== undefined || isNarrowed(filters);
  useShortcuts([{ keys: 'r', run: focusComposeBox }]);
  useShortcuts([{ keys: 'Escape', run: leave }], isUsed);
  const stream = (
    <Conversation key={agent ?? '*'} filters={filters} isAlone={thread === undefined} />
  );
  const pane = thread !== undefined && (
    <ThreadPane key={thread} thread={thread} onClose={closeThread} isPage={isNarrow} />
  );
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
        start={<ThreadList filters={filters} />}
        end={!pane ? stream : isNarrow ? pane : <Beside stream={stream} pane={pane} />}
      />
    </>
  );
}

function Beside({ stream, pane }: { stream: React.ReactNode; pane: React.ReactNode }) {
  return (
    <SplitPane
      id="messages-thread"
      label="Resize the thread"
      fixed="end"
      sizePx={420}
      minPx={300}
      maxPx={700}
      start={stream}
      end={pane}
    />
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

interface ConversationProps {
  filters: Filters;
  /** Nothing else is open beside it: one writes here. */
  isAlone: boolean;
}

function Conversation({ filters, isAlone }: ConversationProps) {
  const { agent } = filters;
  const ask = toAsk(filters);
  const messages = useMessageWindow(ask);
  const unread = useUnreadNumbers();
  const change = (next: Filters) => amendPlace(toTarget(next));
  return (
    <section
      aria-label={agent ? `Messages with ${agent}` : 'All messages'}
      className="flex min-h-0 flex-1 flex-col"
    >
      <FilterBar
        filters={filters}
        onChange={change}
        isBusy={messages.isOpening || messages.loading !== undefined}
      />
      <MessageStream
        label="Messages"
        messages={messages}
        text={ask.text}
        only={filters.unread === true ? unread : undefined}
        empty={
          isNarrowed(filters) ? (
            <NoHit filters={filters} onClear={() => change(withoutFilters(filters))} />
          ) : (
            <NoMessages agent={agent} />
          )
        }
        // The log itself knows all messages, in their order.
        onPlain={agent === undefined ? () => change({ kind: 'messages' }) : undefined}
        onOpenThread={(seq) => navigate('messages', toTarget({ ...filters, thread: seq }))}
      />
      {isAlone && <SendBox agent={agent} />}
    </section>
  );
}

function NoHit({ filters, onClear }: { filters: Filters; onClear: () => void }) {
  const { agent, text, unread } = filters;
  const whose = agent === undefined ? '' : ` with ${agent}`;
  const isUnreadAlone = unread === true && text === undefined && filters.kind === undefined;
  return (
    <EmptyState
      icon={SearchX}
      title={isUnreadAlone ? `Nothing unread${whose}` : `No message${whose} fits`}
      action={
        <Button onClick={onClear} shortcut="Escape">
          Clear filters
        </Button>
      }
    >
      {text === undefined
        ? 'Show all of them again, or choose another kind.'
        : 'All words must be in one message. Try fewer of them, or only how they begin: schem*'}
    </EmptyState>
  );
}

function NoMessages({ agent }: { agent: string | undefined }) {
  return (
    <EmptyState icon={MessagesSquare} title="No messages yet">
      {agent
        ? `What ${agent} says to you and to other agents is shown here. A message comes to its inbox; it reads it when it looks there.`
        : 'What agents say to each other and to you is shown here. Write to one, to several or to all of them below.'}
    </EmptyState>
  );
}
