/** What was known of a tree, with what was found of some of its paths. */
import { withoutCase } from '../../base/without-case.ts';
import type { TreeChange } from '../../features/worktrees/ports.ts';
import { SortedMap } from './sorted-map.ts';

export type Changes = SortedMap<TreeChange>;

/** Of these paths, and of what is below them, what was found; of all others, what was known. */
export function withFound(
  known: Changes,
  paths: readonly string[],
  found: ReadonlyMap<string, TreeChange>,
): Changes {
  const fresh = SortedMap.of(found);
  let changes = known;
  for (const path of paths) {
    // `0` comes right after `/`: between the two is all that is below.
    for (const [from, to] of [
      [path, `${path}\0`],
      [`${path}/`, `${path}0`],
    ] as const)
      changes = changes.replaced(from, to, fresh.between(from, to));
  }
  return changes;
}

/**
 * Without those that lie in another of them. To git they are more than a repetition: asked about a repository inside and about
 * something in that, it says nothing of either (seen with 2.39), and what was known of it would be lost.
 */
export function outermost(
  paths: readonly string[],
  asCompared: (path: string) => string,
): readonly string[] {
  const all = new Set(paths.map(asCompared));
  return paths.filter((path) => {
    const text = asCompared(path);
    for (let at = text.indexOf('/'); at !== -1; at = text.indexOf('/', at + 1))
      if (all.has(text.slice(0, at))) return false;
    return true;
  });
}

/**
 * On a disk that ignores case: these paths, and in which spelling else they, or what is below them, are known or were found. The
 * disk may say `readme.md` of what git knows as `README.md`.
 */
export function inAllSpellings(
  paths: readonly string[],
  ...maps: ReadonlyArray<ReadonlyMap<string, unknown>>
): readonly string[] {
  const meant = new Set(paths.map(withoutCase));
  const isMeant = (name: string) => {
    const text = withoutCase(name);
    for (let end = text.length; end > 0; end = text.lastIndexOf('/', end - 1))
      if (meant.has(text.slice(0, end))) return true;
    return false;
  };
  const spelled = maps.flatMap((map) => [...map.keys()].filter(isMeant));
  return [...new Set([...paths, ...spelled])];
}

/** Folders, without the `/` that git ends them with. */
export function foldersOf(ignored: readonly string[]): string[] {
  return ignored.filter((path) => path.endsWith('/')).map((path) => path.slice(0, -1));
}
