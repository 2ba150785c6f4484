/** What approvals' commands lead to. A yes is for exactly what was seen; the merge is an effect of its own. */
import { isRange } from '../../../preload/contract/approval-range.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import { mergeFailureKindOf } from '../../../preload/contract/merge-failures.ts';
import { approvals as contract } from '../../../preload/contract/approvals.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, Decision, NewEvent, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import type { Story } from '../stories/index.ts';
import type { ApproveFacts, RequestFacts } from './ports.ts';
import { advanceEffects, pushEffect } from './outcomes/decide.ts';
import { foldAhead, thenBegin } from './queue/decide.ts';
import { replayedOf } from './ranges/prepare.ts';
import { requireApproval, requireUndecided } from './require.ts';
import type { ApprovalsState } from './slice.ts';
import { requireStays, storyOfRequest } from './stories/link.ts';
import { requireYes, subjectOf, yesWords } from './yes.ts';

type Ctx = DecideContext<ApprovalsState>;
type Decided = Result<Decision<{ approval: string }>>;

export function decideRequest(
  ctx: Ctx,
  data: CommandData<typeof contract, 'approval.request'>,
  facts: RequestFacts,
): Result<Decision<{ approval: string; commit: string }>> {
  const agent = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!agent.ok) return agent;
  const { subject, beside = [], story: wanted, ...rest } = facts;
  const { commit } = facts.pin;
  const open = ctx.state.byId
    .values()
    .filter((one) => one.agent === agent.value.id && isUndecided(one.state));
  const story = storyOfRequest(ctx.hub, agent.value.id, commit);
  const isLeft = requireStays(ctx.hub, { wanted, story, commit });
  if (!isLeft.ok) return isLeft;
  const same = open.find(
    (one) =>
      one.state === 'pending' &&
      isSameAsk(one.pin, facts.pin) &&
      (one.story ?? story?.id) === story?.id,
  );
  // An agent that asks twice for the same thing (after a crash, say) gets the request it has.
  if (same !== undefined) return decided({ approval: same.id, commit }, []);
  const approval = ctx.newId('a');
  const title = data.title ?? subject;
  const requested = newEvent(contract, 'approval.requested', {
    approval,
    agent: agent.value.id,
    title,
    description: data.description,
    ...rest,
    ...(story !== undefined && ofStory(story)),
  });
  const superseded = open
    .filter((one) => !beside.includes(one.id))
    .map((one) => newEvent(contract, 'approval.superseded', { ...subjectOf(one), by: approval }));
  return decided(
    { approval, commit },
    [...superseded, requested],
    [
      { kind: 'approval.pin', lane: `approval/${approval}`, data: { approval, commit } },
      ...(facts.considering && story === undefined
        ? [{ kind: 'approval.consider', lane: `approval/${approval}`, data: { approval } }]
        : []),
    ],
  );
}

/** Its review mode says what follows, and not the rules that approve; the operator is asked at once only where it says so. */
function ofStory({ id: story, review }: Story) {
  return { story, considering: review === 'human' ? undefined : (true as const) };
}

/** Where a range begins is part of what it asks for; of a whole branch that is the target's to say. */
function isSameAsk(one: Pin, other: Pin): boolean {
  const keys = ['commit', 'diffHash', 'target'] as const;
  const begins = (pin: Pin) => (isRange(pin) ? pin.base : undefined);
  return keys.every((key) => one[key] === other[key]) && begins(one) === begins(other);
}

export function decideApprove(
  ctx: Ctx,
  data: CommandData<typeof contract, 'approval.approve'>,
  facts: ApproveFacts,
): Decided {
  const taken = requireYes(ctx.state, data, facts);
  if (!taken.ok) return taken;
  const { target, event } = taken.value;
  return thenBegin(ctx, [target], { result: { approval: data.approval }, events: [event] });
}

export function decideDeny(ctx: Ctx, data: CommandData<typeof contract, 'approval.deny'>): Decided {
  const found = requireUndecided(ctx.state, data.approval);
  return found.ok
    ? decided({ approval: data.approval }, [
        newEvent(contract, 'approval.denied', { ...subjectOf(found.value), note: data.note }),
      ])
    : found;
}

