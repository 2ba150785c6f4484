/** Makes commits without index or checkout. */
import { askText } from './ask.ts';
import { isGitFailure } from './git-failure.ts';
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
  /** Default the repository's user as git knows them, else Musher. */
  readonly by?: Identity;
  /** Default `by`, at `date`. */
  readonly author?: Author;
  /** In git's raw form, `@1700000000 +0000`. Default now. */
  readonly date?: string;
}

export const musherIdentity: Identity = { name: 'Musher', email: 'musher@localhost' };

/** A commit object that nothing points at yet; gives its id. */
export async function commitTree(git: Git, cwd: string, ask: CommitAsk): Promise<string> {
  const args = ['commit-tree', '--no-gpg-sign', ask.tree];
  args.push(...ask.parents.flatMap((parent) => ['-p', parent]), '-F', '-');
  const { by, message: input } = ask;
  if (by !== undefined) return askText(git, { cwd, args, env: envOf(ask, by), input });
  try {
    // Not by a guess from the names of the machine.
    return await askText(git, { cwd, args, env: { ...envOf(ask, undefined), ...onlyUser }, input });
  } catch (error) {
    if (!isGitFailure(error, nobody)) throw error;
    return askText(git, { cwd, args, env: envOf(ask, musherIdentity), input });
  }
}

/** `-c`, by environment: simple-git takes none of a single call. */
const onlyUser = {
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'user.useConfigOnly',
  GIT_CONFIG_VALUE_0: 'true',
};

/** git's words where name or address are missing, or nothing is left of them. */
const nobody = /auto-detection is disabled|empty ident name|disallowed characters/;

function envOf({ author, date }: CommitAsk, by: Identity | undefined): Record<string, string> {
  const from: Partial<Author> = author ?? { ...by, ...(date !== undefined && { date }) };
  const env = {
    GIT_AUTHOR_NAME: from.name,
    GIT_AUTHOR_EMAIL: from.email,
    GIT_AUTHOR_DATE: from.date,
    GIT_COMMITTER_NAME: by?.name,
    GIT_COMMITTER_EMAIL: by?.email,
    GIT_COMMITTER_DATE: date,
  };
  const given = Object.entries(env).filter((one): one is [string, string] => one[1] !== undefined);
  return Object.fromEntries(given);
}
