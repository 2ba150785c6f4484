/** How the way of a story comes out of the log: its moves, what becomes of its approvals, and the agents that were made for it. */
import type { Withdrawal } from '../../../preload/contract/approval-lifecycle.ts';
import type { approvals } from '../../../preload/contract/approvals.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { landing as contract } from '../../../preload/contract/landing.ts';
import type { stories } from '../../../preload/contract/stories.ts';
import { isOver } from '../../../preload/contract/story-stages.ts';
import { afterMove } from './after-move.ts';
import { formerOf, type Landing, type LandingState, newLanding } from './slice.ts';

type Told<K extends keyof (typeof contract)['events'] & string> = EventData<typeof contract, K>;
type Reduce = (state: LandingState, event: EventEnvelope) => LandingState;

function moved(state: LandingState, event: EventEnvelope): LandingState {
  const data = event.data as EventData<typeof stories, 'story.moved'>;
  const { story: id, place, agent } = data;
  const known = state.byId.get(id);
  const isMade = agent !== undefined && state.made.has(agent);
  if (known === undefined && !isMade && !begins.has(place.stage)) return state;
  return helping(withRow(state, afterMove(known ?? newLanding(id), data, event)), id, agent);
}

/** Where there is something to do for a story, whoever has it. */
const begins = new Set(['qa', 'merge', 'merge_failed', 'done']);

function assigned(state: LandingState, event: EventEnvelope): LandingState {
  const { story, agent } = event.data as EventData<typeof stories, 'story.assigned'>;
  return helping(state, story, agent);
}

/** Whom the hub made for it is cleared away with it. */
function helping(state: LandingState, id: string, agent: string | undefined): LandingState {
  if (agent === undefined || !state.made.has(agent)) return state;
  const row = state.byId.get(id) ?? newLanding(id);
  const made = state.made.set(agent, id);
  if (row.helpers.some((one) => one.agent === agent)) return { ...state, made };
  return withRow({ ...state, made }, { ...row, helpers: [...row.helpers, { agent }] });
}

/** What is over and has left nothing behind is not remembered. */
function withRow(state: LandingState, row: Landing): LandingState {
  const isCleared =
    row.stage === 'archived' ? row.helpers.length === 0 : row.helpers.every((one) => one.isGone);
  if (!isOver(row.stage) || !isCleared || row.others.length > 0)
    return { ...state, byId: state.byId.set(row.id, row) };
  return { ...state, byId: state.byId.delete(row.id) };
}

function on(id: string, state: LandingState, change: (row: Landing) => Landing): LandingState {
  const row = state.byId.get(id);
  return row === undefined ? state : withRow(state, change(row));
}

function requested(state: LandingState, { data }: EventEnvelope): LandingState {
  const { approval, story, pin } = data as EventData<typeof approvals, 'approval.requested'>;
  if (story === undefined) return state;
  const next = { ...state, byApproval: state.byApproval.set(approval, story) };
  return on(story, next, (row) =>
    row.commit === pin.commit
      ? {
          ...{ ...row, approval, target: pin.target },
          ...{ isLeft: undefined, isSaid: undefined, isSettled: undefined, others: formerOf(row) },
        }
      : { ...row, others: [...row.others, approval] },
  );
}

/** Of its own approval. */
function ofApproval(change: (row: Landing) => Landing): Reduce {
  return (state, { data }) => {
    const { approval } = data as { approval: string };
    const story = state.byApproval.get(approval);
    if (story === undefined) return state;
    return on(story, state, (row) => (row.approval === approval ? change(row) : row));
  };
}

function approved(state: LandingState, event: EventEnvelope): LandingState {
  const { pin, byStory } = event.data as EventData<typeof approvals, 'approval.approved'>;
  const mode = byStory?.mode ?? (event.actor === 'operator' ? ('human' as const) : undefined);
  const { commit, diffHash } = pin;
  const said = { commit, diffHash, reviewer: byStory?.reviewer };
  return ofApproval((row) => ({
    ...{ ...row, isLeft: undefined, isRetried: undefined, isSaid: true },
    yes: mode === undefined ? undefined : { ...said, mode },
  }))(state, event);
}

/** What is wanted is something else: the yes was not said to that. */
function saysOther(state: LandingState, { data }: EventEnvelope): LandingState {
  const row = state.byId.get((data as { story: string }).story);
  return row?.yes === undefined ? state : withRow(state, { ...row, yes: undefined });
}

