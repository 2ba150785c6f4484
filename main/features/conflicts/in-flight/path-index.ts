/**
 * Who changed what, by path, so that a write to one path leads to those alone who may collide with it. Two meet where both
 * changed a path; where one has a file and the other something below that name; and where one took files out of a folder
 * that the other put a file into, since that folder may have been renamed. The last is not looked for at the root: every
 * deletion would meet every addition, for a rename of the whole repository into a folder of it.
 */
import type { OwnChange, OwnPaths } from './own-paths.ts';

/** Who changed more is not looked up by path: it meets everybody. */
export const mostIndexed = 5_000;

/** By key, how many paths of an agent lead to it. */
type Counts = Map<string, Map<string, number>>;

export class PathIndex {
  private readonly own = new Map<string, OwnPaths>();
  private readonly wide = new Set<string>();
  private readonly at: Counts = new Map();
  private readonly below: Counts = new Map();
  private readonly leftBelow: Counts = new Map();
  private readonly enteredBelow: Counts = new Map();

  /** In place of what was there before. `isWide`: it meets everybody, whatever is known of it. */
  put(agent: string, paths: OwnPaths, isWide = false): void {
    const next = isWide || paths.size > mostIndexed ? new Map() : paths;
    if (next === paths) this.wide.delete(agent);
    else this.wide.add(agent);
    const before = this.own.get(agent) ?? new Map();
    for (const [path, change] of before)
      if (next.get(path) !== change) this.count(agent, [path, change], -1);
    for (const [path, change] of next)
      if (before.get(path) !== change) this.count(agent, [path, change], 1);
    this.own.set(agent, next);
  }

  drop(agent: string): void {
    this.put(agent, new Map());
    this.own.delete(agent);
  }

  /** With whom it may collide. */
  meeting(agent: string): Set<string> {
    const own = this.own.get(agent);
    if (own === undefined) return new Set();
    return this.meetingAt(agent, own.keys());
  }

  /** These two may collide. */
  meets(one: string, other: string): boolean {
    const [a, b] = [this.own.get(one), this.own.get(other)];
    if (a === undefined || b === undefined) return false;
    const [fewer, own] = a.size < b.size ? [one, a] : [other, b];
    if (this.wide.has(one) || this.wide.has(other)) return true;
    const partner = fewer === one ? other : one;
    for (const path of own.keys()) if (this.meetingAt(fewer, [path]).has(partner)) return true;
    return false;
  }

  /** With whom it may collide at these of its paths. */
  meetingAt(agent: string, paths: Iterable<string>): Set<string> {
    const found = new Set(this.wide.has(agent) ? this.own.keys() : this.wide);
    const own = this.own.get(agent);
    const add = (counts: Counts, key: string) => {
      for (const other of counts.get(key)?.keys() ?? []) found.add(other);
    };
    for (const path of paths) {
      const change = own?.get(path);
      if (change === undefined) continue;
      add(this.at, path);
      add(this.below, path);
      for (const folder of foldersOf(path)) {
        add(this.at, folder);
        if (change === 'deleted') add(this.enteredBelow, folder);
        if (change === 'added') add(this.leftBelow, folder);
      }
    }
    found.delete(agent);
    return found;
  }

  /** The agent changed this path, something below it, or a file in place of a folder above it; true when it is not known. */
  touches(agent: string, path: string): boolean {
    if (this.wide.has(agent)) return true;
    const own = this.own.get(agent);
    if (own === undefined) return false;
    if (own.has(path) || this.below.get(path)?.has(agent)) return true;
    return foldersOf(path).some((folder) => own.has(folder));
  }

  private count(agent: string, [path, change]: readonly [string, OwnChange], by: 1 | -1): void {
    bump(this.at, path, agent, by);
    for (const folder of foldersOf(path)) {
      bump(this.below, folder, agent, by);
      if (change === 'deleted') bump(this.leftBelow, folder, agent, by);
      if (change === 'added') bump(this.enteredBelow, folder, agent, by);
    }
  }
}

function bump(counts: Counts, ...[key, agent, by]: [key: string, agent: string, by: number]): void {
  const of = counts.get(key) ?? new Map<string, number>();
  const count = (of.get(agent) ?? 0) + by;
  if (count > 0) counts.set(key, of.set(agent, count));
  else if (of.delete(agent) && of.size === 0) counts.delete(key);
}

/** Without the root. */
export function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    folders.push(path.slice(0, at));
  return folders;
}
