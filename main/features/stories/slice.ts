/** What the hub remembers of stories: all that are not over, the newest that are, and what leads from one to another. Bodies stay in the log. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { stories as contract } from '../../../preload/contract/stories.ts';
import type {
  Criterion,
  StoryField,
  StoryGone,
  StoryRecord,
} from '../../../preload/contract/story-facts.ts';
import { isOver, type Standing } from '../../../preload/contract/story-stages.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';

export interface Story extends Omit<StoryRecord, 'criteriaDone' | 'criteriaTotal'> {
  readonly n: number;
  readonly criteria: readonly Criterion[];
  /** Given to the next criterion. */
  readonly nextCriterion: number;
  /** Event that has its body. */
  readonly bodySeq: number;
  readonly bodyHash: string;
  /** By field: the version that changed it last; 1 where none did. */
  readonly changed: Readonly<Partial<Record<StoryField, number>>>;
  /** Of one that was imported: what the operator changed since, so that its source does not any more. */
  readonly byHand: readonly StoryField[];
  /** Of one that is over: its place among those. */
  readonly settled?: number | undefined;
}

export interface StoriesState {
  /** Not over. What pages mirror. */
  readonly open: Table<Story>;
  /** Over, the newest `settledKept`, and what an open story still depends on. */
  readonly over: Table<Story>;
  readonly next: number;
  /** By agent: open stories that are its own, in no order. */
  readonly byAgent: Table<readonly string[]>;
  /** By story: those that name it as a dependency or as what takes their place. */
  readonly neededBy: Table<Table<true>>;
  /** Of those that are over the ones that will not be done: pages tell by it what waits for ever. */
  readonly gone: Table<StoryGone>;
  /** By key of the source. */
  readonly bySource: Table<string>;
  /** Those that are over in the order they came to be, as a queue: ids by number. */
  readonly queue: Table<string>;
  readonly queueFrom: number;
  readonly queueTo: number;
}

export const initialStories: StoriesState = {
  ...{ open: Table.empty(), over: Table.empty(), next: 1 },
  ...{ byAgent: Table.empty(), neededBy: Table.empty() },
  ...{ gone: Table.empty(), bySource: Table.empty() },
  ...{ queue: Table.empty(), queueFrom: 0, queueTo: 0 },
};

export const settledKept = 5_000;
/** Looked at for each that comes to be over, at most: more are left for the next time. */
const looksPerTurn = 4;

export const selectStories: (hub: HubState) => StoriesState = selectorOf<StoriesState>(contract);

export function storyOf(state: StoriesState, id: string): Story | undefined {
  return state.open.get(id) ?? state.over.get(id);
}

export function standingOf({ place, type }: Story): Standing {
  return { stage: place.stage, type, over: 'over' in place ? place.over.stage : undefined };
}

/** Those that name it, in the order they came to. */
export function neededByOf({ neededBy }: StoriesState, id: string): readonly string[] {
  return neededBy.get(id)?.keys() ?? [];
}

export function edgesOf({ dependsOn, place }: Story): readonly string[] {
  return place.stage === 'superseded' ? [...dependsOn, place.by] : dependsOn;
}

export type Change = (story: Story, event: EventEnvelope) => Story;

/** The story in the place of its former self, and all indexes after it. */
export function withStory(state: StoriesState, now: Story): StoriesState {
  const before = storyOf(state, now.id);
  const wasOver = before !== undefined && isOver(before.place.stage);
  const isNowOver = isOver(now.place.stage);
  const next: StoriesState = {
    ...state,
    neededBy: relinked(state.neededBy, now.id, {
      before: before === undefined ? [] : edgesOf(before),
      now: edgesOf(now),
    }),
    byAgent: reindexed(state.byAgent, now.id, {
      before: ownerOf(before),
      now: ownerOf(now),
    }),
    gone: withGone(state.gone, now),
    bySource:
      now.source === undefined ? state.bySource : state.bySource.set(now.source.key, now.id),
  };
  if (!isNowOver) {
    const { settled: _none, ...open } = now;
    const over = wasOver ? state.over.delete(now.id) : state.over;
    return { ...next, over, open: next.open.set(now.id, open) };
  }
  if (wasOver) return { ...next, over: next.over.set(now.id, { ...now, settled: before.settled }) };
  return settled({ ...next, open: next.open.delete(now.id) }, now);
}

