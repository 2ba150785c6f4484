/**
 * A worktree whose folder somebody removed: its files are gone, but git still holds what was staged and which commits
 * were made there. That is kept before git forgets it.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readCommit } from './ask.ts';
import { findLoneCommits } from './lone-commits.ts';
import { type PlainGitDir, withPlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';
import { type Snapshot, storeState } from './snapshot-commit.ts';
import { writeIndexTree } from './snapshot-trees.ts';
import { copyIndex, readEntries } from './passing-index.ts';
import { findEntry } from './worktree-list.ts';

/** A snapshot whose files are what was staged; undefined when the branch holds all of it. Changes nothing else. */
export async function keepVanished(
  context: RepositoryContext,
  agent: string,
  path: string,
): Promise<Snapshot | undefined> {
  const { git, repository } = context;
  const admin = await findStale(context, path);
  if (admin === undefined) return undefined;
  const pointer = await readFile(join(admin, 'HEAD'), 'utf8').catch(() => '');
  const branch = /^ref: (refs\/.+?)\s*$/.exec(pointer)?.[1];
  const head = await readCommit(git, repository.root, branch ?? pointer.trim());
  const lone = await findLoneCommits(context, admin, head?.commit);
  return withPlainGitDir({ git, repository }, async (plain) => {
    const indexTree = await readIndex(context, plain, admin);
    const tree = indexTree ?? head?.tree;
    if (tree === undefined) return undefined;
    if (tree === head?.tree && lone.length === 0 && branch !== undefined) return undefined;
    return storeState(
      context,
      { agent, path, admin, why: 'vanished' },
      { tree, nested: [], head, branch, indexTree, lone },
    );
  });
}

/** The git folder that still names the place. */
async function findStale(
  { git, repository }: RepositoryContext,
  path: string,
): Promise<string | undefined> {
  const entry = await findEntry(git, repository.root, path);
  const folder = join(repository.commonDir, 'worktrees');
  for (const name of entry === undefined ? [] : await readdir(folder).catch(() => [])) {
    const admin = join(folder, name);
    const back = await readFile(join(admin, 'gitdir'), 'utf8').catch(() => '');
    if (entry !== undefined && resolve(admin, back.trim()) === join(entry.path, '.git'))
      return admin;
  }
  return undefined;
}

async function readIndex(
  context: RepositoryContext,
  plain: PlainGitDir,
  admin: string,
): Promise<string | undefined> {
  const file = join(plain.folder, 'index');
  const env = { ...plain.env, GIT_INDEX_FILE: file };
  if (!(await copyIndex(admin, plain, [file]))) return undefined;
  const cwd = plain.env.GIT_WORK_TREE ?? plain.folder;
  const entries = await readEntries(context, cwd, env);
  return entries && writeIndexTree(context, { path: cwd, indexEnv: env, entries });
}
