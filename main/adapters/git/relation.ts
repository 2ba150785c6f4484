/** How a commit stands to a target, and what it would bring: one call for both. */
import { askText } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';

/** `there`: the target has it. `forward`: it has all of the target. */
export type Relation = 'there' | 'forward' | 'apart' | 'unrelated';

export interface Stand {
  readonly relation: Relation;
  /** What the target does not have, newest first, at most `mostCommits`. */
  readonly commits: readonly string[];
}

/** More of one merge cannot be traced line by line. */
export const mostCommits = 250;

/**
 * By the edge of what it would bring: the commits that the target has and that those build on. The target's own tip is
 * there only where all of it is below, and where nothing is, they share nothing.
 */
export async function relate(
  context: RepositoryContext,
  from: string,
  commit: string,
): Promise<Stand> {
  const { git, repository } = context;
  const flags = ['--boundary', `--max-count=${mostCommits + 1}`];
  const args = ['rev-list', ...flags, `${from}..${commit}`, '--'];
  const lines = (await askText(git, { cwd: repository.root, args })).split('\n').filter(Boolean);
  const commits = lines.filter((line) => !line.startsWith('-'));
  // The edge of a part says nothing of the whole.
  if (commits.length > mostCommits)
    return {
      relation: await relationByBase(context, from, commit),
      commits: commits.slice(0, mostCommits),
    };
  if (commits.length === 0) return { relation: 'there', commits };
  const edge = lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1));
  if (edge.length === 0) return { relation: 'unrelated', commits };
  return { relation: edge.includes(from) ? 'forward' : 'apart', commits };
}

async function relationByBase(
  { git, repository }: RepositoryContext,
  from: string,
  commit: string,
): Promise<Relation> {
  const args = ['merge-base', from, commit];
  const answer = await git.run({ cwd: repository.root, args, okCodes: [0, 1] });
  if (answer.exitCode !== 0) return 'unrelated';
  return answer.stdout.toString('utf8').trim() === from ? 'forward' : 'apart';
}

/** All that lies between two commits of a target, newest first, at most `mostCommits`. */
export async function listCommits(
  { git, repository }: RepositoryContext,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<string[]> {
  const args = ['rev-list', `--max-count=${mostCommits}`, `${from}..${to}`, '--'];
  return (await askText(git, { cwd: repository.root, args })).split('\n');
}
