/** What reviews' commands lead to. A batch is one event, so that an agent does not begin to edit under the reader. */
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { approvals } from '../../../preload/contract/approvals.ts';
import type { CommitDoubt } from '../../../preload/contract/commit-doubt.ts';
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import {
  reviews as contract,
  type ReviewPlace,
  type ThreadRecord,
} from '../../../preload/contract/reviews.ts';
import { maxReplies, maxReviewChars } from '../../../preload/contract/review-bounds.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, Decision, NewEvent, PrepareContext } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import { requireApproval, selectApprovals, subjectOf } from '../approvals/index.ts';
import type { ReviewDiffs } from './ports.ts';
import { requireThread } from './require.ts';
import { type ReviewsState, selectReviews, threadId } from './slice.ts';

type Ctx = DecideContext<ReviewsState>;
export type Submit = CommandData<typeof contract, 'review.submit'>;
type Submitted = CommandResult<typeof contract, 'review.submit'>;
type Threaded = Result<Decision<{ thread: string; doubt?: CommitDoubt | undefined }>>;

/** The lines that each comment is about. */
export interface SubmitFacts {
  readonly quotes: ReadonlyArray<readonly string[]>;
}

/** `path`, `path:12` or `path:12-14`, as a comment's place. */
export function toSubmit(data: CommandData<typeof contract, 'review.comment'>): Submit {
  const { approval, commit, place, text, old } = data;
  const [, path = place, first, last] = /^(.*?):(\d{1,9})(?:-(\d{1,9}))?$/s.exec(place) ?? [];
  const lines = first === undefined ? {} : toLines(Number(first), Number(last ?? first));
  const comment = { path, side: old ? ('old' as const) : ('new' as const), ...lines, text };
  return { approval, commit, verdict: 'comment', body: '', comments: [comment] };
}

function toLines(first: number, last: number): Pick<ReviewPlace, 'startLine' | 'line'> {
  return first === last ? { line: last } : { startLine: first, line: last };
}

export async function lookAtLines(
  diffs: Pick<ReviewDiffs, 'quote'>,
  data: Submit,
  { hub, signal }: PrepareContext,
): Promise<Result<SubmitFacts>> {
  const found = requireReviewable(hub, data);
  if (!found.ok) return found;
  const { pin } = found.value;
  const quotes = await diffs.quote({ pin, places: data.comments, signal });
  const missing = data.comments.find((place, index) => {
    return quotes[index] === undefined || isBackwards(place);
  });
  if (missing === undefined) return ok({ quotes: quotes.map((lines) => lines ?? []) });
  const commit = missing.side === 'old' ? pin.base : pin.commit;
  return refuse('REVIEW_PLACE_UNKNOWN', { place: sayPlace(missing), commit: commit.slice(0, 10) });
}

function isBackwards({ startLine, line }: ReviewPlace): boolean {
  return startLine !== undefined && (line === undefined || startLine > line || startLine < 1);
}

export function sayPlace({ path, startLine, line }: Omit<ReviewPlace, 'side'>): string {
  if (line === undefined) return path;
  return startLine === undefined || startLine === line
    ? `${path}:${line}`
    : `${path}:${startLine}-${line}`;
}

export function decideSubmit(
  ctx: Ctx,
  data: Submit,
  { quotes }: SubmitFacts,
): Result<Decision<Submitted>> {
  const found = requireReviewable(ctx.hub, data);
  if (!found.ok) return found;
  const { verdict, body, comments } = data;
  if (body === '' && comments.length === 0) return refuse('REVIEW_EMPTY');
  const chars = comments.reduce((sum, { text }) => sum + text.length, 0);
  if (chars > maxReviewChars)
    return refuse('REVIEW_TOO_LONG', { found: chars, most: maxReviewChars });
  const { id: approval, agent, title, pin, state } = found.value;
  const isDenial = verdict === 'request-changes';
  if (isDenial && !isUndecided(state))
    return refuse('APPROVAL_NOT_PENDING', { approval, state, hint: 'Send it as a comment.' });
  const review = ctx.newId('r');
  const threads = comments.map((comment, index) => ({
    ...comment,
    thread: threadId(review, index),
    quote: [...(quotes[index] ?? [])],
  }));
  const { commit, base, target, diffHash } = pin;
  const submitted = newEvent(contract, 'review.submitted', {
    ...{ review, approval, agent, title, verdict, body, threads },
    pin: { commit, base, target, diffHash },
  });
  const denied = newEvent(approvals, 'approval.denied', {
    ...subjectOf(found.value),
    ...{ note: body, review },
  });
  const events = isDenial ? [denied, submitted] : [submitted];
  const seq = ctx.nextSeq + events.length - 1;
  return decided({ review, threads: threads.map(({ thread }) => thread), seq }, events);
}

