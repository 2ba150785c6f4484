/**
 * A worktree of Musher's own at `<worktreesFolder>/.integration`, detached, kept for reuse. A merge result is checked
 * out here before any branch moves.
 */
import { checkOutOwn, integrationPath } from './own-checkout.ts';
import type { RepositoryContext } from './repository-context.ts';

/** Gives the folder, holding exactly the files of `commit` besides ignored ones. Call it in the repository's merge lane. */
export async function checkOutIntegration(
  context: RepositoryContext,
  commit: string,
): Promise<string> {
  const path = integrationPath(context.repository);
  await checkOutOwn(context, { path, commit, keepsIgnored: true });
  return path;
}
