/** Questions about what is changed in a tree. There may be 20,000 of it: they are answered in steps. */
import type { Pace } from '../../../base/pace.ts';
import type { TreeState } from '../../../features/worktrees/ports.ts';

export type Changes = TreeState['changes'];

/** Whether all that was changed before still is. */
export async function isWithin(before: Changes, now: Changes, pace: Pace): Promise<boolean> {
  if (before === now) return true;
  if (before.size > now.size) return false;
  return (await pace.filter(before.keys(), (path) => !now.has(path))).length === 0;
}

/** What was touched, and what lies below a folder that was. */
export async function pathsIn(
  changes: Changes,
  touched: 'all' | ReadonlySet<string>,
  pace: Pace,
): Promise<readonly string[]> {
  if (touched === 'all') return [...changes.keys()];
  return pace.filter(changes.keys(), (path) => {
    if (touched.has(path)) return true;
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
      if (touched.has(path.slice(0, at))) return true;
    return false;
  });
}
