/** Passing copies of a worktree's index, in which trees are made; the worktree's own is never touched. */
import { copyFile, lstat, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { joinNul, splitNul } from './ask.ts';
import type { PlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';
import type { SnapshotAsk } from './snapshot-note.ts';

/** Two copies of the index: one to add files to, one to stay as it was. */
export interface PassingIndex {
  readonly path: string;
  readonly filesEnv: Readonly<Record<string, string>>;
  /** Undefined when the worktree has no index that can be read. */
  readonly indexEnv: Readonly<Record<string, string>> | undefined;
  /** What was in it when it was copied. */
  readonly entries: readonly IndexEntry[];
}

export interface IndexEntry {
  /** In lower case where git was told to overlook changes; `S` where the file is to be left out. */
  readonly tag: string;
  /** `<mode> <id> <stage>`. */
  readonly what: string;
  /** In the exact bytes of the disk. */
  readonly name: Buffer;
}

export async function prepareIndexes(
  context: RepositoryContext,
  ask: SnapshotAsk,
  plain: PlainGitDir,
): Promise<PassingIndex> {
  const files = join(plain.folder, 'files');
  const index = join(plain.folder, 'index');
  const filesEnv = { ...plain.env, GIT_INDEX_FILE: files };
  const indexEnv = { ...plain.env, GIT_INDEX_FILE: index };
  const hasIndex = await copyIndex(ask.admin, plain, [files, index]);
  const { path } = ask;
  const found = hasIndex ? await readEntries(context, path, indexEnv) : undefined;
  if (found === undefined) await startFromHead(context, ask, { files, filesEnv });
  const entries = found ?? (await readEntries(context, path, filesEnv)) ?? [];
  await showHidden(context, { path, filesEnv, entries });
  return { path, filesEnv, indexEnv: found && indexEnv, entries };
}

/** Copies count as old as the original, or a file changed in the second after it would pass for unchanged. */
export async function copyIndex(
  admin: string | undefined,
  plain: PlainGitDir,
  copies: readonly string[],
): Promise<boolean> {
  if (admin === undefined) return false;
  const found = await stat(join(admin, 'index')).catch(() => undefined);
  if (found === undefined) return false;
  const seconds = Math.floor(found.mtimeMs / 1000);
  for (const copy of copies) {
    await copyFile(join(admin, 'index'), copy);
    await utimes(copy, seconds, seconds);
  }
  const shared = (await readdir(admin)).filter((name) => name.startsWith('sharedindex.'));
  for (const name of shared) await copyFile(join(admin, name), join(plain.folder, 'git', name));
  return true;
}

/** All of an index; undefined where it cannot be read. */
export async function readEntries(
  { git }: RepositoryContext,
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<IndexEntry[] | undefined> {
  const args = ['ls-files', '-v', '--stage', '-z'];
  const listed = await git.run({ cwd: path, args, env, okCodes: [0, 128] });
  if (listed.exitCode !== 0) return undefined;
  return splitNul(listed.stdout).map((line) => {
    const tab = line.indexOf(9);
    const [tag = '', ...what] = line.toString('latin1', 0, tab).split(' ');
    return { tag, what: what.join(' '), name: line.subarray(tab + 1) };
  });
}

/** So that files which are tracked though ignored are kept even without an index. */
async function startFromHead(
  { git }: RepositoryContext,
  { path, admin }: SnapshotAsk,
  { files, filesEnv }: { files: string; filesEnv: Readonly<Record<string, string>> },
): Promise<void> {
  await rm(files, { force: true });
  if (admin === undefined) return;
  const args = ['rev-parse', '--verify', '--quiet', 'HEAD^{tree}'];
  const tree = await git.run({ cwd: path, args, okCodes: [0, 1] });
  const id = tree.stdout.toString('utf8').trim();
  if (id !== '') await git.run({ cwd: path, args: ['read-tree', id], env: filesEnv });
}

/** Clears the marks by which git was told to overlook changes of a file. */
async function showHidden(
  { git }: RepositoryContext,
  { path, filesEnv, entries }: Omit<PassingIndex, 'indexEnv'>,
): Promise<void> {
  const clear = async (flag: string, names: readonly Buffer[]) => {
    if (names.length === 0) return;
    const args = ['update-index', flag, '-z', '--stdin'];
    await git.run({ cwd: path, args, env: filesEnv, input: joinNul(names) });
  };
  const assumed = entries.filter(({ tag }) => tag !== tag.toUpperCase());
  await clear(
    '--no-assume-unchanged',
    assumed.map(({ name }) => name),
  );
  const skipped: Buffer[] = [];
  for (const { tag, name } of entries) {
    if (tag.toUpperCase() === 'S' && (await isThere(path, name))) skipped.push(name);
  }
  await clear('--no-skip-worktree', skipped);
}

async function isThere(path: string, name: Buffer): Promise<boolean> {
  const full = Buffer.concat([Buffer.from(`${path}/`), name]);
  return (await lstat(full).catch(() => undefined)) !== undefined;
}
