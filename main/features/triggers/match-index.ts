/**
 * Which triggers an event may fit. Each stands, for each type that it asks about, under one thing that an event must have for it: its
 * story, else its agent, else its stage, else the folder that its files are in. An event finds those under what it has itself, so what a
 * look costs grows with those that it nearly fits, not with those that there are.
 */
import type { Table } from '../../../preload/contract/table.ts';
import { fitsType, pathPattern } from './match.ts';
import type { Armed } from './slice.ts';
import type { Subject } from './subject.ts';

/** With its place among all: they fire in that order. */
interface Ranked {
  readonly rank: number;
  readonly one: Armed;
}

type Under = Map<string, Ranked[]>;

/** Of one event type. */
interface TypeIndex {
  readonly byStory: Under;
  readonly byAgent: Under;
  readonly byStage: Under;
  readonly byFolder: Under;
  /** Slashes in the deepest of those folders. */
  deepest: number;
  readonly anyPath: Ranked[];
  readonly any: Ranked[];
}

export class MatchIndex {
  private armed: Table<Armed> | undefined;
  private all: readonly Armed[] = [];
  private readonly byType = new Map<string, TypeIndex>();

  /** In their order. All that the event fits are among them; whether it does is still to be asked. */
  of(armed: Table<Armed>, subject: Subject): readonly Armed[] {
    if (armed !== this.armed) {
      this.byType.clear();
      this.armed = armed;
      this.all = armed.values();
    }
    const { type } = subject.event;
    let index = this.byType.get(type);
    if (index === undefined) {
      index = indexOf(this.all, type);
      this.byType.set(type, index);
    }
    return inOrder(candidates(index, subject));
  }
}

function indexOf(all: readonly Armed[], type: string): TypeIndex {
  const index: TypeIndex = {
    ...{ byStory: new Map(), byAgent: new Map(), byStage: new Map(), byFolder: new Map() },
    ...{ deepest: 0, anyPath: [], any: [] },
  };
  for (const [rank, one] of all.entries()) if (fitsType(one.on, type)) put(index, { rank, one });
  return index;
}

function put(index: TypeIndex, ranked: Ranked): void {
  const { story, agent, stage, path } = ranked.one;
  if (story !== undefined) under(index.byStory, story, ranked);
  else if (agent !== undefined) under(index.byAgent, agent, ranked);
  else if (stage !== undefined) under(index.byStage, stage, ranked);
  else if (path === undefined) index.any.push(ranked);
  else {
    const folder = plainBeginning(pathPattern(path));
    if (folder === '') index.anyPath.push(ranked);
    else {
      index.deepest = Math.max(index.deepest, folder.split('/').length - 1);
      under(index.byFolder, folder, ranked);
    }
  }
}

function under(index: Under, key: string, ranked: Ranked): void {
  const there = index.get(key);
  if (there === undefined) index.set(key, [ranked]);
  else there.push(ranked);
}

/** `src/7` of `src/7/**`; all of what has no wildcard; nothing of `s*`. */
function plainBeginning(pattern: string): string {
  const wild = pattern.search(/[*?{]/);
  return wild === -1 ? pattern : pattern.slice(0, Math.max(0, pattern.lastIndexOf('/', wild)));
}

function candidates(index: TypeIndex, subject: Subject): Ranked[] {
  const { story, agent, actor, stage } = subject;
  const found = [...index.any];
  const add = (from: Under, key: string | undefined) => {
    const there = key === undefined ? undefined : from.get(key);
    if (there !== undefined) found.push(...there);
  };
  add(index.byStory, story);
  add(index.byAgent, agent);
  if (actor !== agent) add(index.byAgent, actor);
  add(index.byStage, stage);
  if (index.anyPath.length + index.byFolder.size === 0 || subject.paths.length === 0) return found;
  found.push(...index.anyPath);
  for (const folder of beginningsOf(subject.paths, index.deepest)) add(index.byFolder, folder);
  return found;
}

/** Each file and the folders around it, no deeper than anybody asks. */
function beginningsOf(paths: readonly string[], deepest: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of paths) {
    let slashes = 0;
    let at = path.indexOf('/');
    for (; at !== -1 && slashes <= deepest; at = path.indexOf('/', at + 1)) {
      found.add(path.slice(0, at));
      slashes += 1;
    }
    if (slashes <= deepest) found.add(path);
  }
  return found;
}

function inOrder(found: Ranked[]): readonly Armed[] {
  if (found.length > 1) found.sort((a, b) => a.rank - b.rank);
  return found.map(({ one }) => one);
}
