/** Approvals: one commit, seen as a diff, approved as exactly that, merged by the hub alone. */
import { isSettled, isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { approvals as contract } from '../../../preload/contract/approvals.ts';
import type { CommandData, QueryResult } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/envelope.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Feature, PrepareContext, QueryContext } from '../../hub/feature.ts';
import { feature, handler } from '../../hub/feature.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import { inboxTopic } from '../messages/index.ts';
import {
  decideApprove,
  decideDeny,
  decideFailed,
  decideMerged,
  decideMerging,
  decideRequest,
  decideUnpinned,
  decideWithdraw,
  requireApproval,
} from './decide.ts';
import { approvalEffects } from './effects.ts';
import type { CheckoutFacts, MergeGates, RequestFacts, Review } from './ports.ts';
import type { ApprovalsState } from './slice.ts';
import { sweepForgotten } from './sweep.ts';
import { approvalWaits } from './waits.ts';
import { initialApprovals, reduceApprovals, selectApprovals } from './slice.ts';

export type { MergeGates, MergeResult, PassAsk, Review } from './ports.ts';
export { mergingInto, selectApprovals, targetsOfApprovals } from './slice.ts';

type Ctx = QueryContext<ApprovalsState>;

export function approvalsFeature(ports: {
  readonly review: Review;
  readonly gates: MergeGates;
}): Feature {
  return feature(contract, {
    initial: initialApprovals,
    version: 3,
    commands: {
      'approval.request': handler({
        prepare: (data, ctx) => examine(ports.review, data, ctx),
        decide: decideRequest,
      }),
      'approval.approve': handler({
        prepare: (data, ctx) => lookForCheckout(ports.review, data, ctx),
        decide: decideApprove,
      }),
      'approval.deny': { decide: decideDeny },
      'approval.withdraw': { decide: decideWithdraw },
      'approval.unpinned': { decide: decideUnpinned },
      'approval.merging': { decide: decideMerging },
      'approval.merged': { decide: decideMerged },
      'approval.failed': { decide: decideFailed },
    },
    queries: {
      'approval.list': async (data, ctx) =>
        ok({
          approvals: visible(ctx).filter((approval) => data.all || isUndecided(approval.state)),
        }),
      'approval.get': getApproval,
      'approval.diff': (data, ctx) => showDiff(ports.review, data, ctx),
      'approval.pictures': (data, ctx) => showPictures(ports.review, data, ctx),
    },
    reduce: reduceApprovals,
    waits: approvalWaits,
    views: { approval: { items: (state: ApprovalsState) => state.byId } },
    topics,
    search: {
      'approval.requested': { text: ['title', 'description'] },
      'approval.superseded': { text: ['title'] },
      'approval.approved': { text: ['title', 'overrideGates'] },
      'approval.merged': { text: ['title', 'target', 'mergeCommit'] },
      'approval.failed': { text: ['title', 'error', 'conflicts'] },
      'approval.denied': { text: ['title', 'note'] },
      'approval.withdrawn': { text: ['title'] },
    },
    describe,
    effects: approvalEffects(ports),
    start: (life) => sweepForgotten(ports.review, life),
  });
}

async function examine(
  review: Review,
  data: CommandData<typeof contract, 'approval.request'>,
  ctx: PrepareContext,
): Promise<Result<RequestFacts>> {
  const agent = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!agent.ok) return agent;
  const { id, branch, baseRef } = agent.value;
  return ok(
    await review.examine({
      signal: ctx.signal,
      agent: id,
      branch,
      commit: data.commit.toLowerCase(),
      target: data.target ?? baseRef,
    }),
  );
}

/** Refused before it is approved: an operator who did not say so keeps their files, and nothing has failed. */
async function lookForCheckout(
  review: Review,
  data: CommandData<typeof contract, 'approval.approve'>,
  { hub, signal }: PrepareContext,
): Promise<Result<CheckoutFacts>> {
  const found = selectApprovals(hub).byId.get(data.approval);
  if (data.updateCheckout || found === undefined || !isUndecided(found.state)) return ok({});
  const { checkout } = await review.target({ pin: found.pin, signal });
  return ok(checkout === undefined ? {} : { checkedOutIn: checkout.path });
}

