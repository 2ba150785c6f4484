/** Where two intents say the same: by path, by pattern, and by regions where both name some. */
import type { CollidingFile } from '../../../preload/contract/conflict-records.ts';
import type { IntendedFile, IntentRecord, Region } from '../../../preload/contract/intents.ts';
import { withoutCase } from '../../base/without-case.ts';
import { asPattern, fileMeets, isPattern, metBy, normalPath, patternsMeet } from './paths.ts';
import { regionsMeet } from './regions.ts';

type Files = readonly IntendedFile[];

/** What is intended, so that a path is found without a look at all of it: by its name without case. */
interface Index {
  readonly plain: ReadonlyMap<string, Said>;
  readonly patterns: readonly Said[];
}

interface Said {
  readonly path: string;
  /** Without case. */
  readonly key: string;
  /** Of a file named twice, all; undefined where the whole is meant. */
  readonly regions: readonly Region[] | undefined;
}

export function pathOf(file: IntendedFile): string {
  return normalPath(typeof file === 'string' ? file : file.path);
}

/** In order of path; of a file and a pattern that meet, the file. */
export function overlapOf(one: Files, other: Files): CollidingFile[] {
  const found = new Map<string, CollidingFile>();
  for (const { path, hint } of meetings(one, other)) {
    // A sure meeting goes before one with a hint.
    if (found.has(path) && found.get(path)?.hint === undefined) continue;
    found.set(path, { path, reason: 'said', ...(hint !== undefined && { hint }) });
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function isOverlapping(one: Files, other: Files): boolean {
  return !meetings(one, other).next().done;
}

export interface Covering {
  readonly intent: IntentRecord;
  /** All of the file is meant, by its name, a folder or a pattern; of one that is meant in part, what was written is not known. */
  readonly isWhole: boolean;
}

/** Who means a file, for many files and intents: what a file costs does not grow with what is named. */
export function coveringIn(intents: readonly IntentRecord[]): (path: string) => Covering[] {
  const named = new Map<string, Covering[]>();
  const patterns: Array<Covering & { readonly isMet: (path: string) => boolean }> = [];
  for (const intent of intents) {
    const index = indexOf(intent.files);
    for (const { key, regions } of index.plain.values()) {
      const covering = { intent, isWhole: regions === undefined };
      const known = named.get(key);
      if (known === undefined) named.set(key, [covering]);
      else known.push(covering);
    }
    for (const { path, regions } of index.patterns)
      patterns.push({ isMet: metBy(path), intent, isWhole: regions === undefined });
  }
  return (path) => {
    const found: Covering[] = [];
    const key = withoutCase(path);
    for (const one of foldersOf(key)) found.push(...(named.get(one) ?? []));
    for (const one of patterns) if (one.isMet(key)) found.push(one);
    return found;
  };
}

type Meetings = Generator<{ path: string; hint?: string }>;

function* meetings(one: Files, other: Files): Meetings {
  const [a, b] = [indexOf(one), indexOf(other)];
  for (const said of a.plain.values()) {
    yield* meeting(said, b.plain.get(said.key));
    yield* within(said, b);
  }
  for (const said of b.plain.values()) yield* within(said, a);
  for (const pattern of a.patterns)
    for (const against of b.patterns)
      if (patternsMeet(pattern.path, against.path))
        yield* pattern.path.length < against.path.length
          ? meeting(against, pattern)
          : meeting(pattern, against);
}

/** By a folder that it is in, or a pattern. */
function* within(said: Said, { plain, patterns }: Index): Meetings {
  for (const folder of foldersOf(said.key))
    if (folder !== said.key) yield* meeting(said, plain.get(folder));
  for (const pattern of patterns)
    if (fileMeets(said.path, pattern.path)) yield* meeting(said, pattern);
}

/** Told by the path of the first. */
function* meeting({ path, regions }: Said, other: Said | undefined): Meetings {
  if (other === undefined) return;
  const met =
    regions === undefined || other.regions === undefined ? {} : regionsMeet(regions, other.regions);
  if (met !== undefined) yield { path, ...met };
}

/** Itself, then the folders that it is in. */
function* foldersOf(path: string): Generator<string> {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    yield path.slice(0, end);
}

const indexes = new WeakMap<Files, Index>();

function indexOf(files: Files): Index {
  const known = indexes.get(files);
  if (known !== undefined) return known;
  const all = new Map<string, Said>();
  for (const file of files) {
    const path = asPattern(pathOf(file));
    const key = withoutCase(path);
    const regions =
      typeof file === 'string' || file.regions.length === 0 ? undefined : file.regions;
    const before = all.get(key);
    const isWhole = regions === undefined || (before !== undefined && before.regions === undefined);
    all.set(key, {
      path: before?.path ?? path,
      key,
      regions: isWhole ? undefined : [...(before?.regions ?? []), ...regions],
    });
  }
  const said = [...all.values()];
  const plain = said.filter(({ path }) => !isPattern(path)).map((one) => [one.key, one] as const);
  const index = { plain: new Map(plain), patterns: said.filter(({ path }) => isPattern(path)) };
  indexes.set(files, index);
  return index;
}
