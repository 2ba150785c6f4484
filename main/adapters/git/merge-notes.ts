/**
 * What a merge is about to do, noted before the branch moves: `refs/musher/merging/<approval>/{from,to}`. A commit that is
 * squashed or rebased is not in the history of what comes out, so without this a merge that a crash cut off after
 * the branch moved would be done twice. Gone once the outcome is in the log.
 */
import type { RepositoryContext } from './repository-context.ts';

export interface MergeNote {
  readonly from: string;
  readonly to: string;
}

const refsOf = (approval: string) => `refs/musher/merging/${approval}`;

export async function noteMerge(
  { git, repository }: RepositoryContext,
  approval: string,
  { from, to }: MergeNote,
): Promise<void> {
  const refs = refsOf(approval);
  const input = `update ${refs}/from ${from}\nupdate ${refs}/to ${to}\n`;
  const args = ['update-ref', '--no-deref', '--stdin'];
  await git.run({ cwd: repository.root, args, input });
}

/** Where `from` and `to` are noted. */
export function noteRefs(approval: string): [from: string, to: string] {
  return [`${refsOf(approval)}/from`, `${refsOf(approval)}/to`];
}

/** See `Review.forgetResult`. */
export async function forgetNote(
  { git, repository }: RepositoryContext,
  approval: string,
): Promise<void> {
  const refs = refsOf(approval);
  const args = ['update-ref', '--no-deref', '--stdin'];
  await git.run({ cwd: repository.root, args, input: `delete ${refs}/from\ndelete ${refs}/to\n` });
}
