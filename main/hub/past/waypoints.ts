/**
 * At which events the state is kept for later looks at the past: dense where the log is new, thin where it is old, and
 * thinner still when what is kept grows too large. Pure: the same head gives the same places, so nothing has to be remembered.
 */
import type { Head } from '../seal.ts';

export interface Spacing {
  /** Between two places, among the newest `nearEvents`. */
  readonly near: number;
  readonly nearEvents: number;
  /** Further back; a multiple of `near`, so that thinning only leaves out. */
  readonly far: number;
}

/** Folding the events between two places, and reading the state at the first, is what a look at any moment costs at most. */
export const defaultSpacing: Spacing = { near: 2_000, nearEvents: 100_000, far: 2_000 };

/** So often it can become thinner; each time it is half of what it was, far back. */
export const thinnest = 12;

/** Oldest first. `level`: how often it was thinned for its size, 0 where all of it has room. */
export function placesTo(head: number, spacing: Spacing, level = 0): number[] {
  const { near, far, nearEvents } = thinned(spacing, level);
  const places: number[] = [];
  const nearFrom = Math.max(head - nearEvents, 0);
  for (let seq = far; seq <= nearFrom; seq += far) places.push(seq);
  for (let seq = Math.ceil((nearFrom + 1) / near) * near; seq <= head; seq += near)
    places.push(seq);
  return places;
}

/** What is old is what is asked for least: it is thinned at each level, what is new at every second. */
function thinned({ near, far, nearEvents }: Spacing, level: number): Spacing {
  return { near: near * 2 ** Math.floor(level / 2), far: far * 2 ** level, nearEvents };
}

/** A slice to keep; `sameAs`: the place that has this very slice already. */
export interface KeptSlice {
  readonly feature: string;
  readonly version: number;
  readonly slice: unknown;
  readonly sameAs?: number | undefined;
}

/**
 * Where kept slices are. Only a short cut: what is missing, of another version or cannot be read costs the time to fold it,
 * and is never an error. None of its calls throws.
 */
export interface Waypoints {
  readonly level: number;
  /** Versions of the slices that are kept at a place, by feature. */
  versionsAt(seq: number): ReadonlyMap<string, number>;
  /** Oldest first. */
  places(): readonly Head[];
  /** Undefined for what cannot be read. */
  read(seq: number, feature: string): unknown;
  /** Adds to what is kept there, and thins when it has become too much. */
  write(place: Head, slices: readonly KeptSlice[]): void;
  /** What cannot be read, or is of another history. */
  forget(seq: number, feature?: string): void;
  /** Drops all places but these. */
  keepOnly(seqs: readonly number[]): void;
}