function visible(ctx: Ctx): ApprovalRecord[] {
  const self = agentIdOf(ctx.actor);
  return ctx.state.byId
    .values()
    .filter((approval) => self === undefined || approval.agent === self)
    .sort((a, b) => a.requestedMs - b.requestedMs);
}

/** To others than its agent and the operator, an approval does not exist. */
function requireVisible(ctx: Ctx, id: string, state = ctx.state): Result<ApprovalRecord> {
  const found = requireApproval(state, id);
  const self = agentIdOf(ctx.actor);
  return !found.ok || self === undefined || found.value.agent === self
    ? found
    : requireApproval(initialApprovals, id);
}

async function getApproval(
  data: { approval: string; waitMs: number },
  ctx: Ctx,
): Promise<Result<ApprovalRecord>> {
  const before = requireVisible(ctx, data.approval);
  if (!before.ok || isSettled(before.value.state) || data.waitMs === 0) return before;
  await ctx.untilTopic(settledTopic(data.approval), data.waitMs);
  return requireVisible(ctx, data.approval, ctx.fresh().state);
}

async function showDiff(
  review: Review,
  data: { approval: string },
  ctx: Ctx,
): Promise<Result<QueryResult<typeof contract, 'approval.diff'>>> {
  const found = requireVisible(ctx, data.approval);
  if (!found.ok) return found;
  const { id, pin, agent } = found.value;
  const [diff, target, submodules] = await Promise.all([
    review.diff({ approval: id, pin, signal: ctx.signal }),
    review.target({ pin, signal: ctx.signal }),
    review.submodules({ pin, agent, signal: ctx.signal }),
  ]);
  return ok({
    pin,
    patch: diff.patch,
    truncated: diff.truncated,
    files: [...diff.files],
    commits: [...diff.commits],
    targetMoved: target.moved,
    checkout: target.checkout,
    ...submodules,
  });
}

async function showPictures(
  review: Review,
  { approval, path }: { approval: string; path: string },
  ctx: Ctx,
): Promise<Result<QueryResult<typeof contract, 'approval.pictures'>>> {
  const found = requireVisible(ctx, approval);
  if (!found.ok) return found;
  return ok(await review.pictures({ pin: found.value.pin, path, signal: ctx.signal }));
}

function settledTopic(approval: string): string {
  return `approval/${approval}`;
}

const settling = new Set([
  'approval.merged',
  'approval.failed',
  'approval.denied',
  'approval.withdrawn',
  'approval.superseded',
]);

function topics(event: EventEnvelope): string[] {
  const { approval, agent } = event.data as { approval: string; agent: string };
  if (event.type === 'approval.requested') return [inboxTopic('operator')];
  if (!settling.has(event.type)) return [];
  const own = agentIdOf(event.actor) === agent;
  return own ? [settledTopic(approval)] : [settledTopic(approval), inboxTopic(agent)];
}

type Said = { approval: string; agent: string; title: string } & Record<string, unknown>;
const say = (text: (data: Said) => string) => (event: EventEnvelope) => text(event.data as Said);

const describe: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'approval.approved': say((d) =>
    d.overrideGates === undefined
      ? `Approved: "${d.title}" (${d.approval}).`
      : `Approved though gates have not passed: "${d.title}" (${d.approval}). Reason: ${String(d.overrideGates)}`,
  ),
  'approval.requested': say((d) => `${d.agent} asks to merge "${d.title}" (${d.approval}).`),
  'approval.merged': say(
    (d) =>
      `Approved and merged: "${d.title}" (${d.approval}) is on ${String(d.target)} as ${String(d.mergeCommit)}.`,
  ),
  'approval.denied': say(
    (d) =>
      `Denied: "${d.title}" (${d.approval}). ${d.note === '' ? 'No note was given.' : `Note: ${String(d.note)}`}`,
  ),
  'approval.failed': say(
    (d) =>
      `Approved, but not merged: "${d.title}" (${d.approval}). ${(d.error as { message: string; mend: string }).message} ${(d.error as { mend: string }).mend}`,
  ),
  'approval.withdrawn': say((d) => `The request "${d.title}" (${d.approval}) was withdrawn.`),
  'approval.unpinned': say(
    (d) =>
      `The commit of "${d.title}" (${d.approval}) is not kept by a ref. ${(d.error as { message: string }).message}`,
  ),
  'approval.superseded': say(
    (d) => `The request "${d.title}" (${d.approval}) was superseded by ${String(d.by)}.`,
  ),
};
