import { ArrowDown, LoaderCircle, TriangleAlert } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { TrackedMessage } from '../../../preload/contract/messages.ts';
import { parseSearch } from '../../../preload/contract/search-text.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PagedList, type PagedListHandle } from '../../ui/paged-list.tsx';
import { MessageRow } from './message-row.tsx';
import type { Messages } from './use-message-window.ts';
import { useIsSlow, useUnreadNumbers } from './use-messages.ts';

interface MessageStreamProps {
  label: string;
  messages: Messages;
  /** What is searched for, as the hub was asked. */
  text?: string | undefined;
  /** Only these: what is read meanwhile is unread no more. */
  only?: ReadonlySet<number> | undefined;
  /** In place of the list, when nothing fits. */
  empty: ReactNode;
  onOpenThread?: (seq: number) => void;
  /** Shows what can be had without an index, when that is what failed. */
  onPlain?: (() => void) | undefined;
}

/** Messages as they follow each other, from the newest back to the first. */
export function MessageStream(props: MessageStreamProps) {
  const { messages, empty, only, onPlain } = props;
  const { window, error, isOpening } = messages;
  const shown = useMemo(() => {
    const all = window?.messages ?? [];
    return only === undefined ? all : all.filter(({ seq }) => only.has(seq));
  }, [window, only]);
  const isSlow = useIsSlow(isOpening && error === undefined);
  if (error !== undefined && (window === undefined || isOpening))
    return (
      <EmptyState
        icon={TriangleAlert}
        title={error.message}
        action={
          <>
            <Button onClick={messages.reload}>Try again</Button>
            {onPlain && error.code === 'SEARCH_FAILED' && (
              <Button onClick={onPlain}>Show messages alone</Button>
            )}
          </>
        }
      >
        {error.mend}
      </EmptyState>
    );
  if (isSlow) return <Looking />;
  if (window === undefined) return <div className="flex-1" />;
  if (shown.length === 0)
    return isOpening ? <div className="flex-1" /> : <div className="min-h-0 flex-1">{empty}</div>;
  return <Stream key={messages.key} {...props} shown={shown} />;
}

function Looking() {
  return (
    <div role="status" className="flex flex-1 items-center justify-center gap-2 text-muted">
      <LoaderCircle size={16} strokeWidth={1.75} aria-hidden className="spin" />
      Looking through the messages…
    </div>
  );
}

type StreamProps = MessageStreamProps & { shown: readonly TrackedMessage[] };

function Stream({ label, messages, shown, text, onOpenThread }: StreamProps) {
  const list = useRef<PagedListHandle>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const unread = useUnreadNumbers();
  const terms = useMemo(() => parseSearch(text ?? ''), [text]);
  const bySeq = useMemo(() => new Map(shown.map((one) => [one.seq, one])), [shown]);
  const { activeIndex, isActive } = useActive(shown, onOpenThread);
  const handleAtEnd = (atEnd: boolean) => {
    setAtEnd(atEnd);
    messages.setAtEnd(atEnd);
  };
  const isLive = messages.window?.isLive === true;
  const goToNewest = () => {
    if (isLive) list.current?.scrollToEnd();
    else messages.reload();
    list.current?.focus();
  };
  useShortcuts([{ keys: 'End', run: goToNewest }], onOpenThread !== undefined);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <PagedList<TrackedMessage>
        label={label}
        items={shown}
        keyOf={(message) => message.seq}
        estimatePx={52}
        {...(activeIndex === undefined ? {} : { activeIndex })}
        onNear={messages.load}
        onAtEnd={handleAtEnd}
        handle={list}
      >
        {(message, at) => (
          <MessageRow
            message={message}
            before={shown[at - 1]}
            answered={message.re === undefined ? undefined : bySeq.get(message.re)}
            terms={terms}
            isActive={isActive(at)}
            isUnread={unread.has(message.seq)}
            onOpenThread={onOpenThread}
          />
        )}
      </PagedList>
      {(!isAtEnd || !isLive) && <ToNewest arrived={messages.arrived} onPress={goToNewest} />}
    </div>
  );
}

/** Moves by `j` and `k` from the newest on; where the list moves on, it stays with its message. */
function useActive(
  shown: readonly TrackedMessage[],
  onOpenThread: ((seq: number) => void) | undefined,
) {
  const [active, setActive] = useState<number | undefined>();
  const found = active === undefined ? -1 : shown.findIndex(({ seq }) => seq === active);
  const move = (by: number) => {
    const from = found >= 0 ? found + by : shown.length - 1;
    setActive(shown[Math.min(Math.max(from, 0), shown.length - 1)]?.seq);
  };
  useShortcuts(
    [
      { keys: 'j', run: () => move(1) },
      { keys: 'k', run: () => move(-1) },
      { keys: 'Enter', run: () => found >= 0 && onOpenThread?.(shown[found]?.seq ?? 0) },
    ],
    onOpenThread !== undefined,
  );
  return {
    activeIndex: found >= 0 ? found : undefined,
    isActive: (at: number) => at === found,
  };
}

function ToNewest({ arrived, onPress }: { arrived: number; onPress: () => void }) {
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center"
    >
      <button
        type="button"
        onClick={onPress}
        aria-keyshortcuts="End"
        className="appear pointer-events-auto flex h-7 items-center gap-1.5 rounded-full border border-line-strong bg-raised px-3 font-medium shadow-float hover:bg-selected"
      >
        <ArrowDown size={14} strokeWidth={2} aria-hidden />
        {arrived > 0 ? `${arrived} new` : 'To the newest'}
      </button>
    </div>
  );
}
