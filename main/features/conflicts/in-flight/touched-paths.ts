/** Which of an agent's paths a change outside may have given another verdict. */
import { foldersOf, type OwnPaths } from './own-paths.ts';

/**
 * Of `own` (before and after), those that were touched or lie below a folder that was. `all`: any may have another one.
 * A file that came or went can be half of a rename, which is found by what all of them hold; attributes say how
 * other files merge.
 */
export function touchedPaths(
  touched: 'all' | readonly string[],
  own: readonly OwnPaths[],
): 'all' | ReadonlySet<string> {
  if (touched === 'all') return 'all';
  if (touched.some((path) => /(^|\/)\.gitattributes$/.test(path))) return 'all';
  const found = new Set<string>();
  const folders = new Set<string>();
  for (const path of touched) (own.some((paths) => paths.has(path)) ? found : folders).add(path);
  if (folders.size > 0)
    for (const paths of own)
      for (const path of paths.keys())
        if (foldersOf(path).some((folder) => folders.has(folder))) found.add(path);
  const changes = [...found].flatMap((path) => own.map((paths) => paths.get(path)));
  const mayRename = changes.includes('added') && own.some(hasLeft);
  return mayRename || changes.includes('deleted') ? 'all' : found;
}

function hasLeft(paths: OwnPaths): boolean {
  for (const change of paths.values()) if (change === 'deleted') return true;
  return false;
}
