/** Brings the files of a snapshot back into a worktree as uncommitted changes, byte for byte. */
import { rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { must } from '../../base/assert.ts';
import { MusherError } from '../../base/result.ts';
import { findCommit, joinNul, splitNul, treeOf } from './ask.ts';
import { refresh } from './checkouts.ts';
import { emptyTreeLike } from './empty-tree.ts';
import { withPlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';
import { readNote } from './snapshot-note.ts';

/** Writing gigabytes takes long. */
const longMs = 600_000;

/**
 * The worktree must be as HEAD is, or half-way restored from the same snapshot. What was staged is staged again when
 * HEAD is still the commit it was staged on.
 */
export async function restoreFiles(
  context: RepositoryContext,
  path: string,
  snapshot: string,
): Promise<void> {
  const { git } = context;
  const head = await findCommit(git, path, 'HEAD');
  const from = head ?? emptyTreeLike(snapshot);
  await writeChanges(context, {
    path,
    snapshot,
    changes: await listFiles(context, { path, from, snapshot }),
  });
  await restoreIndex(context, { path, snapshot, head });
}

export interface FileChange {
  /** From the root of the worktree, in the bytes of the disk. */
  readonly name: Buffer;
  /** `A`: the other side has none of that name. `D`: the snapshot has none. Else both have, of whatever kind. */
  readonly kind: string;
}

interface ListAsk {
  /** Folder to run in. */
  readonly path: string;
  /** Tree or commit of what is there. */
  readonly from: string;
  readonly snapshot: string;
  /** Files and folders, from the root; left out: all. */
  readonly only?: readonly string[] | undefined;
}

/** What has to be written and removed to get from there to the snapshot. */
export async function listFiles(
  { git }: RepositoryContext,
  { path, from, snapshot, only = [] }: ListAsk,
): Promise<FileChange[]> {
  const args = ['diff-tree', '-r', '--raw', '--no-renames', '-z', from, snapshot, '--', ...only];
  const env = { GIT_LITERAL_PATHSPECS: '1' };
  const fields = splitNul((await git.run({ cwd: path, args, env })).stdout);
  const changes: FileChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const kind = String.fromCharCode(fields[at]?.at(-1) ?? 0);
    changes.push({ name: must(fields[at + 1], 'within bounds'), kind });
  }
  return changes;
}

export async function writeChanges(
  context: RepositoryContext,
  { path, snapshot, changes }: { path: string; snapshot: string; changes: readonly FileChange[] },
): Promise<void> {
  for (const { name, kind } of changes) if (kind === 'D') await removeFile(path, name);
  const names = changes.filter(({ kind }) => kind !== 'D').map(({ name }) => name);
  if (names.length > 0) await writeFiles(context, { path, snapshot, names });
}

/** With the folders that it leaves empty. */
async function removeFile(path: string, name: Buffer): Promise<void> {
  await unlink(Buffer.concat([Buffer.from(`${path}/`), name])).catch(ignoreAbsent);
  const text = name.toString('utf8');
  for (let folder = dirname(text); folder !== '.'; folder = dirname(folder)) {
    const isRemoved = await rmdir(join(path, folder)).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (!['ENOENT', 'ENOTDIR', 'EISDIR', 'EPERM'].includes(error.code ?? '')) throw error;
}

interface Writing {
  readonly path: string;
  readonly snapshot: string;
  readonly names: readonly Buffer[];
}

export async function writeFiles(
  { git, repository }: RepositoryContext,
  { path, snapshot, names }: Writing,
): Promise<void> {
  await withPlainGitDir({ git, repository, worktree: path }, async (plain) => {
    const env = { ...plain.env, GIT_INDEX_FILE: join(plain.folder, 'index') };
    await git.run({ cwd: path, args: ['read-tree', snapshot], env });
    const args = ['checkout-index', '--force', '-z', '--stdin'];
    await git.run({ cwd: path, args, env, input: joinNul(names), timeoutMs: longMs });
  });
}

export async function restoreIndex(
  context: RepositoryContext,
  { path, snapshot, head }: { path: string; snapshot: string; head: string | undefined },
): Promise<void> {
  const { git } = context;
  const note = await readNote(context, snapshot);
  if (note.index !== undefined && note.head === head) {
    await git.run({ cwd: path, args: ['read-tree', await treeOf(git, path, note.index)] });
  }
  // It spares git a look at each file, and no more: who holds the lock does the same.
  await refresh(context, path).catch((error) => {
    if (!(error instanceof MusherError) || error.wire.code !== 'GIT_LOCKED') throw error;
  });
}
