/**
 * The way out for a repository inside a worktree that git cannot hand over whole: shallow or partial clones, damaged
 * ones, those whose git folder is gone. It is kept as files: those of its work tree, and its git folder byte for byte
 * where that would go with the worktree. The commit `refs/musher/nested/<key>/files` holds both:
 *
 *   work/…   tracked and untracked files, as they are on the disk
 *   git/…    the git folder, so that its history is there again when it is put back
 *   gitfile  instead of it, when the git folder is elsewhere or nowhere
 */
import { lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { askText, splitNul } from './ask.ts';
import { commitTree, musherIdentity } from './commit-tree.ts';
import { withPlainGitDir } from './plain-git-dir.ts';
import { readRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { isPresent, readPointer } from './worktree-list.ts';

/** Reading and packing gigabytes takes long. */
const longMs = 600_000;

export interface FilesOf {
  /** Folder of the nested repository. */
  readonly path: string;
  /** Repositories inside it, kept apart; relative to it. */
  readonly without: readonly string[];
  /** What is removed with the worktree: a git folder in one of these is copied, one elsewhere stays where it is. */
  readonly doomed: readonly string[];
}

export function filesRef(key: string): string {
  return `refs/musher/nested/${key}/files`;
}

/** Gives the key under which it is kept. Throws when a file cannot be read. */
export async function keepAsFiles(context: RepositoryContext, ask: FilesOf): Promise<string> {
  const { git, repository } = context;
  const work = await treeOfFolder(context, ask.path, {
    flags: [],
    excludes: ask.without.map((name) => `:(top,literal,exclude)${name}`),
  });
  const gitFolder = await gitFolderOf(ask);
  const entries = [`040000 tree ${work}\twork`];
  if (gitFolder !== undefined) {
    const tree = await treeOfFolder(context, gitFolder, { flags: ['--force'], excludes: [] });
    entries.unshift(`040000 tree ${tree}\tgit`);
  } else {
    const args = ['hash-object', '-w', '--no-filters', '--stdin'];
    const input = await readGitFile(join(ask.path, '.git'));
    const blob = await askText(git, { cwd: repository.root, args, input });
    entries.unshift(`100644 blob ${blob}\tgitfile`);
  }
  const cwd = repository.root;
  const input = Buffer.concat(entries.flatMap((entry) => [Buffer.from(entry), Buffer.from([0])]));
  const tree = await askText(git, { cwd, args: ['mktree', '-z'], input });
  const message = 'Files of a repository inside a worktree\n';
  const made = { tree, parents: [], message, by: musherIdentity, date: '@0 +0000' };
  const key = await commitTree(git, cwd, made);
  await git.run({ cwd, args: ['update-ref', filesRef(key), key] });
  if ((await readRef(git, cwd, filesRef(key))) !== key)
    throw new Error(`${filesRef(key)} does not hold the files`);
  await git.run({ cwd, args: ['rev-list', '--objects', '--quiet', key, '--'], timeoutMs: longMs });
  return key;
}

/** What says where the git folder is; a link is written as git would. */
async function readGitFile(path: string): Promise<Buffer> {
  const isLink = (await lstat(path)).isSymbolicLink();
  return isLink ? Buffer.from(`gitdir: ${await realpath(path)}\n`) : readFile(path);
}

/** The git folder that goes with the worktree; undefined when it stays, or there is none. */
async function gitFolderOf({ path, doomed }: FilesOf): Promise<string | undefined> {
  const own = join(path, '.git');
  if ((await lstat(own)).isDirectory()) return own;
  const target = await readPointer(path);
  if (target === undefined || !(await isPresent(target))) return undefined;
  const real = await realpath(target);
  const homes = await Promise.all(doomed.map((home) => realpath(home).catch(() => home)));
  return homes.some((home) => real.startsWith(home + sep)) ? real : undefined;
}

interface Adding {
  readonly flags: readonly string[];
  readonly excludes: readonly string[];
}

/** The objects go to the repository that is there to stay, whatever the state of the one they are of. */
function treeOfFolder(
  { git, repository }: RepositoryContext,
  folder: string,
  { flags, excludes }: Adding,
): Promise<string> {
  return withPlainGitDir({ git, repository, worktree: folder }, async (plain) => {
    const env = { ...plain.env, GIT_INDEX_FILE: join(plain.folder, 'index') };
    const args = ['add', '--all', ...flags, '--', ':(top)', ...excludes];
    await git.run({ cwd: folder, args, env, timeoutMs: longMs });
    return askText(git, { cwd: folder, args: ['write-tree'], env });
  });
}

/** Names of what is in a folder that may be no repository to git, ignored files left out; relative to it. */
export async function listFolder(
  { git, repository }: RepositoryContext,
  folder: string,
): Promise<string[]> {
  return withPlainGitDir({ git, repository, worktree: folder }, async (plain) => {
    const env = { ...plain.env, GIT_INDEX_FILE: join(plain.folder, 'index') };
    const args = ['ls-files', '-z', '--others', '--exclude-standard'];
    const answer = await git.run({ cwd: folder, args, env });
    return splitNul(answer.stdout).map((name) => name.toString('utf8'));
  });
}

/** Puts it back into an empty folder. */
export async function restoreAsFiles(
  context: RepositoryContext,
  path: string,
  key: string,
): Promise<void> {
  await writeTree(context, path, `${key}:work`);
  const { git, repository } = context;
  const cwd = repository.root;
  const listed = await askText(git, { cwd, args: ['ls-tree', '--name-only', key] });
  const own = join(path, '.git');
  if (!listed.split('\n').includes('git')) {
    const file = await git.run({ cwd, args: ['cat-file', 'blob', `${key}:gitfile`] });
    await writeFile(own, file.stdout);
    return;
  }
  await mkdir(own, { recursive: true });
  await writeTree(context, own, `${key}:git`);
  // git keeps no empty folders, and takes a folder without these for no repository.
  for (const folder of ['objects/pack', 'refs/heads']) {
    await mkdir(join(own, folder), { recursive: true });
  }
  await forgetWorkTree(context, own);
}

/** A submodule's git folder says where its files are; now they are around it. */
async function forgetWorkTree(
  { git, repository }: RepositoryContext,
  gitFolder: string,
): Promise<void> {
  const args = ['config', '--file', join(gitFolder, 'config'), '--unset-all', 'core.worktree'];
  await git.run({ cwd: repository.root, args, okCodes: [0, 1, 3, 5] });
}

async function writeTree(
  { git, repository }: RepositoryContext,
  folder: string,
  tree: string,
): Promise<void> {
  await withPlainGitDir({ git, repository, worktree: folder }, async (plain) => {
    const env = { ...plain.env, GIT_INDEX_FILE: join(plain.folder, 'index') };
    await git.run({ cwd: folder, args: ['read-tree', tree], env });
    const args = ['checkout-index', '--all', '--force'];
    await git.run({ cwd: folder, args, env, timeoutMs: longMs });
  });
}
