import type { RepositoryContext } from './repository-context.ts';

/** Where both came apart; undefined where they share no history. */
export async function findMergeBase(
  { git, repository }: RepositoryContext,
  from: string,
  commit: string,
): Promise<string | undefined> {
  const args = ['merge-base', from, commit];
  const answer = await git.run({ cwd: repository.root, args, okCodes: [0, 1] });
  return answer.exitCode === 0 ? answer.stdout.toString('utf8').trim() : undefined;
}
