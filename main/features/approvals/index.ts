/** Approvals: commits, seen as a diff, approved as exactly that, merged by the hub alone. */
import { isSettled, isUndecided } from '../../../preload/contract/approval-states.ts';
import type { Advance, Undoes } from '../../../preload/contract/approval-outcomes.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { approvals as contract } from '../../../preload/contract/approvals.ts';
import type { CommandData, QueryResult } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { QueueHold } from '../../../preload/contract/merge-queue.ts';
import { Table } from '../../../preload/contract/table.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { Result } from '../../base/result.ts';
import type { Feature, Life, PrepareContext, QueryContext } from '../../hub/feature.ts';
import { ok, refuse } from '../../base/result.ts';
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
} from './decide.ts';
import { decideApproveMany, lookBeforeYeses } from './batch/decide.ts';
import { lookBeforeYes } from './before-yes.ts';
import { decideDelegate, decideLeave, prepareDelegate } from './delegation/decide.ts';
import { mayBeDelegated } from './delegation/facts.ts';
import { showRules } from './delegation/queries.ts';
import { approvalEffects } from './effects.ts';
import { decideBranch, decideExpire } from './lifecycle/decide.ts';
import type { Branches, MergePreviews } from './lifecycle/ports.ts';
import { showPreview } from './lifecycle/preview.ts';
import { dueExpiries } from './lifecycle/stands.ts';
import { watchBranches } from './lifecycle/watch-branches.ts';
import {
  decideAdvance,
  decidePush,
  decidePushed,
  decidePushFailed,
  decideUndo,
  requireUndoable,
  undoTitle,
} from './outcomes/decide.ts';
import { outcomeEffects } from './outcomes/effects.ts';
import type { MergeGates, RequestFacts, Review, ReviewSettings } from './ports.ts';
import { decideHold, decideMove, decideRelease, decideResume } from './queue/decide.ts';
import { listQueue } from './queue/queue.ts';
import { requireVisible } from './require.ts';
import { openOf } from './ranges/prepare.ts';
import { readShown } from './ranges/show-diff.ts';
import type { ApprovalsState, StoredApproval } from './slice.ts';
import { decideDrop, decidePass, preparePass } from './stories/decide.ts';
import { storyOfRequest } from './stories/link.ts';
import { sweepForgotten } from './sweep.ts';
import { approvalWaits } from './waits.ts';
import { describeApprovals } from './words.ts';
import { initialApprovals, reduceApprovals, selectApprovals } from './slice.ts';

export { subjectOf } from './yes.ts';
export type { MergeGates, MergeResult, PassAsk, Review } from './ports.ts';
export { requireApproval } from './require.ts';
export { reviewSettings } from './settings.ts';
export { mergingInto, selectApprovals, targetsOfApprovals } from './slice.ts';

type Ctx = QueryContext<ApprovalsState>;

const noHolds = Table.empty<QueueHold>();

/** What events are found by. */
const searched = {
  'approval.requested': { text: ['title', 'description'] },
  'approval.superseded': { text: ['title'] },
  'approval.approved': { text: ['title', 'overrideGates', 'note', 'rule'] },
  'approval.merged': { text: ['title', 'target', 'mergeCommit', 'commits'] },
  'approval.failed': { text: ['title', 'error', 'conflicts'] },
  'approval.denied': { text: ['title', 'note'] },
  'approval.withdrawn': { text: ['title'] },
};

export interface ApprovalsPorts {
  readonly review: Review;
  readonly gates: MergeGates;
  readonly settings: () => ReviewSettings;
  readonly branches: Branches;
  readonly mergePreviews: MergePreviews;
}

export function approvalsFeature(ports: ApprovalsPorts): Feature {
  return feature(contract, {
    initial: initialApprovals,
    version: 5,
    commands: {
      'approval.request': handler({
        prepare: (data, ctx) => examine(ports, data, ctx),
        decide: decideRequest,
      }),
      ...yesCommands(ports),
      'approval.deny': { decide: decideDeny },
      'approval.withdraw': { decide: decideWithdraw },
      'approval.unpinned': { decide: decideUnpinned },
      'approval.merging': { decide: decideMerging },
      'approval.merged': { decide: decideMerged },
      'approval.failed': { decide: decideFailed },
      'approval.tell_branch': { decide: decideBranch },
      'approval.expire': { decide: decideExpire },
      'approval.undo': handler({
        prepare: (data, ctx) => prepareUndo(ports.review, data, ctx),
        decide: decideUndo,
      }),
      'approval.push': { decide: decidePush },
      'approval.pushed': { decide: decidePushed },
      'approval.push_failed': { decide: decidePushFailed },
      'target.advance': { decide: decideAdvance },
      'queue.move': { decide: decideMove },
      'queue.hold': { decide: decideHold },
      'queue.release': { decide: decideRelease },
      'queue.resume': { decide: decideResume },
    },
    queries: {
      'approval.list': async (data, ctx) =>
        ok({
          approvals: visible(ctx).filter((approval) => data.all || isUndecided(approval.state)),
        }),
      'approval.get': getApproval,
      'approval.preview': (data, ctx) => showPreview(ports.mergePreviews, data, ctx),
      'queue.list': async (_ask, { state }) => ok(listQueue(state)),
      'approval.rules': (data, ctx) => showRules(ports, data, ctx),
      'approval.diff': (data, ctx) => showDiff(ports, data, ctx),
      'approval.pictures': (data, ctx) => showPictures(ports.review, data, ctx),
    },
    reduce: reduceApprovals,
    waits: approvalWaits,
    views: {
      approval: {
        items: (state: ApprovalsState) => state.byId,
        record: ({ updateCheckout: _, ...record }: StoredApproval) => record,
      },
      queue_hold: { items: (state: ApprovalsState) => state.holds ?? noHolds },
    },
    topics,
    search: searched,
    describe: describeApprovals,
    effects: { ...approvalEffects(ports), ...outcomeEffects(ports.review) },
    due: dueExpiries(() => ports.settings().expireDays),
    start: (life) => watchAll(ports, life),
    recover: async () => [{ type: 'queue.resume', data: {} }],
  });
}

