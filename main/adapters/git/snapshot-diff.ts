/** What a snapshot has that another side has not. */
import type { RepositoryContext } from './repository-context.ts';
import { readDiff, type Diff } from './diff.ts';
import { emptyTreeLike } from './empty-tree.ts';
import { withPlainGitDir } from './plain-git-dir.ts';
import { findNested } from './nested.ts';
import { writeFilesTree } from './snapshot-trees.ts';
import { prepareIndexes } from './passing-index.ts';
import { findAdmin } from './worktree-list.ts';

export interface SnapshotDiffAsk {
  readonly commit: string;
  /** Commit or tree; undefined: no files at all. */
  readonly from: string | undefined;
  readonly only: readonly string[] | undefined;
}

export function diffSnapshot(
  context: RepositoryContext,
  { commit, from, only }: SnapshotDiffAsk,
): Promise<Diff> {
  return readDiff(context, { base: from ?? emptyTreeLike(commit), commit, only });
}

/** Tree of a worktree's files as they are now. No ref holds it: it is for a look. */
export function treeNow(
  context: RepositoryContext,
  { agent, path }: { readonly agent: string; readonly path: string },
): Promise<string> {
  const { git, repository } = context;
  return withPlainGitDir({ git, repository, worktree: path }, async (plain) => {
    const admin = await findAdmin(repository.commonDir, path);
    const indexes = await prepareIndexes(context, { agent, path, admin }, plain);
    const { places, isAllKnown } = await findNested(context, indexes);
    const nested = places.map((place) => ({ ...place, kept: 'history' as const }));
    return writeFilesTree(context, { indexes, nested, isAllKnown });
  });
}
