/** From any path inside a repository to the facts about it. */
import { realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { musherError } from '../../base/result.ts';
import { together } from '../../base/side-by-side.ts';
import { askText } from './ask.ts';
import { isGitFailure } from './git-failure.ts';
import type { Git } from './run.ts';
import { requireGit } from './version.ts';
import { listWorktrees } from './worktree-list.ts';

export interface OpenedRepository {
  /** Absolute path of the main checkout, links resolved. */
  readonly root: string;
  readonly name: string;
  /** The shared git folder: `<root>/.git` unless it was put elsewhere. */
  readonly commonDir: string;
  /** `<root>.worktrees`. It need not exist yet. */
  readonly worktreesFolder: string;
}

/**
 * A subfolder opens its root, and a linked worktree the main checkout. Throws REPOSITORY_MISSING, REPOSITORY_INVALID,
 * REPOSITORY_BARE, REPOSITORY_EMPTY, REPOSITORY_UNSAFE, GIT_MISSING; GIT_FAILED when git refuses for another reason.
 */
export async function openRepository(git: Git, path: string): Promise<OpenedRepository> {
  await requireFolder(path);
  // Side by side, for each start waits for them.
  const [, place] = await together(requireGit(git, path), locate(git, path));
  const [root, isEmpty] = await together(findRoot(git, path, place), hasNoCommits(git, path));
  if (isEmpty) throw musherError('REPOSITORY_EMPTY', { path: root });
  const { commonDir } = place;
  return { root, name: basename(root), commonDir, worktreesFolder: `${root}.worktrees` };
}

/** The shared git folder alone, of a repository that may still be empty. Throws REPOSITORY_INVALID, REPOSITORY_UNSAFE, GIT_FAILED. */
export async function findCommonDir(git: Git, path: string): Promise<string> {
  return (await locate(git, path)).commonDir;
}

interface Place {
  readonly commonDir: string;
  readonly gitDir: string;
  readonly isBare: boolean;
  readonly isInside: boolean;
}

async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) throw musherError('REPOSITORY_MISSING', { path });
}

async function locate(git: Git, path: string): Promise<Place> {
  const flags = ['--git-common-dir', '--git-dir', '--is-bare-repository', '--is-inside-work-tree'];
  const args = ['rev-parse', '--path-format=absolute', ...flags];
  try {
    const [common = '', own = '', bare, inside] = (await askText(git, { cwd: path, args })).split(
      '\n',
    );
    const [commonDir, gitDir] = await Promise.all([realpath(common), realpath(own)]);
    return { commonDir, gitDir, isBare: bare === 'true', isInside: inside === 'true' };
  } catch (error) {
    if (isGitFailure(error, /dubious ownership/))
      throw musherError('REPOSITORY_UNSAFE', { path }, error);
    if (isGitFailure(error, /not a git repository/))
      throw musherError('REPOSITORY_INVALID', { path });
    throw error;
  }
}

/** git lists the main checkout first; only for a main checkout itself is the list not asked, as its git folder may lie elsewhere. */
async function findRoot(git: Git, path: string, place: Place): Promise<string> {
  if (place.isBare) throw musherError('REPOSITORY_BARE', { path });
  if (place.isInside && place.gitDir === place.commonDir) {
    return topLevel(git, path);
  }
  const [main] = await listWorktrees(git, path);
  if (main === undefined || main.isBare)
    throw musherError('REPOSITORY_BARE', { path: place.commonDir });
  return topLevel(git, main.path);
}

async function topLevel(git: Git, cwd: string): Promise<string> {
  const answer = await git.run({
    cwd,
    args: ['rev-parse', '--path-format=absolute', '--show-toplevel'],
  });
  return resolve(answer.stdout.toString('utf8').replace(/\r?\n$/, ''));
}

async function hasNoCommits(git: Git, cwd: string): Promise<boolean> {
  const args = ['for-each-ref', '--count=1', 'refs/heads', 'refs/remotes', 'refs/tags'];
  if ((await askText(git, { cwd, args })) !== '') return false;
  const head = ['rev-parse', '--verify', '--quiet', 'HEAD'];
  return (await git.run({ cwd, args: head, okCodes: [0, 1] })).exitCode !== 0;
}
