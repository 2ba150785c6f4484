/** What the hub remembers of stories on their way into the target, beside what their own records say. */
import { landing as contract, type LandingRecord } from '../../../preload/contract/landing.ts';
import type { LineStage } from '../../../preload/contract/story-stages.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';

/** An agent that Musher made for it. Those of the operator are left alone. */
export interface Helper {
  readonly agent: string;
  /** Destroyed; its files are kept. */
  readonly isGone?: true;
}

export interface FormerYes {
  readonly commit: string;
  readonly diffHash: string;
  readonly mode: 'gates' | 'agent' | 'human';
  readonly reviewer?: string | undefined;
}

export interface Landing extends LandingRecord {
  /** Of a side state: where it was before. */
  readonly over?: LineStage | undefined;
  /** It had an agent since it came onto the way. */
  readonly hadAgent?: true | undefined;
  /** The operator put it into merge: no other review is needed. */
  readonly isByHand?: true | undefined;
  /** Back in merge after a failure, and no new yes was said yet. */
  readonly isRetried?: true | undefined;
  /** Let go on after it was set aside with a failed merge: that is tried again. */
  readonly isResumed?: true | undefined;
  /** Its approval was left to the operator. */
  readonly isLeft?: true | undefined;
  /** A yes was said to its approval, and what comes of it is not known. */
  readonly isSaid?: true | undefined;
  /** What a yes was said to, and by whom: put aside and back on the way unchanged, it is not reviewed anew. */
  readonly yes?: FormerYes | undefined;
  /** Its approval is merged, denied, or taken back. */
  readonly isSettled?: true | undefined;
  /** Where its approval goes. */
  readonly target?: string | undefined;
  /** Requests of before that may still stand, to be taken back. */
  readonly others: readonly string[];
  readonly helpers: readonly Helper[];
  /** From when its retention counts, Unix ms. */
  readonly doneMs?: number | undefined;
}

export interface LandingState {
  readonly byId: Table<Landing>;
  /** Agents that the hub made by itself, each with its story; empty where that is not known yet. */
  readonly made: Table<string>;
  /** Stories by the approvals that may still stand. */
  readonly byApproval: Table<string>;
}

export const initialLanding: LandingState = {
  byId: Table.empty(),
  made: Table.empty(),
  byApproval: Table.empty(),
};

export const selectLanding: (hub: HubState) => LandingState = selectorOf<LandingState>(contract);

export function newLanding(id: string): Landing {
  return { id, stage: 'backlog', menders: 0, strikes: 0, others: [], helpers: [] };
}

export function toRecord(row: Landing): LandingRecord {
  const { id, stage, commit, approval, review, mender, menders, strikes, left } = row;
  return {
    ...{ id, stage, menders, strikes },
    ...(commit !== undefined && { commit }),
    ...(approval !== undefined && { approval }),
    ...(review !== undefined && { review }),
    ...(mender !== undefined && { mender }),
    ...(left !== undefined && { left }),
  };
}

/** Requests that may still stand once it has another, or none. */
export function formerOf({ approval, others, isSettled }: Landing): readonly string[] {
  return approval === undefined || isSettled === true ? others : [...others, approval];
}

/** The round of the commit that it is at now, while an answer is awaited. */
export function openReview({ review, approval }: Landing) {
  const isOpen = review?.verdict === undefined && review?.endedMs === undefined;
  return review !== undefined && isOpen && review.approval === approval ? review : undefined;
}
