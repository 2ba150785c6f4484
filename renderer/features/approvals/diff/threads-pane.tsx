import { StatusDot } from '../../../ui/status-dot.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import type { PlacedThread } from '../placed-threads.ts';
import { splitPath } from './file-tree.ts';
import type { DiffReview } from './diff-review.ts';
import { ThreadBox } from './thread-box.tsx';
import { threadLooks } from './thread-looks.ts';

interface ThreadsPaneProps {
  threads: readonly PlacedThread[];
  review: DiffReview;
  activeId: string | undefined;
  onOpen: (thread: PlacedThread) => void;
}

const rowPx = 60;

/** Every thread, in the order of the diff; what has no place any more comes last, with the lines as they were. */
export function ThreadsPane({ threads, review, activeId, onOpen }: ThreadsPaneProps) {
  return (
    <VirtualList
      label="Threads"
      items={threads}
      keyOf={({ thread }) => thread.id}
      estimatePx={rowPx}
      activeIndex={threads.findIndex(({ thread }) => thread.id === activeId)}
      className="pb-2"
    >
      {(placed) => (
        <>
          <ThreadRow
            placed={placed}
            isActive={placed.thread.id === activeId}
            onOpen={() => onOpen(placed)}
          />
          {placed.thread.id === activeId && placed.place === undefined && (
            <Outdated {...{ placed, review }} />
          )}
        </>
      )}
    </VirtualList>
  );
}

/** There is no line to show it below: here it stands with the lines as they were. */
function Outdated({ placed, review }: { placed: PlacedThread; review: DiffReview }) {
  const { quote } = placed.thread;
  return (
    <div className="border-b bg-raised">
      {quote.length > 0 && (
        <pre className="border-b px-3 py-2 font-mono text-xs break-all whitespace-pre-wrap text-muted">
          {quote.map((line) => toPlainLine(line)).join('\n')}
        </pre>
      )}
      <ThreadBox {...{ placed, review }} isOpen onOpen={() => undefined} />
    </div>
  );
}

interface ThreadRowProps {
  placed: PlacedThread;
  isActive: boolean;
  onOpen: () => void;
}

function ThreadRow({ placed, isActive, onOpen }: ThreadRowProps) {
  const { thread, place } = placed;
  const look = threadLooks[thread.state];
  const { name } = splitPath(toPlainLine(place?.path ?? thread.path));
  const line = place === undefined ? thread.line : place.lineNumber;
  const count = thread.replies.length;
  return (
    <button
      type="button"
      aria-current={isActive ? 'true' : undefined}
      onClick={onOpen}
      className={classNames(
        'flex w-full min-w-0 flex-col gap-0.5 border-b px-3 py-2 text-left text-sm hover:bg-hover',
        isActive && 'bg-selected hover:bg-selected',
      )}
    >
      <span className="flex min-w-0 items-center gap-2">
        <StatusDot shape={look.shape} tone={look.tone} word={look.word} />
        <span className="min-w-0 truncate font-mono">
          {name}
          {line !== undefined && `:${line}`}
        </span>
        {place === undefined && <span className="shrink-0 text-amber">outdated</span>}
        <span className="flex-1" />
        {count > 0 && (
          <span className="shrink-0 text-faint">
            {count === 1 ? '1 reply' : `${count} replies`}
          </span>
        )}
      </span>
      {place === undefined && thread.quote[0] !== undefined && (
        <UntrustedLine text={thread.quote[0]} className="w-full font-mono text-xs text-faint" />
      )}
      <UntrustedLine
        text={thread.text}
        className={classNames('w-full', thread.state === 'resolved' ? 'text-faint' : 'text-muted')}
      />
    </button>
  );
}
