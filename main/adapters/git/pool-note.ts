/** A note in the git folder of a worktree that stands ready: that it is nobody's yet, and what it was made of. */
import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { listIncluded } from './include.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface PoolNote {
  /** Commit that is checked out, detached. */
  readonly commit: string;
  /** Names, sizes and times of what `.worktreeinclude` brought, as one word. */
  readonly included: string;
  /** False while it is made: then it is of no use. */
  readonly ready: boolean;
}

const file = 'musher-pool.json';
/** No agent has such a name. */
const pattern = /^pool_\d+$/;

export function poolName(at: number): string {
  return `pool_${at}`;
}

export function isPoolName(name: string): boolean {
  return pattern.test(name);
}

/** Undefined where there is none; one that cannot be read is not ready. */
export async function readPoolNote(admin: string): Promise<PoolNote | undefined> {
  const text = await readFile(join(admin, file), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const broken = { commit: '', included: '', ready: false };
  try {
    const found = JSON.parse(text) as Partial<PoolNote>;
    const isWhole = typeof found.commit === 'string' && typeof found.included === 'string';
    return isWhole ? { ...broken, ...found, ready: found.ready === true } : broken;
  } catch {
    return broken;
  }
}

export async function writePoolNote(admin: string, note: PoolNote): Promise<void> {
  const passing = join(admin, `${file}.new`);
  await writeFile(passing, `${JSON.stringify(note)}\n`);
  await rename(passing, join(admin, file));
}

export async function removePoolNote(admin: string): Promise<void> {
  await rm(join(admin, file), { force: true });
}

/** Another word as soon as a file of the operator's that is brought along is another one. */
export async function includedNow(context: RepositoryContext): Promise<string> {
  const { root } = context.repository;
  const names = await listIncluded(context, { cwd: root });
  const hash = createHash('sha256');
  for (const name of names) {
    const found = await lstat(join(root, name.toString('utf8'))).catch(() => undefined);
    hash.update(name).update(`\0${found?.size}\0${found?.mtimeMs}\0`);
  }
  return hash.digest('hex').slice(0, 16);
}
