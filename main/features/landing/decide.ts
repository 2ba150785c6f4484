/** What landing's own commands lead to. Asked twice, each of them is done once. Pure. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { landing as contract } from '../../../preload/contract/landing.ts';
import type { Result } from '../../base/result.ts';
import { refuse } from '../../base/result.ts';
import type { DecideContext, Decision, HubState, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { selectStories, type Story, storyOf } from '../stories/index.ts';
import { type LandingState, openReview } from './slice.ts';

type Ctx = DecideContext<LandingState>;
type Data<K extends keyof (typeof contract)['commands'] & string> = CommandData<typeof contract, K>;

/** By the agent that was asked, or by the operator in its place. It says nothing of any other commit. */
export function decideReview(
  ctx: Ctx,
  { story: id, verdict, why }: Data<'story.review'>,
): Result<Decision<{ story: string; verdict: 'pass' | 'fail' }>> {
  const story = storyOf(selectStories(ctx.hub), id);
  if (story === undefined) return refuse('STORY_UNKNOWN', { story: id, kept: 0 });
  const row = ctx.state.byId.get(id);
  const round = row === undefined ? undefined : openReview(row);
  const { stage } = story.place;
  const self = agentIdOf(ctx.actor);
  const { reviewer = 'nobody' } = row?.review ?? {};
  if (self !== undefined && self !== reviewer)
    return refuse('STORY_REVIEW_NOT_YOURS', { story: id, reviewer, actor: self });
  if (round === undefined || (stage !== 'qa' && stage !== 'merge'))
    return refuse('STORY_REVIEW_NONE', { story: id, stage });
  const { title } = story;
  const { approval } = round;
  return decided({ story: id, verdict }, [
    newEvent(contract, 'landing.reviewed', { story: id, title, approval, verdict, why }),
  ]);
}

export function decideBeginReview(
  { state }: Ctx,
  data: Data<'landing.begin_review'>,
): Result<Decision<Nothing>> {
  const row = state.byId.get(data.story);
  const isWanted =
    row !== undefined &&
    (row.stage === 'qa' || row.stage === 'merge') &&
    row.approval === data.approval &&
    row.review?.approval !== data.approval;
  return decided({}, isWanted ? [newEvent(contract, 'landing.review_begun', data)] : []);
}

export function decideEndReview(
  { state }: Ctx,
  data: Data<'landing.end_review'>,
): Result<Decision<Nothing>> {
  const row = state.byId.get(data.story);
  const isOpen = row !== undefined && openReview(row)?.approval === data.approval;
  return decided({}, isOpen ? [newEvent(contract, 'landing.review_ended', data)] : []);
}

export function decideBeginMending(
  { state, hub }: Ctx,
  { story, agent, kind }: Data<'landing.begin_mending'>,
): Result<Decision<Nothing>> {
  const row = state.byId.get(story);
  const isWanted = row?.stage === 'merge_failed' && row.mender?.agent !== agent;
  if (!isWanted) return decided({}, []);
  const title = titleOf(hub, story);
  return decided({}, [newEvent(contract, 'landing.mending_begun', { story, title, agent, kind })]);
}

export function decideLeave(
  { state, hub }: Ctx,
  { story: id, why }: Data<'landing.leave'>,
): Result<Decision<Nothing>> {
  const row = state.byId.get(id);
  if (row?.stage !== 'qa' || row.left !== undefined) return decided({}, []);
  const { agent } = storyIn(hub, id) ?? {};
  const about = { story: id, title: titleOf(hub, id), ...(agent !== undefined && { agent }) };
  return decided({}, [newEvent(contract, 'landing.left', { ...about, why })]);
}

function storyIn(hub: HubState, id: string): Story | undefined {
  return storyOf(selectStories(hub), id);
}

function titleOf(hub: HubState, id: string): string {
  return storyIn(hub, id)?.title ?? id;
}
