/** Reviews: comments on an approval's diff, sent as one batch, and the threads that come of them. */
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { QueryResult } from '../../../preload/contract/define.ts';
import { earlierOf, reviewedBefore } from '../../../preload/contract/earlier-reviews.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { reviews as contract } from '../../../preload/contract/reviews.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { DecideContext, Feature, QueryContext } from '../../hub/feature.ts';
import { feature, handler } from '../../hub/feature.ts';
import { requireApproval, selectApprovals } from '../approvals/index.ts';
import { inboxTopic } from '../messages/index.ts';
import {
  decideReopen,
  decideReply,
  decideResolve,
  decideSubmit,
  lookAtCommit,
  lookAtLines,
  toSubmit,
} from './decide.ts';
import { placeThreads } from './places.ts';
import type { ReviewDiffs } from './ports.ts';
import { requireReview, visibleReviews } from './require.ts';
import { describeReviews } from './say.ts';
import { initialReviews, type ReviewsState, reduceReviews, threadsOf } from './slice.ts';

type Ctx = QueryContext<ReviewsState>;
type Answer<Q extends keyof typeof contract.queries> = Promise<
  Result<QueryResult<typeof contract, Q>>
>;

export function reviewsFeature({ reviewDiffs }: { readonly reviewDiffs: ReviewDiffs }): Feature {
  const ofPin = <T>(data: { approval: string }, ctx: Ctx, look: Look<T>) =>
    withApproval(data, ctx, async (approval) => look({ ...approval, signal: ctx.signal }));
  return feature(contract, {
    initial: initialReviews,
    version: 2,
    commands: {
      'review.submit': handler({
        prepare: (data, ctx) => lookAtLines(reviewDiffs, data, ctx),
        decide: decideSubmit,
      }),
      'review.comment': handler({
        prepare: (data, ctx) => lookAtLines(reviewDiffs, toSubmit(data), ctx),
        decide: (ctx: DecideContext<ReviewsState>, data, facts) =>
          decideSubmit(ctx, toSubmit(data), facts),
      }),
      'review.reply': handler({
        prepare: (data, ctx) => lookAtCommit(reviewDiffs, data, ctx),
        decide: decideReply,
      }),
      'review.resolve': handler({
        prepare: (data, ctx) => lookAtCommit(reviewDiffs, data, ctx),
        decide: decideResolve,
      }),
      'review.reopen': { decide: decideReopen },
    },
    queries: {
      'review.list': async (data, ctx) => ok({ reviews: listReviews(data, ctx) }),
      'review.get': async ({ review }, ctx) => {
        const found = requireReview(ctx.state, review, ctx.actor);
        if (!found.ok) return found;
        return ok({ ...found.value, threads: threadsOf(ctx.state, found.value) });
      },
      'review.places': (data, ctx) => showPlaces(reviewDiffs, data, ctx),
      'review.since': (data, ctx) => showSince(reviewDiffs, data, ctx),
      'review.file': ({ since, path, oldPath, lines, ...data }, ctx) =>
        ofPin(data, ctx, ({ signal, ...approval }) => {
          const before = since ? beforeOf(ctx, approval)?.pin : undefined;
          return reviewDiffs.file({ pin: approval.pin, before, path, oldPath, lines, signal });
        }),
      'review.generated': (data, ctx) =>
        ofPin(data, ctx, async ({ pin, signal }) => ({
          paths: await reviewDiffs.generated({ pin, signal }),
        })),
    },
    reduce: reduceReviews,
    views: {
      review: { items: (state: ReviewsState) => state.reviews },
      thread: { items: (state: ReviewsState) => state.threads },
    },
    topics,
    search: {
      'review.submitted': { text: ['title', 'body', 'threads'] },
      'review.replied': { text: ['text', 'path'] },
    },
    describe: describeReviews,
  });
}

type Look<T> = (ask: ApprovalRecord & { readonly signal: AbortSignal }) => Promise<T>;

async function withApproval<T>(
  { approval }: { readonly approval: string },
  ctx: Ctx,
  look: (approval: ApprovalRecord) => Promise<T>,
): Promise<Result<T>> {
  const found = requireApproval(selectApprovals(ctx.hub), approval);
  return found.ok ? ok(await look(found.value)) : found;
}

function listReviews(
  { approval, all }: { readonly approval?: string | undefined; readonly all: boolean },
  ctx: Ctx,
): QueryResult<typeof contract, 'review.list'>['reviews'] {
  return visibleReviews(ctx.state, ctx.actor)
    .filter((review) => approval === undefined || review.approval === approval)
    .map((review) => {
      const states = threadsOf(ctx.state, review).map(({ state }) => state);
      const count = (wanted: string) => states.filter((state) => state === wanted).length;
      return { ...review, open: count('open'), done: count('done') };
    })
    .filter(({ open, done }) => all || open + done > 0);
}

function showPlaces(
  diffs: ReviewDiffs,
  data: { readonly approval: string },
  ctx: Ctx,
): Answer<'review.places'> {
  return withApproval(data, ctx, async (approval) => {
    const all = selectApprovals(ctx.hub).byId.values();
    const chain = new Set([approval, ...earlierOf(all, approval)].map(({ id }) => id));
    const threads = ctx.state.threads.values().filter((thread) => chain.has(thread.approval));
    const { pin } = approval;
    return { places: await placeThreads(diffs, threads, { pin, signal: ctx.signal }) };
  });
}

function beforeOf(ctx: Ctx, approval: ApprovalRecord): ApprovalRecord | undefined {
  const all = selectApprovals(ctx.hub).byId.values();
  return reviewedBefore(all, ctx.state.reviews.values(), approval);
}

function showSince(
  diffs: ReviewDiffs,
  data: { readonly approval: string },
  ctx: Ctx,
): Answer<'review.since'> {
  return withApproval(data, ctx, async (approval) => {
    const before = beforeOf(ctx, approval);
    if (before === undefined) return { wasReviewed: false };
    const { pin } = approval;
    const facts = await diffs.since({ before: before.pin, pin, signal: ctx.signal });
    return {
      wasReviewed: true,
      since: { approval: before.id, commit: before.pin.commit, ...facts },
    };
  });
}

/** What one says is in the other's inbox. That the operator closed it needs no word. */
function topics({ type, data, actor }: EventEnvelope): string[] {
  const { agent } = data as { agent: string };
  if (agentIdOf(actor) !== undefined) return [inboxTopic('operator')];
  return type === 'review.resolved' ? [] : [inboxTopic(agent)];
}
