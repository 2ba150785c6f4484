/**
 * What stands in a tree in place of a file that git would not keep as it is on the disk: of one that Git LFS keeps, the
 * pointer that it would write, made here without it; of a very large one, a few bytes that are the same when its bytes are.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { joinNul, splitNul } from '../ask.ts';
import type { Git } from '../run.ts';

/** Bytes. Larger ones are read and never copied; git merges nothing of that size line by line for anybody's good. */
export const largest = 64 * 1024 * 1024;

const version = 'version https://git-lfs.github.com/spec/v1';
const mostPointer = 1024;

/** Git LFS leaves an empty file as it is, and one that is a pointer already. */
export async function pointerTo(
  file: string,
  size: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (size === 0) return undefined;
  if (size < mostPointer && (await readFile(file, 'latin1')).startsWith(version)) return undefined;
  return `${version}\noid sha256:${await digest(file, signal)}\nsize ${size}\n`;
}

/** A NUL in it makes it a binary, which is what a file of that size is to whoever would merge it. */
export async function markOf(file: string, size: number, signal?: AbortSignal): Promise<string> {
  return `\0${size} bytes, sha256 ${await digest(file, signal)}\n`;
}

async function digest(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, signal && { signal })) hash.update(chunk);
  return hash.digest('hex');
}

/** Which of these paths a clean filter of Git LFS is asked for by the tree's attributes. */
export async function findLfs(
  git: Git,
  {
    cwd,
    env,
    signal,
  }: { cwd: string; env: Readonly<Record<string, string>>; signal?: AbortSignal | undefined },
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  const input = joinNul(paths.map((path) => Buffer.from(path)));
  const args = ['check-attr', '-z', '--stdin', 'filter'];
  const fields = splitNul((await git.run({ cwd, env, args, input, signal })).stdout);
  const found = new Set<string>();
  for (let at = 0; at + 2 < fields.length; at += 3)
    if (fields[at + 2]?.toString('utf8') === 'lfs') found.add(String(fields[at]));
  return found;
}
