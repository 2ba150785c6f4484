/** Where a repository keeps what its submodules are made of. Nothing here asks a remote. */
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { findCommit, splitNul } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import { isPresent, readPointer } from './worktree-list.ts';

/** No way to any remote, also not for an object that a partial clone left there. */
export const offline: Readonly<Record<string, string>> = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
};

export interface SubmoduleEntry {
  readonly name: string;
  readonly path: string;
  /** As it is written down; may be relative to the remote of the repository. */
  readonly url?: string;
}

/** What `.gitmodules` of a commit says, by path. Names that would lead out of the folder of modules are passed over. */
export async function readSubmodules(
  { git, repository }: RepositoryContext,
  commit: string,
): Promise<Map<string, SubmoduleEntry>> {
  const args = ['config', '-z', `--blob=${commit}:.gitmodules`, '--get-regexp', '^submodule[.]'];
  const answer = await git.run({ cwd: repository.root, args, okCodes: [0, 1, 128] });
  const byName = new Map<string, { path?: string; url?: string }>();
  for (const entry of splitNul(answer.stdout)) {
    const [, name, key, value] =
      /^submodule\.(.+)\.(path|url)\n(.*)$/s.exec(entry.toString('utf8')) ?? [];
    if (name === undefined || key === undefined || !staysBelow(name)) continue;
    byName.set(name, { ...byName.get(name), [key]: value });
  }
  const found = new Map<string, SubmoduleEntry>();
  for (const [name, { path, url }] of byName) {
    if (path !== undefined) found.set(path, { name, path, ...(url === undefined ? {} : { url }) });
  }
  return found;
}

/**
 * Paths of submodules whose folders in a worktree are empty, as git leaves them when it makes one; at most 20. The clones
 * are not made here: each would be the agent's own, and all its history would be kept when the worktree is retired.
 */
export async function listEmptySubmodules(
  context: RepositoryContext,
  worktree: string,
): Promise<string[]> {
  if (!(await isPresent(join(worktree, '.gitmodules')))) return [];
  const commit = await findCommit(context.git, worktree, 'HEAD');
  if (commit === undefined) return [];
  const paths = [...(await readSubmodules(context, commit)).keys()];
  const isEmpty = await Promise.all(paths.map((path) => isEmptyFolder(worktree, path)));
  return paths.filter((_, at) => isEmpty[at]).slice(0, 20);
}

async function isEmptyFolder(worktree: string, path: string): Promise<boolean> {
  if (!staysBelow(path)) return false;
  const names = await readdir(join(worktree, path)).catch(() => undefined);
  return names?.length === 0;
}

/** A tree that an agent made by hand can hold names that no checkout would write. */
export function staysBelow(name: string): boolean {
  return !/^[/\\]|:/.test(name) && !name.split(/[/\\]/).includes('..');
}

/** The repository's own git folder of a submodule, whether it is checked out now or not. */
export async function findModule(
  { repository }: RepositoryContext,
  { name, path }: Pick<SubmoduleEntry, 'name' | 'path'>,
): Promise<string | undefined> {
  const kept = join(repository.commonDir, 'modules', name);
  if (await isPresent(join(kept, 'HEAD'))) return kept;
  return ownGitDir(join(repository.root, path));
}

/** The git folder of what is checked out in a folder; undefined when that is no repository of its own. */
export async function ownGitDir(folder: string): Promise<string | undefined> {
  const own = await lstat(join(folder, '.git')).catch(() => undefined);
  if (own === undefined) return undefined;
  const gitDir = (await readPointer(folder)) ?? join(folder, '.git');
  return realpath(gitDir).catch(() => undefined);
}