/** By the operator, to one or several, and by rules. */
function yesCommands(ports: ApprovalsPorts) {
  return {
    'approval.approve': handler({
      prepare: (data, ctx) => lookBeforeYes(ports, data, ctx),
      decide: decideApprove,
    }),
    'approval.approve_many': handler({
      prepare: (data, ctx) => lookBeforeYeses(ports, data, ctx),
      decide: decideApproveMany,
    }),
    'approval.delegate': handler({
      prepare: (data, ctx) => prepareDelegate(ports, data, ctx),
      decide: decideDelegate,
    }),
    'approval.leave': { decide: decideLeave },
    'approval.pass_story': handler({
      prepare: (data, ctx) => preparePass(ports, data, ctx),
      decide: decidePass,
    }),
    'approval.drop_story': { decide: decideDrop },
  };
}

function watchAll({ review, branches }: ApprovalsPorts, life: Life<ApprovalsState>): void {
  sweepForgotten(review, life);
  watchBranches(branches, life);
}

async function examine(
  { review, settings }: ApprovalsPorts,
  data: CommandData<typeof contract, 'approval.request'>,
  ctx: PrepareContext,
): Promise<Result<RequestFacts>> {
  const agent = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!agent.ok) return agent;
  if (data.only && data.from !== undefined) return refuse('RANGE_TWICE');
  const { id, branch, baseRef } = agent.value;
  const facts = await review.examine({
    signal: ctx.signal,
    agent: id,
    branch,
    commit: data.commit.toLowerCase(),
    from: data.from?.toLowerCase(),
    only: data.only,
    target: data.target ?? baseRef,
    open: openOf(selectApprovals(ctx.hub), id),
  });
  const considers = mayBeDelegated(settings().delegation, id, facts);
  const story = storyOfRequest(ctx.hub, id, facts.pin.commit)?.id;
  return ok({
    ...facts,
    ...(story !== undefined && { story }),
    ...(considers && { considering: true as const }),
  });
}

async function prepareUndo(
  review: Review,
  { approval }: { approval: string },
  { hub, signal }: PrepareContext,
): Promise<Result<RequestFacts>> {
  const found = requireUndoable(selectApprovals(hub), approval);
  if (!found.ok) return found;
  const { title, pin, mergeCommit, mergedFrom: from } = found.value;
  const subject = undoTitle(found.value);
  const facts = await review.revert({ approval, title, subject, pin, mergeCommit, from, signal });
  return ok({ ...facts, subject });
}

function visible(ctx: Ctx): ApprovalRecord[] {
  const self = agentIdOf(ctx.actor);
  return ctx.state.byId
    .values()
    .filter((approval) => self === undefined || approval.agent === self)
    .sort((a, b) => a.requestedMs - b.requestedMs);
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
  ports: ApprovalsPorts,
  { approval, commit }: { approval: string; commit?: string | undefined },
  ctx: Ctx,
): Promise<Result<QueryResult<typeof contract, 'approval.diff'>>> {
  const found = requireVisible(ctx, approval);
  if (!found.ok) return found;
  const branch = selectAgents(ctx.hub).byId.get(found.value.agent)?.branch;
  const { signal } = ctx;
  return ok(await readShown(ports, { approval: found.value, commit, branch, signal }));
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

interface Settled {
  readonly approval: string;
  readonly agent: string;
  readonly review?: string;
}

const settling = new Set([
  'approval.merged',
  'approval.failed',
  'approval.denied',
  'approval.withdrawn',
  'approval.superseded',
]);

function topics(event: EventEnvelope): string[] {
  if (event.type === 'target.advanced')
    return (event.data as Advance).agents.map(({ agent }) => inboxTopic(agent));
  const { approval, agent, review } = event.data as Settled;
  if (event.type === 'approval.requested') return [inboxTopic('operator')];
  if (event.type === 'approval.push_failed') return [inboxTopic('operator'), inboxTopic(agent)];
  if (!settling.has(event.type)) return [];
  // The review comes to that inbox, and says this too.
  const own = agentIdOf(event.actor) === agent || review !== undefined;
  // Whose work was taken back is told.
  const { undoes } = event.data as { undoes?: Undoes };
  const others = undoes === undefined ? [] : [inboxTopic(undoes.agent)];
  return own ? [settledTopic(approval)] : [settledTopic(approval), inboxTopic(agent), ...others];
}
