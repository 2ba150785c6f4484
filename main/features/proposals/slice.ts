/** What the hub remembers of the configuration's versions and of proposals for it. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { ConfigVersion, ProposalRecord } from '../../../preload/contract/proposal-records.ts';
import type { proposals as contract } from '../../../preload/contract/proposals.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Kept } from '../../base/records.ts';
import { keepNewest } from '../../base/records.ts';

/** The file is being written: a proposal's, or an earlier version's. */
export interface Writing {
  readonly commit: string;
  readonly hash: string;
  readonly proposal?: string;
  readonly version?: string;
}

export interface ProposalsState extends Kept<ProposalRecord> {
  /** What applies; absent before the first proposal. */
  readonly head?: { readonly commit: string; readonly hash: string };
  readonly writing?: Writing | undefined;
  /** The newest last. */
  readonly versions: readonly ConfigVersion[];
}

export const initialProposals: ProposalsState = {
  byId: Table.empty(),
  settled: [],
  versions: [],
};

const settledKept = 200;
const versionsKept = 500;

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;
type Reduce = (state: ProposalsState, event: EventEnvelope) => ProposalsState;

function found(state: ProposalsState, { data, atMs }: EventEnvelope): ProposalsState {
  const { commit, hash } = data as Data<'config.found'>;
  return advanced(state, { commit, hash }, { commit, how: 'found', atMs });
}

function advanced(
  state: ProposalsState,
  head: { commit: string; hash: string },
  version: ConfigVersion,
): ProposalsState {
  return { ...state, head, versions: [...state.versions, version].slice(-versionsKept) };
}

function made(state: ProposalsState, { data, atMs }: EventEnvelope): ProposalsState {
  const { proposal: id, ...facts } = data as Data<'proposal.made'>;
  const record: ProposalRecord = { ...facts, id, state: 'open', proposedMs: atMs };
  return { ...state, byId: state.byId.set(id, record) };
}

function carried(state: ProposalsState, { data, atMs }: EventEnvelope): ProposalsState {
  const { proposal: id, agent: _same, ...facts } = data as Data<'proposal.carried'>;
  const byId = state.byId.update(id, ({ failure: _old, ...record }) => ({
    ...record,
    ...facts,
    carriedMs: atMs,
  }));
  return { ...state, byId };
}

function approved(state: ProposalsState, { data }: EventEnvelope): ProposalsState {
  const { proposal, commit } = data as Data<'proposal.approved'>;
  const hash = state.byId.get(proposal)?.hash ?? '';
  const byId = state.byId.update(proposal, ({ failure: _old, ...record }) => ({
    ...record,
    state: 'approved' as const,
  }));
  return { ...state, byId, writing: { commit, hash, proposal } };
}

function applied(state: ProposalsState, event: EventEnvelope): ProposalsState {
  const { proposal, agent, commit, hash } = event.data as Data<'proposal.applied'>;
  const { atMs } = event;
  const version: ConfigVersion = { commit, how: 'applied', proposal, agent, atMs };
  const next = advanced({ ...state, writing: undefined }, { commit, hash }, version);
  return settled(next, event, { id: proposal, state: 'applied' });
}

function applyFailed(state: ProposalsState, { data }: EventEnvelope): ProposalsState {
  const { proposal, error: failure } = data as Data<'proposal.apply_failed'>;
  const byId = state.byId.update(proposal, (record) => ({
    ...record,
    state: 'open' as const,
    failure,
  }));
  return { ...state, byId, writing: undefined };
}

function reverting(state: ProposalsState, { data }: EventEnvelope): ProposalsState {
  return { ...state, writing: data as Data<'config.reverting'> };
}

function reverted(state: ProposalsState, { data, atMs }: EventEnvelope): ProposalsState {
  const { version, commit, hash } = data as Data<'config.reverted'>;
  const next: ConfigVersion = { commit, how: 'reverted', version, atMs };
  return advanced({ ...state, writing: undefined }, { commit, hash }, next);
}

type Ending = Partial<ProposalRecord> & Pick<ProposalRecord, 'id' | 'state'>;

function settled(
  state: ProposalsState,
  event: EventEnvelope,
  { id, ...ending }: Ending,
): ProposalsState {
  const byId = state.byId.update(id, ({ failure: _old, ...record }) => ({
    ...record,
    ...ending,
    settledBy: event.actor,
    settledMs: event.atMs,
  }));
  if (byId === state.byId) return state;
  const isSettled = ({ settledMs }: ProposalRecord) => settledMs !== undefined;
  return { ...state, ...keepNewest({ ...state, byId }, id, { isSettled, keep: settledKept }) };
}

function settle(endingOf: (data: never) => Omit<Ending, 'id'>): Reduce {
  return (state, event) => {
    const { proposal } = event.data as { proposal: string };
    return settled(state, event, { id: proposal, ...endingOf(event.data as never) });
  };
}

/** Nobody waits any more for a decision about what an agent proposed that is gone. */
function agentGone(state: ProposalsState, event: EventEnvelope): ProposalsState {
  const { agent } = event.data as { agent: string };
  return openOnes(state)
    .filter((record) => record.agent === agent)
    .reduce((left, { id }) => settled(left, event, { id, state: 'withdrawn' }), state);
}

/** What waits for a decision, oldest first. */
export function openOnes(state: ProposalsState): readonly ProposalRecord[] {
  return state.byId.values().filter((record) => record.state === 'open');
}

export const reduceProposals: Readonly<Record<string, Reduce>> = {
  'config.found': found,
  'proposal.made': made,
  'proposal.carried': carried,
  'proposal.approved': approved,
  'proposal.applied': applied,
  'proposal.apply_failed': applyFailed,
  'proposal.superseded': settle(({ by }: Data<'proposal.superseded'>) => ({
    state: 'superseded',
    by,
  })),
  'proposal.withdrawn': settle(() => ({ state: 'withdrawn' })),
  'proposal.stale': settle(({ reason }: Data<'proposal.stale'>) => ({
    state: 'stale',
    stale: reason,
  })),
  'proposal.rejected': settle(({ note }: Data<'proposal.rejected'>) => ({
    state: 'rejected',
    note,
  })),
  'config.reverting': reverting,
  'config.reverted': reverted,
  'config.revert_failed': (state) => ({ ...state, writing: undefined }),
  'agent.destroyed': agentGone,
};
