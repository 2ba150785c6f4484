/** What the hub remembers of claims: as a node its own, as a rendezvous what nodes brought. */
import type { ClaimRecord } from '../../../../preload/contract/claim-facts.ts';
import type { claimEvents } from '../../../../preload/contract/claims.ts';
import type { EventData } from '../../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../../preload/contract/envelope.ts';
import type { StoryNode } from '../../../../preload/contract/story-facts.ts';
import type { stories } from '../../../../preload/contract/stories.ts';
import { Table } from '../../../../preload/contract/table.ts';
import type { Kept } from '../../../base/records.ts';
import { keepNewest } from '../../../base/records.ts';
import type { z } from 'zod';

/** A commit that a node brought. */
export interface Brought {
  readonly story: string;
  readonly node: string;
  readonly claim: number;
  readonly commit: string;
  readonly ref: string;
  readonly outcome: 'taken' | 'late';
}

export interface Taken extends Brought {
  /** Who had the story then. */
  readonly holder: StoryNode;
  /** In whose name it is landed. */
  readonly agent: string;
}

export interface ClaimsState {
  /** Own, by story of the rendezvous. */
  readonly claims: Table<ClaimRecord>;
  readonly nextClaim: number;
  /** By node and story: the newest. */
  readonly brought: Kept<Brought>;
  /** By story, while it is in coding: what was taken for it, and is on its way to be landed. */
  readonly taken: Table<Taken>;
}

export const initialClaims: ClaimsState = {
  ...{ claims: Table.empty(), nextClaim: 1 },
  ...{ brought: { byId: Table.empty(), settled: [] }, taken: Table.empty() },
};

const keeping = { isSettled: () => true, keep: 2_000 };

export function broughtKey(node: string, story: string): string {
  return `${node}/${story}`;
}

type Data<K extends keyof typeof claimEvents> = z.output<(typeof claimEvents)[K]['data']>;
type Reduce = (state: ClaimsState, event: EventEnvelope) => ClaimsState;

function asked(state: ClaimsState, { data, atMs }: EventEnvelope): ClaimsState {
  const { story: id, ...said } = data as Data<'claim.asked'>;
  const claim: ClaimRecord = { id, ...said, state: 'asked', sinceMs: atMs };
  return { ...state, claims: state.claims.set(id, claim), nextClaim: said.claim + 1 };
}

function changed(change: (claim: ClaimRecord, event: EventEnvelope) => ClaimRecord): Reduce {
  return (state, event) => {
    const { story } = event.data as { story: string };
    const claim = state.claims.get(story);
    if (claim === undefined) return state;
    const now = { ...change(claim, event), sinceMs: event.atMs };
    return { ...state, claims: state.claims.set(story, now) };
  };
}

function withBrought(state: ClaimsState, one: Brought): ClaimsState {
  const id = broughtKey(one.node, one.story);
  const { byId, settled } = state.brought;
  return { ...state, brought: keepNewest({ byId: byId.set(id, one), settled }, id, keeping) };
}

export const reduceClaims: Readonly<Record<string, Reduce>> = {
  'claim.asked': asked,
  'claim.begun': changed((claim, { data }) => ({
    ...{ ...claim, state: 'begun' },
    local: (data as Data<'claim.begun'>).local,
  })),
  'claim.verified': changed((claim, { data }) => ({
    ...{ ...claim, state: 'verified' },
    commit: (data as Data<'claim.verified'>).commit,
  })),
  'claim.released': changed((claim, { data }) => {
    const { reason, isStuck } = data as Data<'claim.released'>;
    return { ...claim, state: 'releasing', reason, isStuck };
  }),
  'claim.ended': (state, { data }) => ({
    ...state,
    claims: state.claims.delete((data as Data<'claim.ended'>).story),
  }),
  'claim.taken': (state, { data }) => {
    const { holder, agent, title: _title, ...one } = data as Data<'claim.taken'>;
    const brought: Brought = { ...one, outcome: 'taken' };
    const taken = state.taken.set(one.story, { ...brought, holder, agent });
    return withBrought({ ...state, taken }, brought);
  },
  'claim.late': (state, { data }) => {
    const { title: _title, ...one } = data as Data<'claim.late'>;
    return withBrought(state, { ...one, outcome: 'late' });
  },
  'story.moved': (state, { data }) => {
    const { story, node } = data as EventData<typeof stories, 'story.moved'>;
    if (node !== undefined || !state.taken.has(story)) return state;
    return { ...state, taken: state.taken.delete(story) };
  },
};
