/**
 * Which files of a tree have a say in its merge with another. A file that was there where both come from and is changed by one of
 * them alone is taken from that one, whatever is in it: of a tree in which very much was changed at once those are left as the
 * commit has them, and are not even read. Everything that can be half of a rename, of a folder or of a type has a say.
 */
import { posix } from 'node:path';
import type { TreeChange, TreeState } from '../../../features/worktrees/ports.ts';
import { askList } from '../ask.ts';
import type { Git } from '../run.ts';
import type { GitAsk } from '../spawn-git.ts';

/** What the other side is: its commit, and what it has otherwise on the disk. */
export interface OtherSide {
  readonly head: string;
  readonly changes: TreeState['changes'];
}

/** Its place, its type and its name are those of the commit, and it says nothing of how others are merged. */
export function isPlainEdit(path: string, change: TreeChange | undefined): boolean {
  // What is staged may have been of another type in between.
  const isEdit = change?.kind === 'modified' && !change.isStaged;
  return isEdit && posix.basename(path) !== '.gitattributes';
}

/** What either changed since they parted, or the other has on the disk; `all` where they parted more than once, or never met. */
export async function contested(
  git: Git,
  at: Omit<GitAsk, 'args'>,
  [head, other]: readonly [string, OtherSide],
): Promise<'all' | ReadonlySet<string>> {
  const found = new Set(other.changes.keys());
  if (head === other.head) return found;
  const ask = { ...at, args: ['merge-base', '--all', head, other.head], okCodes: [0, 1] };
  const bases = (await git.run(ask)).stdout.toString('utf8').split('\n').filter(Boolean);
  const [base] = bases;
  if (base === undefined || bases.length > 1) return 'all';
  const how = ['-r', '--name-only', '-z', '--no-renames', '--ignore-submodules=none'];
  const namesTo = (commit: string) =>
    commit === base ? [] : askList(git, { ...at, args: ['diff-tree', ...how, base, commit] });
  const names = await Promise.all([namesTo(head), namesTo(other.head)]);
  for (const name of names.flat()) found.add(name);
  return found;
}
