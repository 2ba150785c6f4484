/** What is shown of the configuration, its versions, and proposals for it. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { ProposalRecord } from '../../../preload/contract/proposal-records.ts';
import type { proposals as contract } from '../../../preload/contract/proposals.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { requireApproval, selectApprovals } from '../approvals/index.ts';
import { factsBetween } from './facts.ts';
import type { ProposalsPorts } from './ports.ts';
import { requireVersion, requireVisible } from './require.ts';
import type { ProposalsState } from './slice.ts';

type Ctx = QueryContext<ProposalsState>;
type Ports = Pick<ProposalsPorts, 'configStore' | 'configCheck'>;
type Outcome<K extends keyof (typeof contract)['queries']> = Promise<
  Result<QueryResult<typeof contract, K>>
>;

export function settledTopic(proposal: string): string {
  return `proposal/${proposal}`;
}

export async function listProposals(
  { all }: QueryData<typeof contract, 'proposal.list'>,
  { state, actor }: Ctx,
): Outcome<'proposal.list'> {
  const self = agentIdOf(actor);
  const proposals = state.byId
    .values()
    .filter(
      (record) =>
        (all || record.settledMs === undefined) && (self === undefined || record.agent === self),
    )
    .sort((a, b) => a.proposedMs - b.proposedMs);
  return ok({ proposals });
}

export async function getProposal(
  { proposal, waitMs }: QueryData<typeof contract, 'proposal.get'>,
  ctx: Ctx,
): Outcome<'proposal.get'> {
  const look = (state: ProposalsState): Result<ProposalRecord> =>
    requireVisible(state, proposal, ctx.actor);
  const found = look(ctx.state);
  if (!found.ok || found.value.settledMs !== undefined || waitMs === 0) return found;
  await ctx.untilTopic(settledTopic(proposal), waitMs);
  return look(ctx.fresh().state);
}

export async function showConfig(
  { configStore, configCheck }: Ports,
  { state }: Ctx,
): Outcome<'config.show'> {
  const { text, hash } = await configStore.look();
  const { problems } = configCheck.check(text);
  const version = state.head?.hash === hash ? state.head.commit : undefined;
  return ok({
    ...{ path: configStore.path, text, problems: [...problems] },
    ...(version !== undefined && { version }),
  });
}

export async function diffConfig(
  { configStore, configCheck }: Ports,
  { of }: QueryData<typeof contract, 'config.diff'>,
  { state, actor, signal }: Ctx,
): Outcome<'config.diff'> {
  const ends = endsOf(state, { of, actor });
  if (!ends.ok) return ends;
  const { from, to } = ends.value;
  const { patch } = await configStore.diff(ends.value, signal);
  const before = from === undefined ? '' : await configStore.textAt(from, signal);
  const after = await configStore.textAt(to, signal);
  return ok({
    ...{ to, patch, ...factsBetween(configCheck, before, after) },
    ...(from !== undefined && { from }),
  });
}

/** A proposal over its base; a version over the one before. */
function endsOf(
  state: ProposalsState,
  { of, actor }: { readonly of: string | undefined; readonly actor: Ctx['actor'] },
): Result<{ from: string | undefined; to: string }> {
  if (of !== undefined && !/^[0-9a-f]{7,64}$/i.test(of)) {
    const found = requireVisible(state, of, actor);
    return found.ok ? ok({ from: found.value.base, to: found.value.commit }) : found;
  }
  const version = requireVersion(state, of ?? state.head?.commit ?? 'none yet');
  if (!version.ok) return version;
  const at = state.versions.indexOf(version.value);
  return ok({ from: state.versions[at - 1]?.commit, to: version.value.commit });
}

/** From what the branches parted at, as the review's diff. */
export async function configInApproval(
  { configStore, configCheck }: Ports,
  { approval }: { readonly approval: string },
  { hub, signal }: Ctx,
): Outcome<'config.in_approval'> {
  const found = requireApproval(selectApprovals(hub), approval);
  if (!found.ok) return found;
  const { base, commit } = found.value.pin;
  const before = await configStore.fileAt(base, signal);
  const { text, place } = await configStore.fileAt(commit, signal);
  return ok({
    ...factsBetween(configCheck, before.text, text),
    problems: [...configCheck.check(text).problems],
    ...(place !== undefined && { place }),
  });
}