/** Also one that was approved and still waits in the queue; once its merge has begun, that ends it. */
export function decideWithdraw(ctx: Ctx, data: { approval: string }): Decided {
  const waiting = ctx.state.byId.get(data.approval);
  const found =
    waiting?.state === 'approved' ? ok(waiting) : requireUndecided(ctx.state, data.approval);
  if (!found.ok) return found;
  const mine = ctx.actor === 'operator' || agentIdOf(ctx.actor) === found.value.agent;
  if (!mine)
    return refuse('APPROVAL_NOT_YOURS', {
      approval: data.approval,
      agent: found.value.agent,
      actor: ctx.actor,
    });
  return decided({ approval: data.approval }, [
    newEvent(contract, 'approval.withdrawn', subjectOf(found.value)),
  ]);
}

/** Told while a yes can still be said; a merge pins by itself, and says so when that fails. */
export function decideUnpinned(
  ctx: Ctx,
  { approval, error }: CommandData<typeof contract, 'approval.unpinned'>,
): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, approval);
  if (!found.ok) return found;
  const unpinned = newEvent(contract, 'approval.unpinned', { ...subjectOf(found.value), error });
  return decided({}, isUndecided(found.value.state) ? [unpinned] : []);
}

export function decideMerging(ctx: Ctx, data: { approval: string }): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, data.approval);
  if (!found.ok) return found;
  return decided(
    {},
    found.value.state === 'approved'
      ? [newEvent(contract, 'approval.merging', subjectOf(found.value))]
      : [],
  );
}

export function decideMerged(
  ctx: Ctx,
  data: CommandData<typeof contract, 'approval.merged'>,
): Result<Decision<Nothing>> {
  const settled = settleMerge(ctx, data.approval, (approval) => {
    const { approval: _, push: _remote, ...facts } = data;
    const { undoes, pin } = approval;
    const more = { ...replayedOf(approval, facts), ...(undoes !== undefined && { undoes }) };
    const said = { ...subjectOf(approval), ...yesWords(approval) };
    const all = { ...said, target: pin.target, ...facts, ...more };
    return newEvent(contract, 'approval.merged', all);
  });
  const { push: remote, mergeCommit: commit } = data;
  const found = ctx.state.byId.get(data.approval);
  if (!settled.ok || remote === undefined || found === undefined) return settled;
  const { approval } = data;
  const { target } = found.pin;
  const { events, effects = [], result } = settled.value;
  const pushing = newEvent(contract, 'approval.pushing', { ...subjectOf(found), target, remote });
  const push = pushEffect({ approval, remote, target, commit });
  return decided(result, [...events, pushing], [...effects, push]);
}

export function decideFailed(
  ctx: Ctx,
  data: CommandData<typeof contract, 'approval.failed'>,
): Result<Decision<Nothing>> {
  const { error, conflicts } = data;
  return settleMerge(ctx, data.approval, (approval) =>
    newEvent(contract, 'approval.failed', {
      ...{ ...subjectOf(approval), ...yesWords(approval) },
      ...{ error, conflicts, kind: mergeFailureKindOf(error.code) },
      ...(approval.story !== undefined && { story: approval.story }),
    }),
  );
}

function settleMerge(
  ctx: Ctx,
  id: string,
  event: (approval: ApprovalRecord) => NewEvent,
): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, id);
  if (!found.ok) return found;
  const { state, pin } = found.value;
  if (state === 'approved' || state === 'merging') {
    const forget = {
      kind: 'approval.forget_result',
      lane: `approval/${id}`,
      data: { approval: id },
    };
    const settled = { result: {}, events: [event(found.value)], effects: [forget] };
    const all = thenBegin(ctx, [pin.target], settled);
    if (!all.ok || all.value.effects?.some(({ kind }) => kind === 'approval.merge')) return all;
    const told = advanceEffects(foldAhead(ctx, all.value.events), pin.target);
    return ok({ ...all.value, effects: [...(all.value.effects ?? []), ...told] });
  }
  return refuse('APPROVAL_NOT_PENDING', { approval: id, state, hint: 'Nothing to do.' });
}
