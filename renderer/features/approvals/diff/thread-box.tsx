import { ChevronDown, ChevronRight } from 'lucide-react';
import { doubtWords } from '../../../../preload/contract/commit-doubt.ts';
import type { ReviewReply, ThreadRecord } from '../../../../preload/contract/reviews.ts';
import { Button } from '../../../ui/button.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { UntrustedLine, UntrustedText } from '../../../ui/untrusted-text.tsx';
import { shortId } from '../../../ui/short-id.ts';
import type { PlacedThread } from '../placed-threads.ts';
import { sayLines } from '../review-comments.ts';
import { BoxEditor } from './comment-box.tsx';
import type { DiffReview } from './diff-review.ts';
import { threadLooks } from './thread-looks.ts';

interface ThreadBoxProps {
  placed: PlacedThread;
  review: DiffReview;
  /** A resolved one is folded to one line. */
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

/** A comment that was sent, and what was said to it since. */
export function ThreadBox({ placed, review, isOpen, onOpen }: ThreadBoxProps) {
  const { thread, isEarlier } = placed;
  const look = threadLooks[thread.state];
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section with a name is a landmark, and there may be hundreds
    <div
      role="group"
      aria-label={`Thread, ${look.word}`}
      data-thread={thread.id}
      className="max-w-200 px-3 py-2 not-first:border-t"
    >
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 text-sm">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? 'Fold' : 'Unfold'} thread ${thread.id}`}
          onClick={() => onOpen(!isOpen)}
          className="inline-flex size-5 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-fg"
        >
          <Icon size={14} aria-hidden />
        </button>
        <StatusDot shape={look.shape} tone={look.tone} word={look.word} showWord />
        {thread.commit && (
          <span className="shrink-0 text-muted">
            in <code>{shortId(thread.commit)}</code>
            {thread.doubt && <span className="text-amber">, {doubtWords[thread.doubt]}</span>}
          </span>
        )}
        {isOpen ? (
          <span className="min-w-0 flex-1 basis-20 truncate text-faint">
            {sayLines(placed.place ?? { startLine: thread.startLine, lineNumber: thread.line })}
            {isEarlier && ', of your earlier review'}
          </span>
        ) : (
          <UntrustedLine text={thread.text} className="flex-1 text-muted" />
        )}
        <span className="ml-auto">{review.renderReceipt(thread)}</span>
      </div>
      {isOpen && <ThreadBody {...{ thread, review }} />}
    </div>
  );
}

function ThreadBody({ thread, review }: { thread: ThreadRecord; review: DiffReview }) {
  const { writing, onWriting, onReply, onResolve } = review;
  const isReplying = writing?.thread === thread.id;
  const isResolved = thread.state === 'resolved';
  const say = (text: string) => onWriting({ thread: thread.id, text });
  return (
    <div className="pl-7">
      <Said by="operator" atMs={thread.atMs} text={thread.text} commit={undefined} />
      {thread.replies.map((reply, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: replies are only ever added at the end
        <Said key={index} {...reply} commit={reply.commit} />
      ))}
      {isReplying ? (
        <BoxEditor
          label={`Reply to ${thread.agent}`}
          text={writing.text}
          isKept={false}
          send="Reply"
          hint={`${thread.agent} gets it at once`}
          onText={say}
          onSend={(text) => onReply(thread.id, text)}
          onCancel={() => onWriting(undefined)}
        />
      ) : (
        <div className="-ml-2.5 flex gap-1">
          <Button look="quiet" shortcut="r" onClick={() => say('')}>
            Reply
          </Button>
          <Button look="quiet" shortcut="y" onClick={() => onResolve(thread.id, !isResolved)}>
            {isResolved ? 'Reopen' : 'Resolve'}
          </Button>
        </div>
      )}
    </div>
  );
}

function Said({ by, atMs, text, commit, doubt }: ReviewReply) {
  return (
    <div className="py-1">
      <span className="flex items-baseline gap-2 text-sm">
        <span className="font-medium">{by === 'operator' ? 'You' : by.replace(/^agent:/, '')}</span>
        <RelativeTime atMs={atMs} className="text-faint" />
        {commit && doubt && (
          <span className="text-amber">
            <code>{shortId(commit)}</code>, {doubtWords[doubt]}
          </span>
        )}
      </span>
      <UntrustedText text={text} />
    </div>
  );
}
