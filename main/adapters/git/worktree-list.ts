/** What git knows of the worktrees of a repository. */
import { access, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { sleep } from '../../base/clock.ts';
import { askList } from './ask.ts';
import { isGitFailure } from './git-failure.ts';
import type { RepositoryContext } from './repository-context.ts';
import type { Git } from './run.ts';

export interface WorktreeEntry {
  /** Absolute, as git writes it down; the folder may be gone. */
  readonly path: string;
  readonly isBare: boolean;
  /** Short name; undefined when detached. */
  readonly branch?: string;
  /** The commit that is checked out; undefined where there is none yet. */
  readonly head?: string;
  /** Why it is locked; empty when no reason was given. */
  readonly locked?: string;
}

/** The main checkout first. */
export async function listWorktrees(git: Git, cwd: string): Promise<WorktreeEntry[]> {
  const fields = await askForWorktrees(git, cwd);
  const entries: WorktreeEntry[] = [];
  let group: string[] = [];
  for (const field of [...fields, '']) {
    if (field !== '') group.push(field);
    else if (group.length > 0) {
      entries.push(toEntry(group));
      group = [];
    }
  }
  return entries;
}

const tries = 40;
const betweenTriesMs = 25;

function askForWorktrees(git: Git, cwd: string): Promise<string[]> {
  const args = ['worktree', 'list', '--porcelain', '-z'];
  return whileWorktreesAreMade(git, () => askList(git, { cwd, args }));
}

/** For what looks into all worktrees. While somebody else makes one, its git folder is half there for a moment and git fails on it. */
export async function whileWorktreesAreMade<T>(git: Git, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === tries || !isGitFailure(error, /failed to read .*worktrees/)) throw error;
      await sleep(git.clock, betweenTriesMs);
    }
  }
}

function toEntry(fields: readonly string[]): WorktreeEntry {
  const value = (name: string) =>
    fields.find((field) => field === name || field.startsWith(`${name} `))?.slice(name.length + 1);
  const branch = value('branch')?.replace(/^refs\/heads\//, '');
  const locked = value('locked');
  const head = value('HEAD');
  return {
    path: resolve(value('worktree') ?? ''),
    isBare: fields.includes('bare'),
    ...(branch === undefined ? {} : { branch }),
    ...(head === undefined || /^0*$/.test(head) ? {} : { head }),
    ...(locked === undefined ? {} : { locked }),
  };
}

/**
 * The git folder of the linked worktree at `path` when that belongs to the repository of `commonDir` and both know
 * each other, else undefined. Reads two small files and starts nothing, so it can be asked often.
 */
export async function findAdmin(commonDir: string, path: string): Promise<string | undefined> {
  try {
    const target = await readPointer(path);
    if (target === undefined) return undefined;
    const admin = await realpath(target);
    const parent = await realpath(join(commonDir, 'worktrees'));
    if (resolve(admin, '..') !== parent) return undefined;
    const back = (await readFile(join(admin, 'gitdir'), 'utf8')).trim();
    const known = await realpath(resolve(admin, back));
    return known === (await realpath(join(path, '.git'))) ? admin : undefined;
  } catch {
    return undefined;
  }
}

/** Where the `.git` file of a linked worktree points to, absolute; undefined when there is no such file. */
export async function readPointer(path: string): Promise<string | undefined> {
  const text = await readFile(join(path, '.git'), 'utf8').catch(() => '');
  const target = /^gitdir: (.+?)\s*$/.exec(text)?.[1];
  return target === undefined ? undefined : resolve(path, target);
}

/**
 * Takes away what git knows of a worktree whose folder is gone; nothing when it knows nothing. Call it in the
 * repository's worktrees lane.
 */
export async function forgetWorktree(
  { git, repository }: RepositoryContext,
  path: string,
): Promise<void> {
  const entry = await findEntry(git, repository.root, path);
  if (entry === undefined) return;
  const args = ['worktree', 'remove', '--force', '--force', entry.path];
  await git.run({ cwd: repository.root, args });
}

/** What git lists below a folder, which must be named without links. */
export async function findInside(git: Git, cwd: string, folder: string): Promise<WorktreeEntry[]> {
  const entries = await listWorktrees(git, cwd);
  return entries.filter((entry) => entry.path.startsWith(folder + sep));
}

/** What git lists for a folder, also for one that is gone and for one named through a link. */
export async function findEntry(
  git: Git,
  cwd: string,
  path: string,
): Promise<WorktreeEntry | undefined> {
  const parent = await realpath(dirname(path)).catch(() => dirname(path));
  const real = join(parent, basename(path));
  const entries = await listWorktrees(git, cwd);
  return entries.find((entry) => entry.path === path || entry.path === real);
}

export async function isPresent(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
