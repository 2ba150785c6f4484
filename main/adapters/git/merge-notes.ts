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

/** The refs that say it. */
export function notesOf(
  approval: string,
  { from, to }: MergeNote,
): ReadonlyArray<{ ref: string; to: string }> {
  const refs = refsOf(approval);
  return [
    { ref: `${refs}/from`, to: from },
    { ref: `${refs}/to`, to },
  ];
}

export async function noteMerge(
  { git, repository }: RepositoryContext,
  approval: string,
  note: MergeNote,
): Promise<void> {
  const input = notesOf(approval, note).map(({ ref, to }) => `update ${ref} ${to}\n`);
  const args = ['update-ref', '--no-deref', '--stdin'];
  await git.run({ cwd: repository.root, args, input: input.join('') });
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