function settled(state: StoriesState, story: Story): StoriesState {
  const at = state.queueTo;
  const queued: StoriesState = {
    ...state,
    over: state.over.set(story.id, { ...story, settled: at }),
    queue: state.queue.set(String(at), story.id),
    queueTo: at + 1,
  };
  return forgetOldest(queued);
}

function withGone(gone: Table<StoryGone>, { id, place }: Story): Table<StoryGone> {
  if (place.stage === 'abandoned') return gone.set(id, { id, stage: place.stage });
  if (place.stage === 'superseded') return gone.set(id, { id, stage: place.stage, by: place.by });
  return gone.delete(id);
}

/** What an open story depends on goes to the end of the queue: it is not forgotten before that one is over. */
function forgetOldest(from: StoriesState): StoriesState {
  let state = from;
  for (let looks = 0; looks < looksPerTurn && state.over.size > settledKept; looks++) {
    const at = state.queueFrom;
    const id = state.queue.get(String(at)) ?? '';
    const story = state.over.get(id);
    state = { ...state, queue: state.queue.delete(String(at)), queueFrom: at + 1 };
    // Reopened meanwhile: its number is another one, or none.
    if (story === undefined || story.settled !== at) continue;
    state = isNeeded(state, id, new Set()) ? requeued(state, story) : without(state, story);
  }
  return state;
}

function requeued(state: StoriesState, story: Story): StoriesState {
  const at = state.queueTo;
  return {
    ...state,
    over: state.over.set(story.id, { ...story, settled: at }),
    queue: state.queue.set(String(at), story.id),
    queueTo: at + 1,
  };
}

function isNeeded(state: StoriesState, id: string, seen: Set<string>): boolean {
  return neededByOf(state, id).some((other) => {
    if (state.open.has(other)) return true;
    const isNew = !seen.has(other);
    seen.add(other);
    return (
      isNew && state.over.get(other)?.place.stage === 'superseded' && isNeeded(state, other, seen)
    );
  });
}

function without(state: StoriesState, story: Story): StoriesState {
  const { id, source } = story;
  const isItsSource = source !== undefined && state.bySource.get(source.key) === id;
  return {
    ...state,
    over: state.over.delete(id),
    gone: state.gone.delete(id),
    neededBy: relinked(state.neededBy, id, { before: edgesOf(story), now: [] }),
    bySource: isItsSource ? state.bySource.delete(source.key) : state.bySource,
  };
}

/** Whose work it is; what is done or over is nobody’s any more. */
function ownerOf(story: Story | undefined): readonly string[] {
  const { agent, place } = story ?? {};
  const isWork = place !== undefined && place.stage !== 'done' && !isOver(place.stage);
  return agent === undefined || !isWork ? [] : [agent];
}

interface Keys {
  readonly before: readonly string[];
  readonly now: readonly string[];
}

function isSame({ before, now }: Keys): boolean {
  return before.length === now.length && before.every((one, at) => one === now[at]);
}

/** Thousands may wait for one: a change of it costs what it changes. */
function relinked(index: Table<Table<true>>, id: string, keys: Keys): Table<Table<true>> {
  if (isSame(keys)) return index;
  const { before, now } = keys;
  let next = index;
  for (const key of before) {
    if (now.includes(key)) continue;
    const left = (next.get(key) ?? Table.empty<true>()).delete(id);
    next = left.size === 0 ? next.delete(key) : next.set(key, left);
  }
  for (const key of now) next = next.set(key, (next.get(key) ?? Table.empty<true>()).set(id, true));
  return next;
}

function reindexed(
  index: Table<readonly string[]>,
  id: string,
  keys: Keys,
): Table<readonly string[]> {
  if (isSame(keys)) return index;
  const { before, now } = keys;
  let next = index;
  for (const key of before) {
    if (now.includes(key)) continue;
    const left = (next.get(key) ?? []).filter((one) => one !== id);
    next = left.length === 0 ? next.delete(key) : next.set(key, left);
  }
  for (const key of now) {
    const there = next.get(key) ?? [];
    if (!there.includes(id)) next = next.set(key, [...there, id]);
  }
  return next;
}