/** One of before is done with. Of its own, taken back because it went elsewhere, nothing is left to ask. */
function settled(state: LandingState, { data }: EventEnvelope): LandingState {
  const { approval, reason } = data as { approval: string; reason?: Withdrawal };
  const story = state.byApproval.get(approval);
  if (story === undefined) return state;
  const next = { ...state, byApproval: state.byApproval.delete(approval) };
  return on(story, next, (row) => {
    if (row.approval !== approval)
      return { ...row, others: row.others.filter((other) => other !== approval) };
    if (reason?.kind !== 'story') return { ...row, isSettled: true };
    return { ...row, approval: undefined, isLeft: undefined, isSaid: undefined };
  });
}

const reviews: Readonly<Record<string, Reduce>> = {
  'landing.review_begun': (state, { data, atMs }) => {
    const { story, approval, reviewer, untilMs } = data as Told<'landing.review_begun'>;
    const made = state.made.set(reviewer, story);
    const round = { approval, reviewer, untilMs, sinceMs: atMs };
    const next = on(story, { ...state, made }, (row) => ({ ...row, review: round }));
    return helping(next, story, reviewer);
  },
  'landing.reviewed': (state, { data, atMs }) => {
    const { story, verdict, why } = data as Told<'landing.reviewed'>;
    return on(story, state, (row) =>
      row.review === undefined
        ? row
        : { ...row, review: { ...row.review, verdict, why, endedMs: atMs } },
    );
  },
  'landing.review_ended': (state, { data, atMs }) => {
    const { story, why } = data as Told<'landing.review_ended'>;
    return on(story, state, (row) =>
      row.review === undefined ? row : { ...row, review: { ...row.review, why, endedMs: atMs } },
    );
  },
  'landing.mending_begun': (state, { data, atMs }) => {
    const { story, agent, kind } = data as Told<'landing.mending_begun'>;
    const made = state.made.set(agent, story);
    const mender = { agent, kind, sinceMs: atMs };
    const next = on(story, { ...state, made }, (row) => ({
      ...{ ...row, mender, menders: row.menders + 1 },
    }));
    return helping(next, story, agent);
  },
  'landing.left': (state, { data }) => {
    const { story, why } = data as Told<'landing.left'>;
    return on(story, state, (row) => ({ ...row, left: why }));
  },
};

function ofHelper(
  state: LandingState,
  agent: string,
  change: (row: Landing) => Landing,
): LandingState {
  const story = state.made.get(agent);
  return story === undefined || story === '' ? state : on(story, state, change);
}

function marked(agent: string, isGone: boolean): (row: Landing) => Landing {
  return (row) => ({
    ...row,
    helpers: row.helpers.map((one) =>
      one.agent === agent ? { agent, ...(isGone && { isGone: true as const }) } : one,
    ),
  });
}

const helpers: Readonly<Record<string, Reduce>> = {
  'agent.added': (state, { data, actor }) => {
    const { agent } = data as { agent: string };
    if (actor !== 'system') return state;
    return state.made.has(agent) ? state : { ...state, made: state.made.set(agent, '') };
  },
  'agent.destroyed': (state, { data }) => {
    const { agent } = data as { agent: string };
    return ofHelper(state, agent, marked(agent, true));
  },
  // Brought back by the operator.
  'agent.provisioned': (state, { data }) => {
    const { agent } = data as { agent: string };
    return ofHelper(state, agent, marked(agent, false));
  },
  'agent.purged': (state, { data }) => {
    const { agent } = data as { agent: string };
    if (!state.made.has(agent)) return state;
    const next = ofHelper(state, agent, (row) => ({
      ...row,
      helpers: row.helpers.filter((one) => one.agent !== agent),
    }));
    return { ...next, made: next.made.delete(agent) };
  },
  'watchdog.limits_set': (state, { data }) => {
    const { agent } = data as { agent: string };
    return ofHelper(state, agent, (row) =>
      row.mender?.agent === agent ? { ...row, mender: { ...row.mender, isLimited: true } } : row,
    );
  },
};

export const reduceLanding: Readonly<Record<string, Reduce>> = {
  'story.moved': moved,
  'story.assigned': assigned,
  'approval.requested': requested,
  'approval.left': ofApproval((row) => ({ ...row, isLeft: true })),
  'approval.approved': approved,
  'story.edited': saysOther,
  'story.unticked': saysOther,
  'approval.failed': ofApproval((row) => ({ ...row, isSaid: undefined })),
  'approval.merged': settled,
  'approval.denied': settled,
  'approval.withdrawn': settled,
  'approval.superseded': settled,
  ...reviews,
  ...helpers,
};
