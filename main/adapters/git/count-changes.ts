/** How much a tree changes, without its lines. */
import { splitNul } from './ask.ts';
import { emptyTreeLike } from './empty-tree.ts';
import type { RepositoryContext } from './repository-context.ts';
import type { SnapshotCounts } from './snapshot-note.ts';

interface CountAsk {
  /** The commit that it is compared to; undefined: to nothing. */
  readonly from: string | undefined;
  readonly to: string;
  /** Of a plain git folder, so that no attribute has a say. */
  readonly env: Readonly<Record<string, string>>;
}

export async function countChanges(
  { git, repository }: RepositoryContext,
  { from, to, env }: CountAsk,
): Promise<SnapshotCounts> {
  const flags = ['--numstat', '--no-renames', '--no-ext-diff', '--no-textconv', '-z'];
  const args = ['diff-tree', '-r', ...flags, from ?? emptyTreeLike(to), to, '--'];
  const rows = splitNul((await git.run({ cwd: repository.root, args, env })).stdout);
  let additions = 0;
  let deletions = 0;
  for (const row of rows) {
    const [added, deleted] = row.toString('latin1', 0, 40).split('\t');
    // Of a binary file both are `-`.
    additions += Number(added) || 0;
    deletions += Number(deleted) || 0;
  }
  return { files: rows.length, additions, deletions };
}
