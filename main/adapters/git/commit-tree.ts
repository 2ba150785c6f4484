/** Makes commits without index or checkout. */
import { askText } from './ask.ts';
import type { Git } from './run.ts';

export interface Identity {
  readonly name: string;
  readonly email: string;
}

export interface Author extends Identity {
  /** In git's raw form, `@1700000000 +0000`. */
  readonly date: string;
}

export interface CommitAsk {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly by: Identity;
  /** Default `by`, at `date`. */
  readonly author?: Author;
  /** In git's raw form, `@1700000000 +0000`. Default now. */
  readonly date?: string;
}

export const musherIdentity: Identity = { name: 'Musher', email: 'musher@localhost' };

/** The repository's user when name and address are set, else Musher. */
export async function readIdentity(git: Git, cwd: string): Promise<Identity> {
  const args = ['config', '--get-regexp', '-z', '^user\\.(name|email)$'];
  const answer = await git.run({ cwd, args, okCodes: [0, 1] });
  // Each as its key, a new line and its value; the last of a key counts.
  const said = answer.stdout.toString('utf8').split('\0');
  const read = (key: string) =>
    said
      .findLast((one) => one.startsWith(`${key}\n`))
      ?.slice(key.length + 1)
      .trim() ?? '';
  const [name, email] = [read('user.name'), read('user.email')];
  return name !== '' && email !== '' ? { name, email } : musherIdentity;
}

/** A commit object that nothing points at yet; gives its id. */
export async function commitTree(git: Git, cwd: string, ask: CommitAsk): Promise<string> {
  const { by, date } = ask;
  const author = ask.author ?? { ...by, date };
  const parents = ask.parents.flatMap((parent) => ['-p', parent]);
  const args = ['commit-tree', '--no-gpg-sign', ask.tree, ...parents, '-F', '-'];
  const env = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: by.name,
    GIT_COMMITTER_EMAIL: by.email,
    ...(author.date === undefined ? {} : { GIT_AUTHOR_DATE: author.date }),
    ...(date === undefined ? {} : { GIT_COMMITTER_DATE: date }),
  };
  return askText(git, { cwd, args, env, input: ask.message });
}
