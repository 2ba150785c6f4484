/** What follows a merge: its undo, its push, and the word to the agents of its target. */
import { isUndecided } from '../../../../preload/contract/approval-states.ts';
import type { Advance } from '../../../../preload/contract/approval-outcomes.ts';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import { approvals as contract } from '../../../../preload/contract/approvals.ts';
import type { CommandData } from '../../../../preload/contract/define.ts';
import { mergeFailureKindOf } from '../../../../preload/contract/merge-failures.ts';
import type { Result } from '../../../base/result.ts';
import { ok, refuse } from '../../../base/result.ts';
import type { DecideContext, Decision, Effect, Nothing } from '../../../hub/feature.ts';
import { decided, newEvent } from '../../../hub/feature.ts';
import type { RequestFacts } from '../ports.ts';
import { requireApproval } from '../require.ts';
import type { ApprovalsState, StoredApproval } from '../slice.ts';

type Ctx = DecideContext<ApprovalsState>;

/** Merged, and not taken back yet. */
export function requireUndoable(
  state: ApprovalsState,
  approval: string,
): Result<StoredApproval & { mergeCommit: string }> {
  const found = requireApproval(state, approval);
  if (!found.ok) return found;
  const { state: now, mergeCommit, undoneBy } = found.value;
  if (now !== 'merged' || mergeCommit === undefined)
    return refuse('UNDO_NOT_MERGED', { approval, state: now });
  if (undoneBy !== undefined) return refuse('UNDO_DONE', { approval, by: undoneBy });
  return ok({ ...found.value, mergeCommit });
}

/** `Undo "x"`, and of an undo `Redo "x"`. */
export function undoTitle({ title, undoes }: Pick<ApprovalRecord, 'title' | 'undoes'>): string {
  const what = /^(?:Undo|Redo) "(.*)"$/s.exec(title)?.[1];
  if (undoes === undefined || what === undefined) return `Undo "${title}"`;
  return title.startsWith('Undo') ? `Redo "${what}"` : `Undo "${what}"`;
}

/** Whoever asks twice gets the one that waits. It is the operator's own, so that nothing an agent does takes it away. */
export function decideUndo(
  ctx: Ctx,
  data: { approval: string },
  { subject: title, ...facts }: RequestFacts,
): Result<Decision<{ approval: string; commit: string }>> {
  const found = requireUndoable(ctx.state, data.approval);
  if (!found.ok) return found;
  const there = ctx.state.byId
    .values()
    .find(
      ({ undoes, state }) =>
        undoes?.approval === data.approval &&
        state !== 'merged' &&
        (isUndecided(state) || state === 'approved' || state === 'merging'),
    );
  if (there !== undefined) return decided({ approval: there.id, commit: there.pin.commit }, []);
  const approval = ctx.newId('a');
  const { commit } = facts.pin;
  const undoes = { approval: data.approval, agent: found.value.agent };
  const requested = { approval, agent: 'operator', title, undoes, ...facts };
  return decided(
    { approval, commit },
    [newEvent(contract, 'approval.requested', requested)],
    [{ kind: 'approval.pin', lane: `approval/${approval}`, data: { approval, commit } }],
  );
}

export interface PushData {
  readonly approval: string;
  readonly remote: string;
  readonly target: string;
  readonly commit: string;
}

/** In the order of the merges of a target. */
export function pushEffect(data: PushData): Effect {
  return { kind: 'approval.push', lane: `push/${data.target}`, data };
}

export function decidePush(
  ctx: Ctx,
  { approval }: { approval: string },
): Result<Decision<{ approval: string }>> {
  const found = requireApproval(ctx.state, approval);
  if (!found.ok) return found;
  const { push, mergeCommit: commit, pin } = found.value;
  if (push?.state !== 'failed' || commit === undefined)
    return refuse('PUSH_NOT_FAILED', { approval, why: whyNoPush(push?.state) });
  const { remote } = push;
  const { target } = pin;
  return decided(
    { approval },
    [newEvent(contract, 'approval.pushing', { ...subjectOf(found.value), remote })],
    [pushEffect({ approval, remote, target, commit })],
  );
}

function whyNoPush(state: 'pushing' | 'pushed' | 'failed' | undefined): string {
  if (state === 'pushing') return 'it is being pushed';
  return state === 'pushed' ? 'it was pushed' : 'it was not to be pushed';
}

export function decidePushed(
  ctx: Ctx,
  { approval, remote }: { approval: string; remote: string },
): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, approval);
  if (!found.ok) return found;
  return decided({}, [
    newEvent(contract, 'approval.pushed', { ...subjectOf(found.value), remote }),
  ]);
}

export function decidePushFailed(
  ctx: Ctx,
  { approval, remote, error }: CommandData<typeof contract, 'approval.push_failed'>,
): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, approval);
  if (!found.ok) return found;
  const what = { ...subjectOf(found.value), remote, error, kind: mergeFailureKindOf(error.code) };
  return decided({}, [newEvent(contract, 'approval.push_failed', what)]);
}

export function decideAdvance(_ctx: Ctx, data: Advance): Result<Decision<Nothing>> {
  return decided({}, [newEvent(contract, 'target.advanced', data)]);
}

export interface AdvanceData {
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

/** Once for all that was merged in a row: while the next one is merged, nobody is told. */
export function advanceEffects(after: ApprovalsState, target: string): Effect[] {
  const data: AdvanceData | undefined = after.untold?.get(target);
  return data === undefined ? [] : [{ kind: 'target.advance', lane: `advance/${target}`, data }];
}

function subjectOf({ id: approval, agent, title, pin }: ApprovalRecord) {
  return { approval, agent, title, target: pin.target };
}
