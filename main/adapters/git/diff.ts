/**
 * What a commit changes, always told in the same way: no setting of the user, no attribute of the repository and no
 * file of a checkout has a say, so the hash of the patch is a property of two trees (and of the version of git).
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChangeSummary, parseChanges } from './changes.ts';
import { withPlainGitDir } from './plain-git-dir.ts';
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

const patchFlags = [
  '--patch',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--full-index',
  '--diff-algorithm=histogram',
  '--indent-heuristic',
  '--unified=3',
  '--inter-hunk-context=0',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--submodule=short',
];

/** `base` and `commit` are full ids. */
export function readDiff(
  { git, repository }: RepositoryContext,
  range: { readonly base: string; readonly commit: string },
): Promise<Diff> {
  return withPlainGitDir({ git, repository }, async (plain) => {
    const run = (flags: readonly string[]) => {
      const args = ['diff-tree', '-r', ...detection, ...flags, range.base, range.commit, '--'];
      return git.run({ cwd: plain.folder, args, env: plain.env });
    };
    const file = join(plain.folder, 'patch');
    // Through a file, as a patch may be larger than what memory should hold.
    await run([...patchFlags, `--output=${file}`]);
    const listing = await run(['--raw', '--numstat', '-z']);
    const [hash, head] = await Promise.all([hashFile(file), readHead(file)]);
    return { ...parseChanges(listing.stdout), hash, ...head };
  });
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
