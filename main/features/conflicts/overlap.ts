/** Where two intents say the same: by path, by pattern, and by regions where both name some. */
import type { CollidingFile } from '../../../preload/contract/conflict-records.ts';
import type { IntendedFile, IntentRecord, Region } from '../../../preload/contract/intents.ts';
import { normalPath, pathsMeet } from './paths.ts';
import { regionsMeet } from './regions.ts';

type Files = readonly IntendedFile[];

export function pathOf(file: IntendedFile): string {
  return normalPath(typeof file === 'string' ? file : file.path);
}

function regionsOf(file: IntendedFile): readonly Region[] {
  return typeof file === 'string' ? [] : file.regions;
}

/** By path, in their order; of a file and a pattern that meet, the file. */
export function overlapOf(one: Files, other: Files): CollidingFile[] {
  const found = new Map<string, CollidingFile>();
  for (const a of one)
    for (const b of other) {
      const meeting = meet(a, b);
      const path = narrower(pathOf(a), pathOf(b));
      const known = found.get(path);
      // A sure meeting goes before one with a hint.
      if (meeting === undefined || (known !== undefined && known.hint === undefined)) continue;
      found.set(path, { path, reason: 'said', ...meeting });
    }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function isOverlapping(one: Files, other: Files): boolean {
  return one.some((a) => other.some((b) => meet(a, b) !== undefined));
}

function meet(a: IntendedFile, b: IntendedFile) {
  if (!pathsMeet(pathOf(a), pathOf(b))) return undefined;
  const [one, other] = [regionsOf(a), regionsOf(b)];
  return one.length === 0 || other.length === 0 ? {} : regionsMeet(one, other);
}

const hasWildcard = (path: string) => /[*?{]|\/$/.test(path);

function narrower(a: string, b: string): string {
  if (hasWildcard(a) !== hasWildcard(b)) return hasWildcard(a) ? b : a;
  return a.length >= b.length ? a : b;
}

/** Whether an intent covers a file that was written. */
export function covers({ files }: Pick<IntentRecord, 'files'>, path: string): boolean {
  return files.some((file) => pathsMeet(pathOf(file), path));
}
