/** Merges two commits in memory: no checkout, so nothing to clean up and nothing to be dirty. */
import { askText, splitNul } from './ask.ts';
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

/** Who makes the merge commit: the repository's user when name and address are set, else Musher. */
async function readIdentity(git: Git, cwd: string): Promise<{ name: string; email: string }> {
  const read = async (key: string) => {
    const answer = await git.run({ cwd, args: ['config', '--get', key], okCodes: [0, 1] });
    return answer.stdout.toString('utf8').trim();
  };
  const [name, email] = await Promise.all([read('user.name'), read('user.email')]);
  return name !== '' && email !== ''
    ? { name, email }
    : { name: 'Musher', email: 'musher@localhost' };
}

export interface CommitAsk {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

/** Makes a commit object that nothing points at yet; gives its id. */
export async function commitTree(git: Git, cwd: string, ask: CommitAsk): Promise<string> {
  const { name, email } = await readIdentity(git, cwd);
  const parents = ask.parents.flatMap((parent) => ['-p', parent]);
  const args = ['commit-tree', '--no-gpg-sign', ask.tree, ...parents, '-F', '-'];
  const env = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
  return askText(git, { cwd, args, env, input: ask.message });
}
