/** Whether a request is for what a story of its agent brings: by what the log says of that story, never by what the asker says. */
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import type { Result } from '../../../base/result.ts';
import { ok, refuse } from '../../../base/result.ts';
import type { HubState } from '../../../hub/feature.ts';
import { selectStories, type Story, storyOf } from '../../stories/index.ts';

export function storyOfRequest(hub: HubState, agent: string, commit: string): Story | undefined {
  const { byAgent, open } = selectStories(hub);
  return (byAgent.get(agent) ?? [])
    .flatMap((id) => open.get(id) ?? [])
    .find((story) => isLanding(story, commit));
}

/** It is on its way into the target with exactly this commit. */
export function isLanding({ place }: Story, commit: string): boolean {
  const isOnWay = place.stage === 'qa' || place.stage === 'merge';
  return isOnWay && place.commit === commit;
}

interface Asked {
  /** Whose commit it was when it was asked for. */
  readonly wanted: string | undefined;
  readonly story: Story | undefined;
  readonly commit: string;
}

/** While git was asked its story went elsewhere: as a request of nobody's it would merge what that holds back. */
export function requireStays(hub: HubState, { wanted, story, commit }: Asked): Result<undefined> {
  if (wanted === undefined || story?.id === wanted) return ok(undefined);
  const { stage = 'gone' } = storyOf(selectStories(hub), wanted)?.place ?? {};
  const approval = `commit ${commit.slice(0, 10)}`;
  return refuse('STORY_NOT_MERGING', { story: wanted, stage, approval });
}

/** A yes to what its story does not bring now would be refused by the merge: whoever says it is told at once. */
export function requireInLine(
  hub: HubState,
  { id, story, pin }: ApprovalRecord,
): Result<undefined> {
  if (story === undefined) return ok(undefined);
  const found = storyOf(selectStories(hub), story);
  const isFailed = found?.place.stage === 'merge_failed' && found.place.commit === pin.commit;
  if (found === undefined || isFailed || isLanding(found, pin.commit)) return ok(undefined);
  return refuse('STORY_NOT_MERGING', { story, stage: found.place.stage, approval: id });
}
