/** The yes, and the way back: what is written into the file is exactly what was seen, over exactly what was seen. Pure. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { proposals as contract } from '../../../preload/contract/proposals.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { carryAll, lane } from './decide.ts';
import type { ApplyFacts, RevertFacts } from './facts.ts';
import type { FileMove } from './ports.ts';
import { requireOpen, requireProposal, requireQuiet, requireSeen } from './require.ts';
import type { ProposalsState } from './slice.ts';

type Ctx = DecideContext<ProposalsState>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;
type Named = { readonly proposal: string };

export function decideApply(
  { state }: Ctx,
  { proposal, commit: seen }: Data<'proposal.apply'>,
  { hash }: ApplyFacts,
): Result<Decision<Named & { commit: string }>> {
  const found = requireOpen(requireProposal(state, proposal));
  if (!found.ok) return found;
  const { agent, commit, base, why, hash: toHash } = found.value;
  const isSeen = requireSeen(found.value, seen);
  if (!isSeen.ok) return isSeen;
  const from = requireUnedited(state, hash);
  if (!from.ok) return from;
  // It is carried over in a moment.
  if (base !== from.value.commit) return refuse('CONFIG_EDITED');
  const move: FileMove = { from: base, to: commit, fromHash: hash, toHash };
  return decided(
    { proposal, commit },
    [newEvent(contract, 'proposal.approved', { proposal, agent, commit, why })],
    [{ kind: 'proposal.write', lane, data: { proposal, move } }],
  );
}

/** The newest version, when the file says just that and nobody writes it. */
function requireUnedited(state: ProposalsState, hash: string): Result<{ commit: string }> {
  const quiet = requireQuiet(state);
  if (!quiet.ok) return quiet;
  const { head } = state;
  return head === undefined || head.hash !== hash ? refuse('CONFIG_EDITED') : ok(head);
}

export function decideRevert(
  { state }: Ctx,
  _data: Data<'config.revert'>,
  { hash, head, version, next }: RevertFacts,
): Result<Decision<{ version: string; commit: string }>> {
  const from = requireUnedited(state, hash);
  if (!from.ok) return from;
  if (from.value.commit !== head) return refuse('CONFIG_BUSY');
  if (next.hash === hash) return refuse('CONFIG_SAME', { version });
  const move: FileMove = { from: head, to: next.commit, fromHash: hash, toHash: next.hash };
  return decided(
    { version, commit: next.commit },
    [newEvent(contract, 'config.reverting', { version, ...next })],
    [{ kind: 'config.write', lane, data: { move } }],
  );
}

export function decideApplied({ state }: Ctx, { proposal }: Named): Result<Decision<Nothing>> {
  const record = state.byId.get(proposal);
  if (record === undefined) return decided({}, []);
  const { agent, commit, hash, why } = record;
  return decided(
    {},
    [newEvent(contract, 'proposal.applied', { proposal, agent, commit, hash, why })],
    carryAll(state),
  );
}

export function decideApplyFailed(
  { state }: Ctx,
  { proposal, error }: Data<'proposal.apply_failed'>,
): Result<Decision<Nothing>> {
  const agent = state.byId.get(proposal)?.agent ?? '';
  return decided({}, [newEvent(contract, 'proposal.apply_failed', { proposal, agent, error })]);
}

export function decideReverted({ state }: Ctx): Result<Decision<Nothing>> {
  const { version, commit, hash } = state.writing ?? {};
  if (version === undefined || commit === undefined || hash === undefined) return decided({}, []);
  const event = newEvent(contract, 'config.reverted', { version, commit, hash });
  return decided({}, [event], carryAll(state));
}

export function decideRevertFailed(
  { state }: Ctx,
  { error }: Data<'config.revert_failed'>,
): Result<Decision<Nothing>> {
  const version = state.writing?.version;
  if (version === undefined) return decided({}, []);
  return decided({}, [newEvent(contract, 'config.revert_failed', { version, error })]);
}
