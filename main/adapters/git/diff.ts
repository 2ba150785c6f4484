/**
 * What a commit changes, always told in the same way: no setting of the user, no attribute of the repository and no
 * file of a checkout has a say, so the hash of the patch is a property of two trees (and of the version of git).
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { together } from '../../base/side-by-side.ts';
import { splitNul } from './ask.ts';
import { type ChangeSummary, parseChanges } from './changes.ts';
import { type PlainGitDir, withPlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface Diff extends ChangeSummary {
  /** SHA-256 (hex) of all bytes of the patch, also of those that `patch` leaves out. */
  readonly hash: string;
  readonly patch: string;
  readonly truncated: boolean;
}

/** Shown at most; cut where a file begins. */
const maxPatchBytes = 4 * 1024 * 1024;

const detection = ['--find-renames=50%', '-l1000', '--no-relative', '--ignore-submodules=none'];

export const patchFlags = [
  '--patch',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--full-index',
  '--diff-algorithm=histogram',
  '--indent-heuristic',
  '--inter-hunk-context=0',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--submodule=short',
];

/** Full ids. */
export interface DiffRange {
  readonly base: string;
  readonly commit: string;
  /** Files and folders, from the root; left out: all. */
  readonly only?: readonly string[] | undefined;
}

/** `contextLines`: unchanged ones around each change; default 3, which is what the hash of a pin is of. */
export function readDiff(
  context: RepositoryContext,
  range: DiffRange,
  { contextLines = 3 }: { readonly contextLines?: number } = {},
): Promise<Diff> {
  return withPlainGitDir(context, async (plain) => {
    const file = join(plain.folder, 'patch');
    // Through a file, as a patch may be larger than what memory should hold.
    const flags = [...patchFlags, `--unified=${contextLines}`, `--output=${file}`];
    const [, listing] = await together(
      diffTree(context, { plain, range, flags }),
      diffTree(context, { plain, range, flags: listingFlags }),
    );
    const [hash, head] = await Promise.all([hashFile(file), readHead(file)]);
    return { ...parseChanges(listing.stdout), hash, ...head };
  });
}

/** What it changes, without the lines. */
export function listChanges(context: RepositoryContext, range: DiffRange): Promise<ChangeSummary> {
  return withPlainGitDir(context, async (plain) => {
    const listing = await diffTree(context, { plain, range, flags: listingFlags });
    return parseChanges(listing.stdout);
  });
}

/** All of them; a file that was renamed is there by both its names. */
export function listPaths(context: RepositoryContext, range: DiffRange): Promise<string[]> {
  return withPlainGitDir(context, async (plain) => {
    const flags = ['--name-only', '-z', '--no-renames'];
    const names = splitNul((await diffTree(context, { plain, range, flags })).stdout);
    return names.map((name) => name.toString('utf8'));
  });
}

const listingFlags = ['--raw', '--no-abbrev', '--numstat', '-z'];

/** One comparison of two trees, told as these flags say. */
export function diffTree(
  { git }: RepositoryContext,
  { plain, range, flags }: { plain: PlainGitDir; range: DiffRange; flags: readonly string[] },
) {
  const { base, commit, only = [] } = range;
  const args = ['diff-tree', '-r', ...detection, ...flags, base, commit, '--', ...only];
  const env = { ...plain.env, GIT_LITERAL_PATHSPECS: '1' };
  return git.run({ cwd: plain.folder, args, env });
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function readHead(file: string): Promise<{ patch: string; truncated: boolean }> {
  const boundary = Buffer.from('\ndiff --git ');
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const truncated = size > maxPatchBytes;
    const room = Buffer.alloc(truncated ? maxPatchBytes + boundary.length : size);
    const { bytesRead } = await handle.read(room, 0, room.length, 0);
    const bytes = room.subarray(0, bytesRead);
    // Every line of content begins with a sign of its own, so only a file begins like this.
    const end = truncated ? bytes.lastIndexOf(boundary) + 1 : bytes.length;
    return { patch: bytes.toString('utf8', 0, end), truncated };
  } finally {
    await handle.close();
  }
}
