/** Whether a request is for what a story of its agent brings: by what the log says of that story, never by what the asker says. */
import type { HubState } from '../../../hub/feature.ts';
import { selectStories, type Story } from '../../stories/index.ts';

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
