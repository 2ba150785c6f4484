/** As a node: how many stories it may claim beside those that it has, and in words why it takes none. Counted here alone, and pure. */
import type { HubState } from '../../../hub/feature.ts';
import { type PipelineState, selectPipeline } from '../../pipeline/index.ts';
import { selectStories, type StoriesState, storyOf } from '../../stories/index.ts';
import type { WorkRoom } from '../ports.ts';
import type { ClusterState } from '../slice.ts';

export interface RoomScene {
  readonly pipeline: Pick<PipelineState, 'isOn' | 'works'>;
  readonly stories: StoriesState;
  readonly claims: Pick<ClusterState['claims'], 'values'>;
  readonly maxAgents: number;
  /** Of stories that wish for none. */
  readonly profile: string | undefined;
  readonly canRun: (profile: string) => boolean;
  /** It is being stopped. */
  readonly isDraining: boolean;
}

/** Slices that it is counted from. */
export const roomSlices = ['stories', 'pipeline', 'cluster'] as const;

export interface Room {
  /** Stories that it may claim now. */
  readonly room: number;
  /** Undefined where it would take one. */
  readonly takesNothing?: string;
}

export function roomSceneOf(
  room: WorkRoom,
  hub: HubState,
  more: Pick<RoomScene, 'claims' | 'isDraining'>,
): RoomScene {
  const { maxAgents, profile } = room.settings();
  const [pipeline, stories] = [selectPipeline(hub), selectStories(hub)];
  return { pipeline, stories, maxAgents, profile, canRun: (name) => room.canRun(name), ...more };
}

export function roomOf(scene: RoomScene): Room {
  const { maxAgents, pipeline, isDraining } = scene;
  const taken = takenOf(scene);
  const room = pipeline.isOn && !isDraining ? Math.max(0, maxAgents - taken) : 0;
  const takesNothing = whyNothing(scene, taken);
  return { room, ...(takesNothing !== undefined && { takesNothing }) };
}

/** Places of agents: claimed stories that are asked for or in work, and what it works on for itself. */
function takenOf({ pipeline, stories, claims }: RoomScene): number {
  const own = claims.values();
  const stageOf = (id: string) => storyOf(stories, id)?.place.stage;
  const atWork = new Set(own.map(({ local }) => local));
  const others = pipeline.works
    .keys()
    .filter((id) => !atWork.has(id) && stageOf(id) === 'coding').length;
  const open = own.filter(({ state, local = '' }) => {
    const stage = stageOf(local);
    return state === 'asked' || (state === 'begun' && (stage === 'backlog' || stage === 'coding'));
  });
  return open.length + others;
}

/** What the operator of that machine can mend comes first. */
function whyNothing(scene: RoomScene, taken: number): string | undefined {
  const { pipeline, maxAgents, profile, canRun, isDraining } = scene;
  if (isDraining) return 'it is being stopped';
  if (!pipeline.isOn) return 'its pipeline is paused: musher pipeline start';
  // What wishes for a profile of its own may still find it.
  if (profile === undefined && taken < maxAgents)
    return 'no profile for stories that wish for none: [pipeline] profile';
  if (profile !== undefined && !canRun(profile))
    return `profile "${profile.slice(0, 60)}" cannot run there: [pipeline] profile`;
  if (taken < maxAgents) return undefined;
  return `${taken} of ${maxAgents} ${maxAgents === 1 ? 'agent' : 'agents'} at work`;
}
