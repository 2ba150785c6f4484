/**
 * How snapshots are named: `refs/musher/snapshots/<agent>/20260102T030405Z-1-exit`. Time and reason stand in the name, as the
 * commit is a property of the files alone, so that the same state is the same commit.
 */
import { type SnapshotWhy, snapshotWhySchema } from '../../../preload/contract/snapshots.ts';
import { refTime } from './ref-time.ts';

const prefix = 'refs/musher/snapshots/';

/** Where the names of an agent begin; of all agents without one. */
export function snapshotsOf(agent?: string): string {
  return agent === undefined ? prefix : `${prefix}${agent}/`;
}

export interface SnapshotName {
  readonly agent: string;
  /** Unix ms, to the second. */
  readonly atMs: number;
  readonly count: number;
  /** Undefined where an older Musher did not say. */
  readonly why: SnapshotWhy | undefined;
}

const pattern = /^refs\/musher\/snapshots\/([^/]+)\/(\d{8}T\d{6}Z)-(\d+)(?:-([a-z]+))?$/;

/** Undefined for any other ref. */
export function readSnapshotName(ref: string): SnapshotName | undefined {
  const [, agent, time, count, why] = pattern.exec(ref) ?? [];
  if (agent === undefined || time === undefined) return undefined;
  const iso = time.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5');
  const atMs = Date.parse(iso);
  if (Number.isNaN(atMs)) return undefined;
  return { agent, atMs, count: Number(count), why: snapshotWhySchema.safeParse(why).data };
}

/** Oldest first. */
export function byAge(
  a: Pick<SnapshotName, 'atMs' | 'count'>,
  b: Pick<SnapshotName, 'atMs' | 'count'>,
): number {
  return a.atMs - b.atMs || a.count - b.count;
}

interface NameAsk {
  readonly agent: string;
  readonly why: SnapshotWhy | undefined;
  readonly nowMs: number;
  /** The agent's newest name; the next one is newer, also when the clock was set back. */
  readonly newest: string | undefined;
}

export function newSnapshotName({ agent, why, nowMs, newest }: NameAsk): string {
  const before = newest === undefined ? undefined : readSnapshotName(newest);
  const nowSecondMs = Math.floor(nowMs / 1000) * 1000;
  const isLater = before === undefined || nowSecondMs > before.atMs;
  const [atMs, count] = isLater ? [nowSecondMs, 1] : [before.atMs, before.count + 1];
  const time = refTime(atMs);
  return `${snapshotsOf(agent)}${time}-${count}${why === undefined ? '' : `-${why}`}`;
}
