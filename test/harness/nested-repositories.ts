// Every sort of repository that an agent can leave inside its worktree, whole, odd or damaged.

import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { TestRepository } from './repositories.ts';

export interface NestedPlan {
  /** Folder that is not there yet, inside `worktree`. */
  readonly inside: string;
  readonly worktree: string;
  /** A repository with two commits of `lib.txt`. */
  readonly source: string;
  readonly git: TestRepository['git'];
}

type Make = (plan: NestedPlan) => Promise<unknown>;

const clone =
  (...flags: readonly string[]): Make =>
  ({ git, source, inside, worktree }) =>
    git(['clone', '-q', ...flags, `file://${source}`, inside], worktree);

const submodule =
  (...flags: readonly string[]): Make =>
  ({ git, source, inside, worktree }) => {
    const name = relative(worktree, inside).split(sep).join('/');
    const args = ['submodule', '-q', 'add', '--force', ...flags, `file://${source}`, name];
    return git(['-c', 'protocol.file.allow=always', ...args], worktree);
  };

/** What git hands over whole: history, branches and stashes are there again. */
export const wholeRepositories: Readonly<Record<string, Make>> = {
  'a clone': clone(),
  'a submodule': submodule(),
  'an empty repository': ({ git, inside, worktree }) => git(['init', '-q', inside], worktree),
  'a second worktree of the repository': ({ git, inside, worktree }) =>
    git(['worktree', 'add', '-q', '--detach', inside], worktree),
};

/** What git does not hand over, though it says so or says nothing. */
export const oddRepositories: Readonly<Record<string, Make>> = {
  'a shallow clone': clone('--depth', '1'),
  'a shallow submodule': submodule('--depth', '1'),
  'a partial clone': clone('--filter=blob:none', '--no-checkout'),
  'a clone that borrows its objects': ({ git, source, inside, worktree }) =>
    git(['clone', '-qs', source, inside], worktree),
  'a clone without its HEAD': async (plan) => {
    await clone()(plan);
    await rm(join(plan.inside, '.git/HEAD'));
  },
  'a clone with a lost object': async (plan) => {
    await clone()(plan);
    await rm(join(plan.inside, '.git/objects/pack'), { recursive: true });
  },
  'a clone in the middle of an index write': async (plan) => {
    await clone()(plan);
    await writeFile(join(plan.inside, '.git/index.lock'), '');
  },
  'a git file that leads nowhere': ({ inside }) => gitFile(inside, 'gitdir: /nowhere/at/all\n'),
  'a git file that is none': ({ inside }) => gitFile(inside, 'what is this\n'),
  'a shallow clone with a clone inside': async (plan) => {
    await clone('--depth', '1')(plan);
    const deeper = join(plan.inside, 'deeper');
    await clone()({ ...plan, inside: deeper });
    await writeFile(join(deeper, 'own.txt'), 'own\n');
  },
};

/** Where git, asked about the repository, writes among the files of the worktree. */
const mixedRepositories: Readonly<Record<string, Make>> = {
  'a clone whose git folder is deeper in the worktree': async (plan) => {
    await clone()(plan);
    const hidden = join(
      dirname(plan.inside),
      `.${plan.inside.slice(plan.inside.lastIndexOf(sep) + 1)}-git`,
    );
    await rename(join(plan.inside, '.git'), hidden);
    await writeFile(join(plan.inside, '.git'), `gitdir: ${hidden}\n`);
  },
};

export const nestedRepositories = {
  ...wholeRepositories,
  ...oddRepositories,
  ...mixedRepositories,
};

async function gitFile(inside: string, text: string): Promise<void> {
  await mkdir(inside, { recursive: true });
  await writeFile(join(inside, '.git'), text);
}

/** All commits that its refs reach, by id and subject; `no history` where git finds none. */
export async function historyOf(git: TestRepository['git'], inside: string): Promise<string> {
  const args = ['log', '--format=%H %s', '--exclude=refs/musher/*', '--all'];
  return git(args, inside).catch(() => 'no history');
}
