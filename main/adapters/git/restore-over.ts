/**
 * Puts files of a snapshot back over what is there. That is kept first, so that nothing of it is lost; and what git
 * ignores, which no snapshot has, is never written over.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RestoreAsk, Restored } from '../../features/snapshots/ports.ts';
import { musherError } from '../../base/result.ts';
import { withoutCase } from '../../base/without-case.ts';
import { askYes, findCommit, splitNul } from './ask.ts';
import { ignoresCase } from './ignores-case.ts';
import { keepWorktree } from './keep-worktree.ts';
import { restoreNested } from './nested.ts';
import type { RepositoryContext } from './repository-context.ts';
import { type FileChange, listFiles, restoreIndex, writeChanges } from './restore.ts';
import { idOf } from './snapshot-list.ts';
import { readSnapshotName } from './snapshot-name.ts';
import { readNote } from './snapshot-note.ts';
import { isPresent } from './worktree-list.ts';
import { asFailure, whatToDo } from './restore-failure.ts';

/** See `Snapshots.restore`. Call it in the lane of the worktree. */
export async function restoreOver(
  context: RepositoryContext,
  { agent, path, commit, paths }: Extract<RestoreAsk, { agent: string }>,
): Promise<Restored> {
  const before = await keepWorktree(context, { agent, path, why: 'restore', mayMove: true });
  try {
    const ask = { path, from: before.commit, snapshot: commit, only: paths };
    const changes = await listFiles(context, ask);
    await requireNothingInWay(context, path, changes);
    await writeChanges(context, { path, snapshot: commit, changes });
    const left = paths === undefined ? await restoreRest(context, path, commit) : [];
    const { atMs = 0 } = readSnapshotName(before.ref) ?? {};
    const { ref } = before;
    return { path, files: changes.length, left, before: { ref, commit: before.commit, atMs } };
  } catch (error) {
    const back = `musher snapshot restore ${idOf(before.commit)}`;
    const mend = `What was there is kept: \`${back}\` brings it back. ${whatToDo(error)}`;
    throw await asFailure(error, { path, mend });
  }
}

/** What was staged, where HEAD is what it was staged on, and the repositories inside. */
async function restoreRest(
  context: RepositoryContext,
  path: string,
  snapshot: string,
): Promise<string[]> {
  const { git } = context;
  const note = await readNote(context, snapshot);
  const left: string[] = [];
  for (const { name } of note.nested)
    if (await isPresent(join(path, name, '.git'))) left.push(name);
  await restoreNested(context, path, snapshot);
  const head = await findCommit(git, path, 'HEAD');
  if (note.index === undefined && note.head === head && head !== undefined) {
    const args = ['diff-index', '--cached', '--quiet', head, '--'];
    const isStaged = !(await askYes(git, { cwd: path, args }));
    if (isStaged) await git.run({ cwd: path, args: ['reset', '--quiet'], okCodes: [0, 1] });
  }
  await restoreIndex(context, { path, snapshot, head });
  return left;
}

/** What is to be written where nothing was kept of, though something is there: git ignores it. */
async function requireNothingInWay(
  { git }: RepositoryContext,
  path: string,
  changes: readonly FileChange[],
): Promise<void> {
  const added = changes.filter(({ kind }) => kind === 'A').map(({ name }) => name);
  if (added.length === 0) return;
  const flags = ['--others', '--ignored', '--exclude-standard', '--directory', '-z'];
  const { stdout } = await git.run({ cwd: path, args: ['ls-files', ...flags] });
  const textOf = (await ignoresCase(git, { cwd: path })) ? foldedText : plainText;
  const ignored = splitNul(stdout).map(textOf);
  const files = new Set(ignored.filter((name) => !name.endsWith('/')));
  const folders = new Set(ignored.filter((name) => name.endsWith('/')));
  // An ignored thing below the path of a file that is to be written.
  const above = new Set(ignored.flatMap(foldersAbove));
  for (const name of added) {
    const text = textOf(name);
    const parents = foldersAbove(text);
    const isHidden = parents.some((folder) => folders.has(folder)) || folders.has(`${text}/`);
    const isInWay =
      files.has(text) ||
      above.has(`${text}/`) ||
      parents.some((folder) => files.has(folder.slice(0, -1))) ||
      (isHidden && (await isThere(path, name)));
    if (isInWay) throw musherError('SNAPSHOT_IN_WAY', { path: name.toString('utf8') });
  }
}

const plainText = (name: Buffer): string => name.toString('latin1');
/** Of the bytes that are no UTF-8, some look the same: more is in the way then, and never less. */
const foldedText = (name: Buffer): string => withoutCase(name.toString('utf8'));

/** `a/b/c` gives `a/` and `a/b/`. */
function foldersAbove(name: string): string[] {
  const folders: string[] = [];
  for (
    let at = name.indexOf('/');
    at !== -1 && at < name.length - 1;
    at = name.indexOf('/', at + 1)
  )
    folders.push(name.slice(0, at + 1));
  return folders;
}

async function isThere(path: string, name: Buffer): Promise<boolean> {
  return lstat(Buffer.concat([Buffer.from(`${path}/`), name])).then(
    () => true,
    () => false,
  );
}
