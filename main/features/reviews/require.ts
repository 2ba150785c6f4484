/** What there must be before anything is said about it. To others than its agent and the operator, a review does not exist. */
import type { Actor } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { ReviewRecord, ThreadRecord } from '../../../preload/contract/reviews.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { ReviewsState } from './slice.ts';

export function visibleReviews(state: ReviewsState, actor: Actor): ReviewRecord[] {
  const self = agentIdOf(actor);
  return state.reviews.values().filter(({ agent }) => self === undefined || agent === self);
}

export function requireReview(state: ReviewsState, id: string, actor: Actor): Result<ReviewRecord> {
  const mine = visibleReviews(state, actor);
  const found = mine.find((review) => review.id === id);
  if (found !== undefined) return ok(found);
  return refuse('REVIEW_UNKNOWN', {
    review: id,
    known: listOrNone(mine.slice(-20).map((review) => review.id)),
  });
}

/** Exactly the agent that was asked may answer, and the operator. */
export function requireThread(state: ReviewsState, id: string, actor: Actor): Result<ThreadRecord> {
  const found = state.threads.get(id);
  if (found === undefined) return refuse('THREAD_UNKNOWN', { thread: id });
  const self = agentIdOf(actor);
  if (self === undefined || self === found.agent) return ok(found);
  return refuse('THREAD_NOT_YOURS', { thread: id, agent: found.agent, actor });
}
