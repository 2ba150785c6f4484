/** Which folders git ignores, as the repository that they are in says. */
import path from 'node:path';
import { askList, joinNul, splitNul } from '../git/ask.ts';
import type { Git } from '../git/run.ts';
import { foldersOf } from './changes.ts';
import { onlyThis } from './scan.ts';

interface Where {
  readonly git: Git;
  readonly root: string;
  readonly signal: AbortSignal;
}

/** All folders that git ignores, quickly: it looks at no file. One that holds nothing but ignored files may be among them. */
export async function listIgnored({ git, root: cwd, signal }: Where): Promise<string[]> {
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];
  return foldersOf(await askList(git, { cwd, args, env: onlyThis(cwd), signal }));
}

/**
 * `repository`: folder of one inside; `''` is the tree's own. Paths are from the root of the tree. A folder that git does not
 * speak of (a submodule, or it is behind a link now) counts as ignored: it is not to be watched as one of this repository.
 */
export async function findIgnored(
  where: Where,
  repository: string,
  folders: readonly string[],
): Promise<ReadonlySet<string>> {
  const from = repository === '' ? 0 : repository.length + 1;
  const names = folders.map((folder) => folder.slice(from));
  const ignored = await ask(where, repository, names);
  return new Set([...ignored].map((name) => (repository === '' ? name : `${repository}/${name}`)));
}

async function ask(
  where: Where,
  repository: string,
  names: readonly string[],
): Promise<Set<string>> {
  const { git, root, signal } = where;
  const input = joinNul(names.map((name) => Buffer.from(name)));
  const args = ['check-ignore', '-z', '--stdin'];
  const cwd = path.join(root, repository);
  try {
    const { stdout } = await git.run({ cwd, args, input, okCodes: [0, 1], signal });
    return new Set(splitNul(stdout).map((name) => name.toString('utf8')));
  } catch {
    signal.throwIfAborted();
    if (names.length === 1) return new Set(names);
    const half = names.length >> 1;
    const first = await ask(where, repository, names.slice(0, half));
    const second = await ask(where, repository, names.slice(half));
    return new Set([...first, ...second]);
  }
}
