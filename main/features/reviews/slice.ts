/** What the hub remembers of reviews: the newest, each with its threads. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import {
  reviews as contract,
  type ReviewRecord,
  type ThreadRecord,
} from '../../../preload/contract/reviews.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';

export interface ReviewsState {
  readonly reviews: Table<ReviewRecord>;
  readonly threads: Table<ThreadRecord>;
}

export const selectReviews: (hub: HubState) => ReviewsState = selectorOf<ReviewsState>(contract);
export const initialReviews: ReviewsState = { reviews: Table.empty(), threads: Table.empty() };

const most = { reviews: 100, threads: 2_000 };

export function threadsOf(state: ReviewsState, review: ReviewRecord): ThreadRecord[] {
  return Array.from({ length: review.threadCount }, (_, index) =>
    state.threads.get(threadId(review.id, index)),
  ).filter((thread) => thread !== undefined);
}

export function threadId(review: string, index: number): string {
  return `${review}.${index + 1}`;
}

type Reduce = (state: ReviewsState, event: EventEnvelope) => ReviewsState;

function submitted(state: ReviewsState, event: EventEnvelope): ReviewsState {
  const { review, threads, ...data } = event.data as EventData<typeof contract, 'review.submitted'>;
  const { approval, agent, pin } = data;
  const { actor: by, atMs, seq } = event;
  const record: ReviewRecord = {
    ...{ ...data, id: review, by, atMs, seq },
    threadCount: threads.length,
  };
  const opened = threads.reduce(
    (table, { thread, ...rest }) =>
      table.set(thread, {
        ...{ ...rest, id: thread, review, approval, agent, pin, atMs },
        ...{ state: 'open' as const, replies: [] },
      }),
    state.threads,
  );
  return bounded({ reviews: state.reviews.set(review, record), threads: opened });
}

/** The oldest go, whole. */
function bounded(state: ReviewsState): ReviewsState {
  let kept = state;
  for (const review of state.reviews.values()) {
    const isWithin =
      kept.reviews.size <= most.reviews &&
      (kept.threads.size <= most.threads || kept.reviews.size === 1);
    if (isWithin) return kept;
    kept = without(kept, review);
  }
  return kept;
}

function without(state: ReviewsState, review: ReviewRecord): ReviewsState {
  const threads = threadsOf(state, review).reduce((left, { id }) => left.delete(id), state.threads);
  return { reviews: state.reviews.delete(review.id), threads };
}

type Change = (thread: ThreadRecord, event: EventEnvelope) => ThreadRecord;

function on(change: Change): Reduce {
  return (state, event) => {
    const { thread } = event.data as { thread: string };
    const threads = state.threads.update(thread, (record) => change(record, event));
    return threads === state.threads ? state : { ...state, threads };
  };
}

function replied(thread: ThreadRecord, { actor: by, atMs, data }: EventEnvelope): ThreadRecord {
  const { text, commit, doubt } = data as EventData<typeof contract, 'review.replied'>;
  const said = { ...(commit !== undefined && { commit }), ...(doubt !== undefined && { doubt }) };
  const reply = { by, atMs, text, ...said };
  return { ...thread, replies: [...thread.replies, reply] };
}

function resolved(thread: ThreadRecord, { actor, atMs, data }: EventEnvelope): ThreadRecord {
  const { commit, doubt } = data as EventData<typeof contract, 'review.resolved'>;
  const state = actor === 'operator' ? 'resolved' : 'done';
  const said = { state, stateBy: actor, stateMs: atMs } as const;
  if (commit === undefined) return { ...thread, ...said };
  const { doubt: _, ...rest } = thread;
  return { ...rest, ...said, commit, ...(doubt !== undefined && { doubt }) };
}

function reopened(
  { commit: _, doubt: _of, ...thread }: ThreadRecord,
  event: EventEnvelope,
): ThreadRecord {
  return { ...thread, state: 'open', stateBy: event.actor, stateMs: event.atMs };
}

/** Another agent may have its name later, and has nothing to do with it. */
function purged(state: ReviewsState, event: EventEnvelope): ReviewsState {
  const { agent } = event.data as { agent: string };
  const own = state.reviews.values().filter((review) => review.agent === agent);
  return own.reduce(without, state);
}

export const reduceReviews: Readonly<Record<string, Reduce>> = {
  'review.submitted': submitted,
  'review.replied': on(replied),
  'review.resolved': on(resolved),
  'review.reopened': on(reopened),
  'agent.purged': purged,
};
