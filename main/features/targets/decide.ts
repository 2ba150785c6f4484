/** What a move of a target means, and what the operator may say to it. */
import type { CommandData } from '../../../preload/contract/define.ts';
import type { TargetRecord } from '../../../preload/contract/targets.ts';
import { targets as contract } from '../../../preload/contract/targets.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import type { TargetsState } from './slice.ts';

type Ctx = DecideContext<TargetsState>;
type Commit = { readonly commit: string };

export interface RestoreData {
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

/** One that is where it is known to be tells nothing, and one that is back there settles its alarm. */
export function decideTell(
  { state }: Ctx,
  { from: _asked, ...facts }: CommandData<typeof contract, 'target.tell'>,
): Result<Decision<Nothing>> {
  const { target, to } = facts;
  const known = state.get(target);
  if (known === undefined)
    return decided({}, [newEvent(contract, 'target.seen', { target, commit: to })]);
  if (known.isRestoring) return decided({}, []);
  if (to === known.commit || to === known.before) {
    const isBack = known.alarm !== undefined || to === known.before;
    return decided(
      {},
      isBack ? [newEvent(contract, 'target.accepted', { target, commit: to })] : [],
    );
  }
  if (to === known.alarm?.to) return decided({}, []);
  return decided({}, [newEvent(contract, 'target.moved', { ...facts, from: known.commit })]);
}

export function decideAccept(
  { state }: Ctx,
  { target }: { target: string },
): Result<Decision<Commit>> {
  const found = requireAlarm(state, target);
  if (!found.ok) return found;
  const { to: commit } = found.value.alarm;
  return decided({ commit }, [newEvent(contract, 'target.accepted', { target, commit })]);
}

export function decideRestore(
  { state }: Ctx,
  { target }: { target: string },
): Result<Decision<Commit>> {
  const found = requireAlarm(state, target);
  if (!found.ok) return found;
  const { commit, alarm } = found.value;
  const data: RestoreData = { target, from: alarm.to, to: commit };
  return decided(
    { commit },
    [newEvent(contract, 'target.restoring', { target, commit })],
    // No merge into it runs meanwhile.
    [{ kind: 'target.restore', lane: `merge/${target}`, data }],
  );
}

export function decideRestored(
  _ctx: Ctx,
  data: CommandData<typeof contract, 'target.restored'>,
): Result<Decision<Nothing>> {
  return decided({}, [newEvent(contract, 'target.restored', data)]);
}

export function decideRestoreFailed(
  _ctx: Ctx,
  data: CommandData<typeof contract, 'target.restore_failed'>,
): Result<Decision<Nothing>> {
  return decided({}, [newEvent(contract, 'target.restore_failed', data)]);
}

type Alarmed = TargetRecord & Required<Pick<TargetRecord, 'alarm'>>;

function requireAlarm(state: TargetsState, target: string): Result<Alarmed> {
  const record = state.get(target);
  if (record === undefined)
    return refuse('TARGET_UNWATCHED', { target, known: listOrNone(state.keys()) });
  const { alarm } = record;
  if (alarm === undefined || record.isRestoring)
    return refuse('TARGET_UNMOVED', {
      target,
      how: record.isRestoring ? 'is being moved back' : 'is where Musher knows it',
    });
  return ok({ ...record, alarm });
}