/** Of an agent that is there to read it, and for the commit that was seen. */
function requireReviewable(
  hub: Ctx['hub'],
  { approval, commit }: Pick<Submit, 'approval' | 'commit'>,
): Result<ApprovalRecord> {
  const found = requireApproval(selectApprovals(hub), approval);
  if (!found.ok) return found;
  const { agent, pin } = found.value;
  const there = requireActingAgent(selectAgents(hub), `agent:${agent}`);
  if (!there.ok) return there;
  if (commit === undefined || pin.commit.startsWith(commit.toLowerCase())) return found;
  return refuse('APPROVAL_MOVED', {
    ...{ approval, what: 'commit', expected: pin.commit, found: commit },
  });
}

/** Of the commit in which something is said to be done. */
export interface DoneFacts {
  readonly doubt?: CommitDoubt | undefined;
}

/** A claim is taken as it is said, and marked where git knows otherwise: words are not lost over a wrong id. */
export async function lookAtCommit(
  diffs: Pick<ReviewDiffs, 'doubt'>,
  { thread, commit }: { readonly thread: string; readonly commit?: string | undefined },
  { hub, actor, signal }: PrepareContext,
): Promise<Result<DoneFacts>> {
  if (commit === undefined) return ok({});
  const found = requireThread(selectReviews(hub), thread, actor);
  if (!found.ok) return found;
  const branch = selectAgents(hub).byId.get(found.value.agent)?.branch;
  if (branch === undefined) return ok({});
  return ok({ doubt: await diffs.doubt({ commit: commit.toLowerCase(), branch, signal }) });
}

export function decideReply(
  ctx: Ctx,
  data: CommandData<typeof contract, 'review.reply'>,
  facts: DoneFacts,
): Threaded {
  const found = requireMine(ctx, data.thread);
  if (!found.ok) return found;
  const thread = found.value;
  if (thread.replies.length >= maxReplies)
    return refuse('THREAD_FULL', { thread: thread.id, most: maxReplies });
  const { text, done } = data;
  const said = saidOf(data, facts);
  const reply = newEvent(contract, 'review.replied', { ...placeOf(thread), text, ...said });
  const events = done ? [reply, resolvedEvent(thread, said)] : [reply];
  return decided({ thread: thread.id, doubt: facts.doubt }, events);
}

/** Said twice, it is said once. */
export function decideResolve(
  ctx: Ctx,
  { thread, commit }: CommandData<typeof contract, 'review.resolve'>,
  facts: DoneFacts,
): Threaded {
  const found = requireMine(ctx, thread);
  if (!found.ok) return found;
  const { state, commit: known } = found.value;
  const isKnown = commit === undefined || commit === known;
  const isSaid = state === 'resolved' || (state === 'done' && agentIdOf(ctx.actor) !== undefined);
  const resolved = resolvedEvent(found.value, saidOf({ commit }, facts));
  return decided({ thread, doubt: facts.doubt }, isSaid && isKnown ? [] : [resolved]);
}

export function decideReopen(ctx: Ctx, { thread }: { thread: string }): Threaded {
  const found = requireThread(ctx.state, thread, ctx.actor);
  if (!found.ok) return found;
  const isOpen = found.value.state === 'open';
  const reopened = newEvent(contract, 'review.reopened', placeOf(found.value));
  return decided({ thread }, isOpen ? [] : [reopened]);
}

function requireMine(ctx: Ctx, id: string): Result<ThreadRecord> {
  if (agentIdOf(ctx.actor) !== undefined) {
    const there = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
    if (!there.ok) return there;
  }
  return requireThread(ctx.state, id, ctx.actor);
}

interface SaidOfCommit {
  readonly commit: string | undefined;
  readonly doubt?: CommitDoubt;
}

function saidOf(
  { commit }: { readonly commit?: string | undefined },
  { doubt }: DoneFacts,
): SaidOfCommit {
  return doubt === undefined ? { commit } : { commit, doubt };
}

function resolvedEvent(thread: ThreadRecord, said: SaidOfCommit): NewEvent {
  return newEvent(contract, 'review.resolved', { ...placeOf(thread), ...said });
}

function placeOf({ id: thread, review, approval, agent, path, line }: ThreadRecord) {
  return { review, thread, approval, agent, path, ...(line !== undefined && { line }) };
}
