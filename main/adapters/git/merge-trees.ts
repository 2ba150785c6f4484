/** Merges two commits in memory: no checkout, so nothing to clean up and nothing to be dirty. */
import { splitNul } from './ask.ts';
import type { Git } from './run.ts';

export interface MergedTrees {
  /** Meaningful only without conflicts. */
  readonly tree: string;
  /** Files in conflict. */
  readonly conflicts: readonly string[];
}

export async function mergeTrees(
  git: Git,
  cwd: string,
  { ours, theirs }: { readonly ours: string; readonly theirs: string },
): Promise<MergedTrees> {
  const flags = ['--write-tree', '-z', '--name-only', '--no-messages'];
  const args = ['merge-tree', ...flags, ours, theirs];
  const answer = await git.run({ cwd, args, okCodes: [0, 1] });
  const [tree = '', ...names] = splitNul(answer.stdout).map((name) => name.toString('utf8'));
  if (answer.exitCode === 0) return { tree, conflicts: [] };
  return { tree, conflicts: [...new Set(names.filter((name) => name !== ''))] };
}
