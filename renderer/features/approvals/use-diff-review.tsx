import { type ReactNode, useCallback, useEffect, useMemo } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { DeliveryState } from '../../../preload/contract/delivery.ts';
import { deliveryAt } from '../../../preload/contract/delivery-at.ts';
import type { ThreadRecord } from '../../../preload/contract/reviews.ts';
import { useQuery, useSend } from '../../hub/use-command.ts';
import { useLive, useRecord, useRecords } from '../../hub/use-records.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import type { DiffReview } from './diff/diff-review.ts';
import type { ViewerFile } from './diff/diff-items.ts';
import { placeThreads } from './placed-threads.ts';
import { keepComment, keepWriting, useDraft } from './review-drafts.ts';

interface DiffReviewOptions {
  readonly approval: ApprovalRecord;
  /** Of the diff that is shown. */
  readonly files: readonly ViewerFile[];
  /** False where the lines that were taken away are not those of the base. */
  readonly canCommentOld: boolean;
}

const noPlaces: never[] = [];

/** What was and can be said in the diff of an approval. */
export function useDiffReview({ approval, files, canCommentOld }: DiffReviewOptions): DiffReview {
  const { id, agent } = approval;
  const { comments, writing } = useDraft(id);
  const send = useSend();
  const all = useRecords('thread');
  const own = useMemo(() => all.filter((thread) => thread.agent === agent), [all, agent]);
  const places = useEarlierPlaces(id, own);
  const threads = useMemo(() => {
    const names = files.map(({ file }) => file);
    return placeThreads({ approval: id, threads: own, places, files: names });
  }, [id, own, places, files]);
  const onReply = useCallback(
    async (thread: string, text: string) => {
      if (await send('review.reply', { thread, text })) keepWriting(id, undefined);
    },
    [send, id],
  );
  const onResolve = useCallback(
    (thread: string, isResolved: boolean) =>
      void send(isResolved ? 'review.resolve' : 'review.reopen', { thread }),
    [send],
  );
  return useMemo(
    () => ({
      ...{ comments, threads, writing, canCommentOld, onReply, onResolve },
      onWriting: (next) => keepWriting(id, next),
      onComment: (comment) => keepComment(id, comment),
      renderReceipt,
    }),
    [id, comments, threads, writing, canCommentOld, onReply, onResolve],
  );
}

/** Asked again when there are others: where a thread is does not change by what is said in it. */
function useEarlierPlaces(approval: string, own: readonly ThreadRecord[]) {
  const earlier = own.filter((thread) => thread.approval !== approval);
  const { result, reload } = useQuery(
    'review.places',
    earlier.length === 0 ? undefined : { approval },
  );
  const names = earlier.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `names` asks again
  useEffect(reload, [names, reload]);
  return result?.places ?? noPlaces;
}

function renderReceipt(thread: ThreadRecord): ReactNode {
  return <Receipt thread={thread} />;
}

const words: Readonly<Record<DeliveryState, string>> = {
  queued: 'Not read yet',
  delivered: 'Delivered',
  redelivered: 'Delivered again',
  acknowledged: 'Acknowledged',
  gone: 'Its agent is gone',
};

/** How far its review got to the agent. */
function Receipt({ thread }: { thread: ThreadRecord }) {
  const review = useRecord('review', thread.review);
  const position = useLive('position', thread.agent);
  if (!review || !position) return null;
  const state = deliveryAt(review.seq, position);
  const isRead = state === 'acknowledged';
  return (
    <StatusDot
      shape={isRead ? 'check' : state === 'queued' ? 'ring' : 'disc'}
      tone="muted"
      word={words[state]}
      showWord
    />
  );
}
