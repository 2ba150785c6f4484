/** Brings the files of a snapshot back into a worktree as uncommitted changes, byte for byte. */
import { rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { must } from '../../base/assert.ts';
import { findCommit, joinNul, splitNul, treeOf } from './ask.ts';
import { refresh } from './checkouts.ts';
import { withPlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';
import { readNote } from './snapshot-note.ts';

/** git knows the tree without files by these ids, in whatever repository. */
const emptyTrees = [
  '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
];

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
  const from =
    head ??
    must(
      emptyTrees.find((id) => id.length === snapshot.length),
      'an id has a known length',
    );
  const args = ['diff-tree', '-r', '--raw', '--no-renames', '-z', from, snapshot, '--'];
  const changes = readChanges((await git.run({ cwd: path, args })).stdout);
  for (const { name, isGone } of changes) if (isGone) await removeFile(path, name);
  const written = changes.filter((change) => !change.isGone).map((change) => change.name);
  if (written.length > 0) await writeFiles(context, { path, snapshot, names: written });
  await restoreIndex(context, { path, snapshot, head });
}

function readChanges(bytes: Buffer): { name: Buffer; isGone: boolean }[] {
  const fields = splitNul(bytes);
  const changes: { name: Buffer; isGone: boolean }[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const isGone = fields[at]?.at(-1) === 'D'.charCodeAt(0);
    changes.push({ name: must(fields[at + 1], 'within bounds'), isGone });
  }
  return changes;
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

async function writeFiles(
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

async function restoreIndex(
  context: RepositoryContext,
  { path, snapshot, head }: { path: string; snapshot: string; head: string | undefined },
): Promise<void> {
  const { git } = context;
  const note = await readNote(context, snapshot);
  if (note.index !== undefined && note.head === head) {
    await git.run({ cwd: path, args: ['read-tree', await treeOf(git, path, note.index)] });
  }
  await refresh(context, path);
}
