/**
 * Stories as the plan looks at them: those that could begin, in their order, and those in coding. Made from the version before by what differs
 * between the two, so that a look costs what changed and not what there is. Kept beside the state and never in it.
 */
import {
  inOrderKey,
  isReady,
  neededByOf,
  type StoriesState,
  type Story,
} from '../stories/index.ts';

/** The story's place among all, and its id. */
export interface Entry {
  readonly key: number;
  readonly id: string;
}

export interface StoryIndex {
  /** Could begin, are nobody’s: by the profile that they wish for, '' for none. */
  readonly byProfile: ReadonlyMap<string, Ordered>;
  /** Could begin, and are given to an agent: by agent. */
  readonly byAgent: ReadonlyMap<string, Ordered>;
  readonly coding: Ordered;
  /** How many could begin. */
  readonly ready: number;
}

/** Sorted by key; told apart by it. */
export class Ordered {
  private readonly entries: Entry[] = [];

  get size(): number {
    return this.entries.length;
  }

  at(place: number): Entry | undefined {
    return this.entries[place];
  }

  all(): readonly Entry[] {
    return this.entries;
  }

  has(key: number): boolean {
    return this.entries[this.placeOf(key)]?.key === key;
  }

  add(entry: Entry): void {
    const last = this.entries.at(-1);
    if (last === undefined || last.key < entry.key) this.entries.push(entry);
    else this.entries.splice(this.placeOf(entry.key), 0, entry);
  }

  remove(key: number): void {
    const place = this.placeOf(key);
    if (this.entries[place]?.key === key) this.entries.splice(place, 1);
  }

  private placeOf(key: number): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle]?.key ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

interface Spot {
  readonly list: 'profile' | 'agent' | 'coding';
  readonly name: string;
  readonly key: number;
}

export class StoryIndexer {
  private known: StoriesState | undefined;
  private readonly spots = new Map<string, Spot>();
  private readonly byProfile = new Map<string, Ordered>();
  private readonly byAgent = new Map<string, Ordered>();
  private readonly coding = new Ordered();

  /** Of this version of the state; what it gave for another one is not to be used any more. */
  of(state: StoriesState): StoryIndex {
    if (this.known !== state) this.bringTo(state);
    const { byProfile, byAgent, coding, spots } = this;
    return { byProfile, byAgent, coding, ready: spots.size - coding.size };
  }

  private bringTo(state: StoriesState): void {
    const before = this.known;
    this.known = state;
    if (before === undefined) {
      this.fill(state);
      return;
    }
    const touched = new Set<string>();
    const touch = (id: string, isElsewhere: boolean): void => {
      touched.add(id);
      if (isElsewhere) for (const other of dependentsOf([before, state], id)) touched.add(other);
    };
    for (const { id, before: was, after: is } of before.open.differencesTo(state.open)) {
      if (was !== undefined && is !== undefined && isSameWork(was, is)) continue;
      // Nothing waits for one that is new but what is new as well.
      touch(id, was !== undefined && was.place.stage !== is?.place.stage);
    }
    for (const { id } of before.over.differencesTo(state.over)) touch(id, true);
    for (const id of touched) this.place(state, id);
  }

  /** In order, so that each is the last of its list. */
  private fill(state: StoriesState): void {
    const found: Array<{ readonly id: string; readonly spot: Spot }> = [];
    state.open.forEach((story, id) => {
      const spot = spotOf(state, story);
      if (spot !== undefined) found.push({ id, spot });
    });
    for (const { id, spot } of found.sort((a, b) => a.spot.key - b.spot.key)) {
      this.spots.set(id, spot);
      this.listOf(spot).add({ key: spot.key, id });
    }
  }

  private place(state: StoriesState, id: string): void {
    const spot = spotOf(state, state.open.get(id));
    const before = this.spots.get(id);
    if (spot?.list === before?.list && spot?.name === before?.name && spot?.key === before?.key)
      return;
    if (before !== undefined) this.take(before);
    if (spot === undefined) this.spots.delete(id);
    else {
      this.spots.set(id, spot);
      this.listOf(spot).add({ key: spot.key, id });
    }
  }

  private take(spot: Spot): void {
    const list = this.listOf(spot);
    list.remove(spot.key);
    if (list.size > 0 || spot.list === 'coding') return;
    this.mapOf(spot.list).delete(spot.name);
  }

  private mapOf(list: 'profile' | 'agent'): Map<string, Ordered> {
    return list === 'profile' ? this.byProfile : this.byAgent;
  }

  private listOf({ list, name }: Spot): Ordered {
    if (list === 'coding') return this.coding;
    const map = this.mapOf(list);
    const found = map.get(name) ?? new Ordered();
    map.set(name, found);
    return found;
  }
}

function spotOf(state: StoriesState, story: Story | undefined): Spot | undefined {
  if (story === undefined) return undefined;
  const key = inOrderKey(story);
  // What a node works on is not this machine's to begin.
  if (story.place.stage === 'coding')
    return story.node === undefined ? { list: 'coding', name: '', key } : undefined;
  if (!isReady(state, story)) return undefined;
  if (story.agent !== undefined) return { list: 'agent', name: story.agent, key };
  return { list: 'profile', name: story.profile ?? '', key };
}

/** What is said of it may be another: where it stands in the lists is not. */
function isSameWork(was: Story, is: Story): boolean {
  return (
    was.place.stage === is.place.stage &&
    was.dependsOn === is.dependsOn &&
    was.agent === is.agent &&
    was.node === is.node &&
    was.profile === is.profile &&
    was.priority === is.priority
  );
}

/** Those that wait for it, also by way of what took another’s place. */
function dependentsOf(states: readonly StoriesState[], id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const state of states)
      for (const other of neededByOf(state, next)) {
        if (found.has(other)) continue;
        found.add(other);
        if (state.over.get(other)?.place.stage === 'superseded') open.push(other);
      }
  return found;
}
