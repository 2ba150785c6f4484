/** Proposals: how the configuration changes by what agents propose and the operator applies. See README.md. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { proposals as contract } from '../../../preload/contract/proposals.ts';
import { ok } from '../../base/result.ts';
import type { Feature } from '../../hub/feature.ts';
import { feature, handler } from '../../hub/feature.ts';
import { inboxTopic } from '../messages/index.ts';
import {
  decideApplied,
  decideApply,
  decideApplyFailed,
  decideRevert,
  decideReverted,
  decideRevertFailed,
} from './applying.ts';
import { decideCarry, decideFind, decideMake, decideReject, decideWithdraw } from './decide.ts';
import { proposalEffects } from './effects.ts';
import { findVersion, prepareApply, prepareMake, prepareRevert, select } from './facts.ts';
import type { ProposalsPorts } from './ports.ts';
import {
  configInApproval,
  diffConfig,
  getProposal,
  listProposals,
  settledTopic,
  showConfig,
} from './queries.ts';
import { initialProposals, type ProposalsState, reduceProposals } from './slice.ts';
import { proposalWaits } from './waits.ts';
import { watchFile } from './watch.ts';
import { describeProposals } from './words.ts';

export function proposalsFeature(ports: ProposalsPorts): Feature {
  const watch = watchFile(ports);
  return feature(contract, {
    initial: initialProposals,
    version: 1,
    commands: {
      'proposal.make': handler({
        prepare: (data, ctx) => prepareMake(ports, data, ctx),
        decide: decideMake,
      }),
      'proposal.withdraw': { decide: decideWithdraw },
      'proposal.reject': { decide: decideReject },
      'proposal.apply': handler({
        async prepare(data, ctx) {
          const facts = await prepareApply(ports, data, ctx);
          if (facts.ok && facts.value.hash !== select(ctx.hub).head?.hash) watch.nudge();
          return facts;
        },
        decide: decideApply,
      }),
      'config.revert': handler({
        async prepare(data, ctx) {
          const facts = await prepareRevert(ports, data, ctx);
          if (facts.ok && facts.value.hash !== select(ctx.hub).head?.hash) watch.nudge();
          return facts;
        },
        decide: decideRevert,
      }),
      'config.find': handler({
        prepare: async (_data, { hub, signal }) =>
          ok(await findVersion(ports, select(hub), signal)),
        decide: decideFind,
      }),
      'proposal.applied': { decide: decideApplied },
      'proposal.apply_failed': { decide: decideApplyFailed },
      'proposal.carry': { decide: decideCarry },
      'config.reverted': { decide: decideReverted },
      'config.revert_failed': { decide: decideRevertFailed },
    },
    queries: {
      'proposal.list': listProposals,
      'proposal.get': getProposal,
      'config.show': (_data, ctx) => showConfig(ports, ctx),
      'config.diff': (data, ctx) => diffConfig(ports, data, ctx),
      'config.history': async (_data, { state }) =>
        ok({ versions: state.versions.toReversed().map((version) => ({ ...version })) }),
      'config.in_approval': (data, ctx) => configInApproval(ports, data, ctx),
    },
    reduce: reduceProposals,
    views: { proposal: { items: (state: ProposalsState) => state.byId } },
    waits: proposalWaits,
    topics,
    search: {
      'proposal.made': { text: ['why'] },
      'proposal.rejected': { text: ['note'] },
    },
    describe: describeProposals,
    effects: proposalEffects(ports),
    start: (life) => watch.start(life),
  });
}

/** Who is told of it: the agent of what was decided, the operator of what an agent did. */
function topics({ type, data }: EventEnvelope): string[] {
  const { proposal, agent } = data as { proposal?: string; agent?: string };
  if (proposal === undefined || agent === undefined) return [];
  switch (type) {
    case 'proposal.made':
    case 'proposal.apply_failed':
      return [inboxTopic('operator')];
    case 'proposal.withdrawn':
    case 'proposal.superseded':
      return [settledTopic(proposal), inboxTopic('operator')];
    case 'proposal.applied':
    case 'proposal.rejected':
    case 'proposal.stale':
      return [settledTopic(proposal), inboxTopic(agent)];
    default:
      return [];
  }
}
