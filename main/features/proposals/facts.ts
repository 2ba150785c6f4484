/** What proposals look at outside before they are decided: the file, and what the texts come to. Makes objects of git, and nothing that points at them. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { ConfigDiff } from '../../../preload/contract/proposal-records.ts';
import { proposals as contract } from '../../../preload/contract/proposals.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { PrepareContext } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import { changedPaths, changesBetween, type KeyPath } from './changes.ts';
import type { ConfigCheck, ProposalsPorts } from './ports.ts';
import { requireProposal, requireValid, requireVersion } from './require.ts';
import type { ProposalsState } from './slice.ts';
import { hasHidden, textProblem } from './text-rules.ts';

export type ChangeFacts = Pick<ConfigDiff, 'changes' | 'changeCount' | 'hasHidden'>;

/** The file says something else than what applies: a version of its own. */
export interface FoundVersion {
  readonly commit: string;
  readonly hash: string;
  /** The newest version when it was looked at. */
  readonly parent: string | undefined;
}

export interface MakeFacts {
  readonly found: FoundVersion | undefined;
  /** The newest version when it was looked at. */
  readonly head: string | undefined;
  readonly base: string;
  readonly commit: string;
  readonly hash: string;
  readonly paths: readonly KeyPath[];
  readonly facts: ChangeFacts;
}

export const select = selectorOf<ProposalsState>(contract);

export function factsBetween(check: ConfigCheck, before: string, after: string): ChangeFacts {
  const changes = changesBetween(check.check(before).values, check.check(after).values);
  return { ...changes, hasHidden: hasHidden(after) };
}

/** Undefined where the file says what applies. */
export async function findVersion(
  { configStore }: Pick<ProposalsPorts, 'configStore'>,
  { head }: Pick<ProposalsState, 'head'>,
  signal: AbortSignal,
): Promise<FoundVersion | undefined> {
  const { text, hash } = await configStore.look();
  if (hash === head?.hash) return undefined;
  const parent = head?.commit;
  const message = parent === undefined ? 'What applied first' : 'Found in the checkout';
  const { commit } = await configStore.makeVersion({ parent, text, message }, signal);
  return { commit, hash, parent };
}

export async function prepareMake(
  ports: ProposalsPorts,
  { text: whole, sets, why }: CommandData<typeof contract, 'proposal.make'>,
  { hub, actor, signal }: PrepareContext,
): Promise<Result<MakeFacts>> {
  const { configStore, configCheck } = ports;
  const { head } = select(hub);
  const before = await configStore.look();
  const problem = textProblem(whole ?? '');
  if (problem !== undefined) return refuse('PROPOSAL_TEXT', { reason: problem });
  const set = configCheck.set(whole ?? before.text, sets);
  if (!set.ok) return set;
  const text = set.value;
  const setProblem = textProblem(text);
  if (setProblem !== undefined) return refuse('PROPOSAL_TEXT', { reason: setProblem });
  if (text === before.text) return refuse('PROPOSAL_EMPTY');
  const valid = requireValid(configCheck.check(text).problems);
  if (!valid.ok) return valid;
  const found = await findVersion(ports, { head }, signal);
  // Looked at twice: between the two it may have been saved.
  if ((found?.hash ?? head?.hash) !== before.hash) return refuse('CONFIG_BUSY');
  const base = found?.commit ?? head?.commit ?? '';
  const message = `${why}\n\nMusher-Agent: ${agentIdOf(actor) ?? actor}`;
  const made = await configStore.makeVersion({ parent: base, text, message }, signal);
  return ok({
    ...{ found, head: head?.commit, base, commit: made.commit, hash: made.hash },
    paths: changedPaths(configCheck.check(before.text).values, configCheck.check(text).values),
    facts: factsBetween(configCheck, before.text, text),
  });
}

export interface ApplyFacts {
  /** What the file says now. */
  readonly hash: string;
}

/** The schema may be another than when it was proposed. */
export async function prepareApply(
  { configStore, configCheck }: ProposalsPorts,
  { proposal }: { readonly proposal: string },
  { hub, signal }: PrepareContext,
): Promise<Result<ApplyFacts>> {
  const found = requireProposal(select(hub), proposal);
  if (!found.ok) return found;
  const text = await configStore.textAt(found.value.commit, signal);
  const valid = requireValid(configCheck.check(text).problems);
  if (!valid.ok) return valid;
  const { hash } = await configStore.look();
  return ok({ hash });
}

export interface RevertFacts extends ApplyFacts {
  readonly head: string | undefined;
  readonly version: string;
  readonly next: { readonly commit: string; readonly hash: string };
}

export async function prepareRevert(
  { configStore, configCheck }: ProposalsPorts,
  { version }: { readonly version: string },
  { hub, signal }: PrepareContext,
): Promise<Result<RevertFacts>> {
  const state = select(hub);
  const found = requireVersion(state, version);
  if (!found.ok) return found;
  const text = await configStore.textAt(found.value.commit, signal);
  const valid = requireValid(configCheck.check(text).problems);
  if (!valid.ok) return valid;
  const { hash } = await configStore.look();
  const parent = state.head?.commit;
  const message = `Back to ${found.value.commit}`;
  const { commit, hash: next } = await configStore.makeVersion({ parent, text, message }, signal);
  return ok({ hash, head: parent, version: found.value.commit, next: { commit, hash: next } });
}
