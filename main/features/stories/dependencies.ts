/** What waits for what: no story ever waits for itself, and one that was superseded is waited for in the shape of the one that took its place. */
import type { StoryStage } from '../../../preload/contract/story-stages.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { edgesOf, type StoriesState, type Story, storyOf } from './slice.ts';

export interface Unmet {
  readonly story: string;
  readonly stage: StoryStage;
}

/** Dependencies that are neither done nor archived. One that was abandoned is never met: somebody must say what is to be. */
export function unmetOf(state: StoriesState, { dependsOn }: Pick<Story, 'dependsOn'>): Unmet[] {
  return dependsOn.flatMap((id) => {
    const last = standsFor(state, id);
    const stage = last?.place.stage;
    if (last === undefined || stage === undefined) return [];
    return stage === 'done' || stage === 'archived' ? [] : [{ story: last.id, stage }];
  });
}

/** The story, or what took its place in the end. Undefined for one that is not remembered: only what nobody needs is forgotten. */
function standsFor(state: StoriesState, id: string): Story | undefined {
  const seen = new Set<string>();
  let story = storyOf(state, id);
  while (story?.place.stage === 'superseded' && !seen.has(story.id)) {
    seen.add(story.id);
    story = storyOf(state, story.place.by);
  }
  return story;
}

export type Edges = (id: string) => readonly string[];

/** As they are now; what is archived waits for nothing any more. */
export function edgesIn(state: StoriesState): Edges {
  return (id) => {
    const story = storyOf(state, id);
    return story === undefined || story.place.stage === 'archived' ? [] : edgesOf(story);
  };
}

/** From `start` by what it waits for back to itself, `start` first and last; undefined when there is no such way. */
export function cycleFrom(start: string, edges: Edges): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const next of edges(id)) {
      if (next === start) return wayTo(id, { start, cameFrom });
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, id);
      open.push(next);
    }
  }
  return undefined;
}

function wayTo(
  last: string,
  { start, cameFrom }: { start: string; cameFrom: ReadonlyMap<string, string> },
): string[] {
  const way = [start];
  for (let id = last; id !== start; id = cameFrom.get(id) ?? start) way.unshift(id);
  return [start, ...way];
}

const shownOfCycle = 12;

/** `s-1 → s-2 → s-1`; the middle of a long one is left out. */
export function sayCycle(cycle: readonly string[]): string {
  if (cycle.length <= shownOfCycle) return cycle.join(' → ');
  const left = cycle.length - shownOfCycle + 1;
  return [...cycle.slice(0, shownOfCycle - 2), `… (${left} more) …`, ...cycle.slice(-1)].join(
    ' → ',
  );
}

/** May `id` wait for these (and stand for `by`)? All of them are known, and none waits for it. */
export function requireDependencies(
  state: StoriesState,
  id: string,
  wanted: readonly string[],
): Result<readonly string[]> {
  // One that it has already may be forgotten by now.
  const has = storyOf(state, id)?.dependsOn ?? [];
  const unknown = wanted.filter((one) => !has.includes(one) && storyOf(state, one) === undefined);
  if (unknown.length > 0)
    return refuse('STORY_DEPENDENCY_UNKNOWN', { story: id, unknown: unknown.join(', ') });
  const now = edgesIn(state);
  const cycle = cycleFrom(id, (one) => (one === id ? wanted : now(one)));
  return cycle === undefined ? ok(wanted) : refuse('STORY_CYCLE', { cycle: sayCycle(cycle) });
}

/** One cycle of each knot that can be reached from these, in time that grows with stories and dependencies; a piece is one step. */
export function* cyclesIn(
  starts: readonly string[],
  edges: Edges,
): Generator<undefined, ReadonlyArray<readonly string[]>, undefined> {
  const done = new Set<string>();
  const found: Array<readonly string[]> = [];
  for (const start of starts) {
    // A walk in depth with its own stack: a chain may be 10,000 long.
    const way: Array<{ readonly id: string; readonly left: string[] }> = [];
    const placeOnWay = new Map<string, number>();
    const enter = (id: string) => {
      placeOnWay.set(id, way.length);
      way.push({ id, left: [...edges(id)] });
    };
    if (!done.has(start)) enter(start);
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      yield;
      const next = last.left.pop();
      const place = next === undefined ? undefined : placeOnWay.get(next);
      if (next === undefined) {
        way.pop();
        placeOnWay.delete(last.id);
        done.add(last.id);
      } else if (place !== undefined) found.push([...way.slice(place).map(({ id }) => id), next]);
      else if (!done.has(next)) enter(next);
    }
  }
  return found;
}
