/** How stories come out of the log. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { stories as contract } from '../../../preload/contract/stories.ts';
import type { StoryField, StoryNode } from '../../../preload/contract/story-facts.ts';
import { shortHash } from '../../base/short-hash.ts';
import { type StoriesState, type Story, storyOf, withStory } from './slice.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;
type Reduce = (state: StoriesState, event: EventEnvelope) => StoriesState;

function added(state: StoriesState, event: EventEnvelope): StoriesState {
  const { story: id, body, criteria, profile, ...data } = event.data as Data<'story.added'>;
  const story: Story = {
    ...data,
    ...{ id, n: state.next, criteria, nextCriterion: criteria.length + 1 },
    ...{ bodySeq: event.seq, bodyHash: shortHash(body) },
    ...(profile !== '' && { profile }),
    ...{ place: { stage: 'backlog' }, sinceMs: event.atMs, addedMs: event.atMs },
    ...{ version: 1, changed: {}, byHand: [], mergeFailures: 0 },
  };
  return { ...withStory(state, story), next: state.next + 1 };
}

/** Of one that is not remembered any more nothing is known. */
function changed(change: (story: Story, event: EventEnvelope) => Story): Reduce {
  return (state, event) => {
    const story = storyOf(state, (event.data as { story: string }).story);
    return story === undefined ? state : withStory(state, change(story, event));
  };
}

function edited(story: Story, event: EventEnvelope): Story {
  const { fields, imported, source } = event.data as Data<'story.edited'>;
  const { body, criteria, profile, ...plain } = fields;
  const names = Object.keys(fields) as StoryField[];
  const version = story.version + 1;
  const next: Story = {
    ...story,
    ...plain,
    ...(body !== undefined && { bodySeq: event.seq, bodyHash: shortHash(body) }),
    ...(criteria !== undefined && {
      criteria: criteria.map((one) => story.criteria.find(({ n }) => n === one.n) ?? one),
      nextCriterion: Math.max(story.nextCriterion, ...criteria.map(({ n }) => n + 1)),
    }),
    ...(source !== undefined && { source }),
    version,
    changed: { ...story.changed, ...Object.fromEntries(names.map((name) => [name, version])) },
    byHand: imported === true ? story.byHand : [...new Set([...story.byHand, ...names])],
  };
  if (profile === undefined) return next;
  const { profile: _former, ...rest } = next;
  return profile === '' ? rest : { ...rest, profile };
}

function ticked(done: boolean): (story: Story, event: EventEnvelope) => Story {
  return (story, { data, actor, atMs }) => {
    const { criterion } = data as Data<'story.ticked'>;
    const criteria = story.criteria.map((one) =>
      one.n === criterion
        ? { n: one.n, text: one.text, done, ...(done && { by: actor, atMs }) }
        : one,
    );
    return { ...story, criteria, version: story.version + 1 };
  };
}

function withAgent(story: Story, agent: string | undefined): Story {
  const { agent: _former, ...rest } = story;
  return agent === undefined ? rest : { ...rest, agent };
}

function withNode(story: Story, node: StoryNode | undefined): Story {
  const { node: _former, ...rest } = story;
  return node === undefined ? rest : { ...rest, node };
}

/** What a person or the pipeline gives to an agent no node works on any more. */
function assigned(story: Story, { data }: EventEnvelope): Story {
  const { agent, cause } = data as Data<'story.assigned'>;
  const given = withAgent(story, agent);
  return agent === undefined || cause.kind === 'node' ? given : withNode(given, undefined);
}

function moved(story: Story, { data, atMs }: EventEnvelope): Story {
  const { place, agent, node, transition } = data as Data<'story.moved'>;
  const mergeFailures =
    place.stage === 'merge_failed' && transition === 'fail_merge'
      ? story.mergeFailures + 1
      : transition === 'merged' || transition === 'unblock' || place.stage === 'backlog'
        ? 0
        : story.mergeFailures;
  return { ...withNode(withAgent(story, agent), node), place, sinceMs: atMs, mergeFailures };
}

/** Whatever comes of its merge is another place. */
function sealed(story: Story, { data }: EventEnvelope): Story {
  const { approval } = data as Data<'story.sealed'>;
  const { place } = story;
  return place.stage === 'merge' ? { ...story, place: { ...place, sealed: approval } } : story;
}

/** Nobody works on them any more: somebody else may. */
function agentGone(state: StoriesState, { data }: EventEnvelope): StoriesState {
  const { agent } = data as { agent: string };
  return (state.byAgent.get(agent) ?? []).reduce((left, id) => {
    const story = left.open.get(id);
    return story === undefined ? left : withStory(left, withAgent(story, undefined));
  }, state);
}

export const reduceStories: Readonly<Record<string, Reduce>> = {
  'story.added': added,
  'story.edited': changed(edited),
  'story.ticked': changed(ticked(true)),
  'story.unticked': changed(ticked(false)),
  'story.assigned': changed(assigned),
  'story.moved': changed(moved),
  'story.sealed': changed(sealed),
  'agent.destroyed': agentGone,
};
