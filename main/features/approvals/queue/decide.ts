/** What the queue's commands lead to, and how a merge begins: one for each target, once nothing runs or holds it up. */
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import { approvals as contract } from '../../../../preload/contract/approvals.ts';
import { inMergeOrder } from '../../../../preload/contract/merge-order.ts';
import type { Result } from '../../../base/result.ts';
import { refuse } from '../../../base/result.ts';
import type { DecideContext, Decision, Effect, NewEvent, Nothing } from '../../../hub/feature.ts';
import { decided, newEvent } from '../../../hub/feature.ts';
import type { MergeData } from '../effects.ts';
import type { ApprovalsState, StoredApproval } from '../slice.ts';
import { reduceApprovals } from '../slice.ts';
import { requireApproval } from '../require.ts';
import { everyTarget, nextFor, queuedTargets, waitingFor } from './queue.ts';

type Ctx = DecideContext<ApprovalsState>;

/** The decision, and with it the begin of what may be merged by it: both are one commit, so that no crash leaves a queue that stands still. */
export function thenBegin<R>(
  ctx: Ctx,
  targets: readonly string[],
  { result, events, effects = [] }: Decision<R>,
): Result<Decision<R>> {
  const after = foldAhead(ctx, events);
  const begun = targets.flatMap((target) => nextFor(after, target) ?? []);
  return decided(
    result,
    [...events, ...begun.map(mergingEvent)],
    [...effects, ...begun.map(mergeEffect)],
  );
}

/** The slice as it will be once these events are in the log. */
export function foldAhead(ctx: Ctx, events: readonly NewEvent[]): ApprovalsState {
  return events.reduce((state, { type, v, data }, at) => {
    const { nowMs: atMs, actor } = ctx;
    const seq = ctx.nextSeq + at;
    const event = { seq, id: '', atMs, type, v, actor, causeId: '', data, hash: '' };
    return reduceApprovals[type]?.(state, event) ?? state;
  }, ctx.state);
}

function mergingEvent({ id: approval, agent, title }: ApprovalRecord): NewEvent {
  return newEvent(contract, 'approval.merging', { approval, agent, title });
}

/** In the lane in which a target is moved back as well. */
function mergeEffect({ id, pin, title, agent, ...rest }: StoredApproval): Effect {
  const { updateCheckout = false, strategy = 'merge', overrideGates, queued, rule } = rest;
  const { story, byStory } = rest;
  const data: MergeData = {
    ...{ approval: id, pin, title, agent, updateCheckout, strategy, overrideGates },
    ...(queued !== undefined && { event: queued.seq }),
    ...(rule !== undefined && { rule }),
    ...(story !== undefined && { story }),
    ...(byStory !== undefined && { byStory }),
  };
  return { kind: 'approval.merge', lane: `merge/${pin.target}`, data };
}

export function decideMove(
  ctx: Ctx,
  { approval, before }: { approval: string; before: string },
): Result<Decision<{ target: string; order: string[] }>> {
  const moved = requireWaiting(ctx.state, approval);
  if (!moved.ok) return moved;
  const other = requireWaiting(ctx.state, before);
  if (!other.ok) return other;
  const { target } = moved.value.pin;
  const otherTarget = other.value.pin.target;
  if (target !== otherTarget)
    return refuse('QUEUE_OTHER_TARGET', { approval, target, other: before, otherTarget });
  const ids = waitingFor(ctx.state, target).map(({ id }) => id);
  const others = ids.filter((id) => id !== approval);
  const at = others.indexOf(before);
  const order = approval === before ? ids : others.toSpliced(at, 0, approval);
  const asked = order.map((id, rank) => ({
    ...{ id, rank, after: ctx.state.byId.get(id)?.queued?.after ?? [] },
  }));
  const kept = inMergeOrder(asked).map(({ id }) => id);
  if (kept.indexOf(approval) > kept.indexOf(before)) {
    const after = ctx.state.byId.get(approval)?.queued?.after ?? [];
    const contained = after.find((id) => kept.includes(id)) ?? before;
    return refuse('QUEUE_CONTAINS', { approval, other: contained });
  }
  const isSame = order.every((id, place) => ids[place] === id);
  const event = newEvent(contract, 'queue.moved', { target, approval, order });
  return decided({ target, order }, isSame ? [] : [event]);
}

export function decideHold(
  { state }: Ctx,
  { target = everyTarget }: { target?: string | undefined },
): Result<Decision<{ target: string }>> {
  const isThere = state.holds?.get(target) !== undefined;
  return decided({ target }, isThere ? [] : [newEvent(contract, 'queue.held', { target })]);
}

export function decideRelease(
  ctx: Ctx,
  { target }: { target?: string | undefined },
): Result<Decision<{ targets: string[] }>> {
  const held = [...(ctx.state.holds?.keys() ?? [])];
  const targets = held.filter((one) => target === undefined || one === target);
  if (targets.length === 0) {
    const hint = held.includes(everyTarget)
      ? ' by itself: all branches are, and `musher queue release` without a name lets them go'
      : '';
    return refuse('QUEUE_NOT_HELD', { target: target ?? 'any branch', hint });
  }
  const events = targets.map((one) => newEvent(contract, 'queue.released', { target: one }));
  const result = { targets: targets.map((one) => (one === everyTarget ? 'all branches' : one)) };
  return thenBegin(ctx, queuedTargets(ctx.state), { result, events });
}

/** After a start: what a hold or a Musher without a queue left standing goes on. */
export function decideResume(ctx: Ctx): Result<Decision<Nothing>> {
  return thenBegin(ctx, queuedTargets(ctx.state), { result: {}, events: [] });
}

function requireWaiting(state: ApprovalsState, id: string): Result<ApprovalRecord> {
  const found = requireApproval(state, id);
  if (!found.ok || found.value.state === 'approved') return found;
  return refuse('QUEUE_NOT_WAITING', { approval: id, state: found.value.state });
}
