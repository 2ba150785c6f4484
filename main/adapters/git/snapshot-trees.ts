/** Trees of a worktree's files and of its index, made with passing copies of the index; nothing of the worktree is touched. */
import { copyFile, lstat, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { askText, joinNul, splitNul } from './ask.ts';
import { listIncluded } from './include.ts';
import { type Nested, outermost } from './nested.ts';
import type { PlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';
import type { SnapshotAsk } from './snapshot-note.ts';

/** Reading and packing gigabytes takes long; giving up would keep the worktree for ever. */
const longMs = 600_000;

/** Two copies of the index: one to add files to, one to stay as it was. */
export interface PassingIndex {
  readonly path: string;
  readonly filesEnv: Readonly<Record<string, string>>;
  /** Undefined when the worktree has no index that can be read. */
  readonly indexEnv: Readonly<Record<string, string>> | undefined;
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
  const isReadable = hasIndex && (await canRead(context, ask.path, indexEnv));
  if (!isReadable) await startFromHead(context, ask, { files, filesEnv });
  const indexes = { path: ask.path, filesEnv, indexEnv: isReadable ? indexEnv : undefined };
  await showHidden(context, indexes);
  return indexes;
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

export async function canRead(
  { git }: RepositoryContext,
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<boolean> {
  const args = ['ls-files', '--error-unmatch', '--', ':(top)'];
  return (await git.run({ cwd: path, args, env, okCodes: [0, 1, 128] })).exitCode !== 128;
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
  { path, filesEnv }: PassingIndex,
): Promise<void> {
  const listed = await git.run({ cwd: path, args: ['ls-files', '-v', '-z'], env: filesEnv });
  const entries = splitNul(listed.stdout).map((entry) => ({
    tag: String.fromCharCode(entry[0] ?? 0),
    name: entry.subarray(2),
  }));
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

export interface FilesAsk {
  readonly indexes: PassingIndex;
  /** Left out, as git would keep only the id of their commit, or stumble over what is wrong with them. */
  readonly nested: readonly Pick<Nested, 'name' | 'isTracked' | 'kept'>[];
}

/** Tree of all files as they are on the disk. Cheap when asked again and nothing changed. */
export async function writeFilesTree(
  context: RepositoryContext,
  { indexes, nested }: FilesAsk,
): Promise<string> {
  const { git } = context;
  const { path: cwd, filesEnv: env } = indexes;
  const out = nested.filter((one) => !one.isTracked || one.kept === 'files');
  // git takes no path inside a submodule, also not one to leave out.
  const excludes = outermost(out).map((one) => `:(top,literal,exclude)${one.name}`);
  await git.run({
    cwd,
    args: ['add', '--all', '--', ':(top)', ...excludes],
    env,
    timeoutMs: longMs,
  });
  const included = await listIncluded(context, { cwd, env });
  if (included.length > 0) {
    const args = [
      '--literal-pathspecs',
      'add',
      '--force',
      '--pathspec-from-file=-',
      '--pathspec-file-nul',
    ];
    await git.run({ cwd, args, env, input: joinNul(included), timeoutMs: longMs });
  }
  return askText(git, { cwd, args: ['write-tree'], env });
}

/** Tree of what is staged. A file in conflict is there as the side of HEAD has it. */
export async function writeIndexTree(
  { git }: RepositoryContext,
  { path: cwd, indexEnv: env }: PassingIndex,
): Promise<string | undefined> {
  if (env === undefined) return undefined;
  const unmerged = await git.run({ cwd, args: ['ls-files', '--unmerged', '-z'], env });
  const lines = chooseStages(splitNul(unmerged.stdout));
  if (lines.length > 0) {
    await git.run({
      cwd,
      args: ['update-index', '-z', '--index-info'],
      env,
      input: joinNul(lines),
    });
  }
  return askText(git, { cwd, args: ['write-tree'], env });
}

/** From `<mode> <id> <stage>\t<name>` of each side to one line per file: ours, else theirs, else the common one. */
function chooseStages(entries: readonly Buffer[]): Buffer[] {
  const chosen = new Map<string, { rank: number; line: Buffer }>();
  for (const entry of entries) {
    const tab = entry.indexOf(9);
    const [mode, id, stage] = entry.toString('latin1', 0, tab).split(' ');
    const name = entry.toString('latin1', tab);
    const rank = '231'.indexOf(stage ?? '');
    if ((chosen.get(name)?.rank ?? 9) <= rank) continue;
    chosen.set(name, { rank, line: Buffer.from(`${mode} ${id} 0${name}`, 'latin1') });
  }
  return [...chosen.values()].map(({ line }) => line);
}
