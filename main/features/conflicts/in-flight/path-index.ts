/**
 * Who changed what, by path, so that a write to one path leads to those alone who may collide with it. Two meet where both
 * changed a path; where one has a file and the other something below that name; and where one took files out of a folder
 * that the other put a file into, since that folder may have been renamed. The last is not looked for at the root: every
 * deletion would meet every addition, for a rename of the whole repository into a folder of it.
 */
import { ChangedPaths } from './changed-paths.ts';
import { foldersOf, type OwnChange, type OwnPaths } from './own-paths.ts';

/** Who changed more is not counted by path: it is asked about each path of the others. */
export const mostIndexed = 5_000;
/** Who changed more, or nobody knows what, meets everybody. */
export const mostCompared = 50_000;

/** By key, how many paths of an agent lead to it. */
type Counts = Map<string, Map<string, number>>;

const none: OwnPaths = new Map();

export class PathIndex {
  /** Of those that are not counted, nothing. */
  private readonly own = new Map<string, OwnPaths>();
  /** Of those that are not counted; undefined: it may be anything. */
  private readonly wide = new Map<string, ChangedPaths | undefined>();
  private readonly at: Counts = new Map();
  private readonly below: Counts = new Map();
  private readonly leftBelow: Counts = new Map();
  private readonly enteredBelow: Counts = new Map();

  /** In place of what was there before. `isWide`: it meets everybody, whatever is known of it. */
  put(agent: string, paths: OwnPaths, isWide = false): void {
    const isUnknown = isWide || paths.size > mostCompared;
    const next = isUnknown || paths.size > mostIndexed ? none : paths;
    if (next === paths) this.wide.delete(agent);
    else this.wide.set(agent, isUnknown ? undefined : new ChangedPaths(paths));
    const before = this.own.get(agent) ?? none;
    for (const [path, change] of before)
      if (next.get(path) !== change) this.count(agent, [path, change], -1);
    for (const [path, change] of next)
      if (before.get(path) !== change) this.count(agent, [path, change], 1);
    this.own.set(agent, next);
  }

  drop(agent: string): void {
    this.put(agent, none);
    this.own.delete(agent);
  }

  /** With whom it may collide; of one that is not counted, all: `meets` tells. */
  meeting(agent: string): Set<string> {
    const own = this.own.get(agent);
    if (own === undefined) return new Set();
    if (!this.wide.has(agent)) return this.meetingAt(agent, own.keys());
    const others = new Set(this.own.keys());
    others.delete(agent);
    return others;
  }

  /** These two may collide. */
  meets(one: string, other: string): boolean {
    const [a, b] = [this.pathsOf(one), this.pathsOf(other)];
    if (a === undefined || b === undefined) return this.own.has(one) && this.own.has(other);
    const [fewer, paths, more] = a.size < b.size ? [one, a, other] : [other, b, one];
    const wide = this.wide.get(more);
    if (wide !== undefined) return wide.meetsAny(paths);
    for (const path of paths.keys()) if (this.meetingAt(fewer, [path]).has(more)) return true;
    return false;
  }

  /** With whom it may collide at these of its paths. */
  meetingAt(agent: string, paths: Iterable<string>): Set<string> {
    const own = this.pathsOf(agent);
    if (own === undefined) return this.meeting(agent);
    const found = new Set<string>();
    for (const [other, wide] of this.wide) if (wide === undefined) found.add(other);
    for (const path of paths) {
      const change = own.get(path);
      if (change !== undefined) this.addMeeting(found, path, change);
    }
    found.delete(agent);
    return found;
  }

  /** The agent changed this path, something below it, or a file in place of a folder above it; true when it is not known. */
  touches(agent: string, path: string): boolean {
    if (this.wide.has(agent)) return this.wide.get(agent)?.touches(path) ?? true;
    const own = this.own.get(agent);
    if (own === undefined) return false;
    if (own.has(path) || this.below.get(path)?.has(agent)) return true;
    return foldersOf(path).some((folder) => own.has(folder));
  }

  private addMeeting(found: Set<string>, path: string, change: OwnChange): void {
    const add = (counts: Counts, key: string) => {
      for (const other of counts.get(key)?.keys() ?? []) found.add(other);
    };
    add(this.at, path);
    add(this.below, path);
    for (const folder of foldersOf(path)) {
      add(this.at, folder);
      if (change === 'deleted') add(this.enteredBelow, folder);
      if (change === 'added') add(this.leftBelow, folder);
    }
    for (const [other, wide] of this.wide) if (wide?.meets(path, change)) found.add(other);
  }

  /** Undefined where nobody knows. */
  private pathsOf(agent: string): OwnPaths | undefined {
    return this.wide.has(agent) ? this.wide.get(agent)?.own : this.own.get(agent);
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
