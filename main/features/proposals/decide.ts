/** The policy of proposals: who may propose what, and that a yes is for exactly what was seen. Pure. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { proposals as contract } from '../../../preload/contract/proposals.ts';
import type { Result } from '../../base/result.ts';
import { refuse } from '../../base/result.ts';
import type { DecideContext, Decision, Effect, NewEvent, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import type { FoundVersion, MakeFacts } from './facts.ts';
import {
  requireOpen,
  requireOwnProfile,
  requireProposal,
  requireQuiet,
  requireRoom,
  requireVisible,
} from './require.ts';
import { openOnes, type ProposalsState } from './slice.ts';

type Ctx = DecideContext<ProposalsState>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;
type Named = { readonly proposal: string };

/** One after another: what is written, noted and carried over is over the newest version. */
export const lane = 'config';

export function decideMake(
  ctx: Ctx,
  { why }: Data<'proposal.make'>,
  { found, head, base, commit, hash, paths, facts }: MakeFacts,
): Result<Decision<Named & { commit: string }>> {
  const { state } = ctx;
  const acting = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!acting.ok) return acting;
  const { id: agent } = acting.value;
  const checked = [
    requireQuiet(state),
    requireOwnProfile(acting.value, paths),
    requireRoom(state, agent, ctx.nowMs),
  ].find((result) => !result.ok);
  if (checked !== undefined && !checked.ok) return checked;
  if (state.head?.commit !== head) return refuse('CONFIG_BUSY');
  const proposal = ctx.newId('p');
  const seen = found === undefined ? none : noteFound(state, found);
  const before = openOnes(state).filter((record) => record.agent === agent);
  const events = [
    ...seen.events,
    ...before.map(({ id }) =>
      newEvent(contract, 'proposal.superseded', { proposal: id, agent, by: proposal }),
    ),
    newEvent(contract, 'proposal.made', { proposal, agent, why, base, commit, hash, ...facts }),
  ];
  const keep: Effect = { kind: 'proposal.keep', lane, data: { proposal, commit } };
  return decided({ proposal, commit }, events, [...seen.effects, keep]);
}

interface Noted {
  readonly events: readonly NewEvent[];
  readonly effects: readonly Effect[];
}

const none: Noted = { events: [], effects: [] };

/** The version that was found is the newest: its ref moves, and what is open is carried over to it. */
function noteFound(state: ProposalsState, { commit, hash, parent }: FoundVersion): Noted {
  const note: Effect = { kind: 'config.note', lane, data: { from: parent, to: commit } };
  return {
    events: [
      newEvent(contract, 'config.found', {
        ...{ commit, hash },
        ...(parent !== undefined && { parent }),
      }),
    ],
    effects: [note, ...carryAll(state)],
  };
}

/** Each is told over what applies now; one that is over it already is left. */
export function carryAll(state: ProposalsState): Effect[] {
  return openOnes(state).map(({ id }) => ({
    kind: 'proposal.carry',
    lane,
    data: { proposal: id },
  }));
}

/** What is being written is found by whoever writes it. */
export function decideFind(
  { state }: Ctx,
  _data: unknown,
  found: FoundVersion | undefined,
): Result<Decision<Nothing>> {
  const isOld = found === undefined || state.writing || state.head?.commit !== found.parent;
  if (isOld || state.head === undefined) return decided({}, []);
  const { events, effects } = noteFound(state, found);
  return decided({}, events, effects);
}

export function decideWithdraw(ctx: Ctx, { proposal }: Named): Result<Decision<Named>> {
  const found = requireOpen(requireVisible(ctx.state, proposal, ctx.actor));
  if (!found.ok) return found;
  const { agent } = found.value;
  return decided({ proposal }, [newEvent(contract, 'proposal.withdrawn', { proposal, agent })]);
}

export function decideReject(
  { state }: Ctx,
  { proposal, note }: Data<'proposal.reject'>,
): Result<Decision<Named>> {
  const found = requireOpen(requireProposal(state, proposal));
  if (!found.ok) return found;
  const { agent, why } = found.value;
  return decided({ proposal }, [
    newEvent(contract, 'proposal.rejected', { proposal, agent, note, why }),
  ]);
}

/** Counts only for what is still as it was when it was carried. */
export function decideCarry(
  { state }: Ctx,
  { proposal, from, base, carried, stale, problems }: Data<'proposal.carry'>,
): Result<Decision<Nothing>> {
  const record = state.byId.get(proposal);
  const isOld = record?.state !== 'open' || record.commit !== from || state.head?.commit !== base;
  if (isOld) return decided({}, []);
  const { agent } = record;
  if (stale !== undefined) {
    const event = { proposal, agent, reason: stale, ...(problems && { problems }) };
    return decided({}, [newEvent(contract, 'proposal.stale', event)]);
  }
  if (carried === undefined) return decided({}, []);
  const keep: Effect = { kind: 'proposal.keep', lane, data: { proposal, commit: carried.commit } };
  return decided(
    {},
    [newEvent(contract, 'proposal.carried', { proposal, agent, base, ...carried })],
    [keep],
  );
}
