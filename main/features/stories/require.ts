/** The rules of stories, each a small function: it returns what was asked for, or the refusal that says what to do. */
import type { Actor } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { openStories } from '../../../preload/contract/story-facts.ts';
import type { StoryMover } from '../../../preload/contract/story-stages.ts';
import { isOver } from '../../../preload/contract/story-stages.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext } from '../../hub/feature.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import { settledKept, type StoriesState, type Story, storyOf } from './slice.ts';

export type Ctx = DecideContext<StoriesState>;

export function requireStory(state: StoriesState, id: string): Result<Story> {
  const story = storyOf(state, id);
  return story === undefined
    ? refuse('STORY_UNKNOWN', { story: id, kept: settledKept })
    : ok(story);
}

/** The story, when the actor may do to it what its owner may: whoever is no agent, and the agent whose story it is. */
export function requireOwned(ctx: Ctx, id: string): Result<Story> {
  const found = requireStory(ctx.state, id);
  if (!found.ok || agentIdOf(ctx.actor) === undefined) return found;
  const agent = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!agent.ok) return agent;
  const { agent: owner, place } = found.value;
  const isWork = place.stage !== 'done' && !isOver(place.stage);
  if (owner === agent.value.id && isWork) return found;
  return refuse('STORY_NOT_YOURS', {
    ...{ story: id, actor: agent.value.id },
    owner: owner === undefined ? 'nobody’s' : isWork ? `${owner}’s` : place.stage,
  });
}

export function moverOf(actor: Actor): StoryMover {
  return actor === 'operator' || actor === 'system' ? actor : 'owner';
}

export function requireRoom({ open }: StoriesState, adding: number): Result<undefined> {
  return open.size + adding <= openStories
    ? ok(undefined)
    : refuse('STORY_LIMIT', { open: open.size, adding, limit: openStories });
}

/** Is in somebody's hands: an agent has one such story at most. */
export function isInWork({ place }: Story): boolean {
  const stage = 'over' in place ? place.over.stage : place.stage;
  return stage === 'coding' || stage === 'qa' || stage === 'merge' || stage === 'merge_failed';
}

export function requireFree(state: StoriesState, agent: string, story: string): Result<undefined> {
  const other = (state.byAgent.get(agent) ?? [])
    .flatMap((id) => state.open.get(id) ?? [])
    .find((one) => one.id !== story && isInWork(one));
  if (other === undefined) return ok(undefined);
  return refuse('STORY_AGENT_BUSY', { agent, other: other.id, stage: other.place.stage });
}
