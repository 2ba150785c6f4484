/**
 * A note in the git folder of an agent's worktree: whose it is, where it came from, and whether it was made to the
 * end. It goes away with the worktree.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Mark {
  readonly agent: string;
  readonly branch: string;
  readonly base: { readonly ref: string; readonly commit: string };
  /** False while it is being made: what is in it came from git or from us. */
  readonly ready: boolean;
}

export const markFile = 'musher.json';

/** Undefined when there is none, or none that can be read. */
export async function readMark(admin: string): Promise<Mark | undefined> {
  try {
    const found: unknown = JSON.parse(await readFile(join(admin, markFile), 'utf8'));
    return isMark(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

export async function writeMark(admin: string, mark: Mark): Promise<void> {
  const passing = join(admin, `${markFile}.new`);
  await writeFile(passing, `${JSON.stringify(mark)}\n`);
  await rename(passing, join(admin, markFile));
}

function isMark(value: unknown): value is Mark {
  if (typeof value !== 'object' || value === null) return false;
  const { agent, branch, base, ready } = value as Partial<Record<keyof Mark, unknown>>;
  if (typeof agent !== 'string' || typeof branch !== 'string' || typeof ready !== 'boolean')
    return false;
  const { ref, commit } = (base ?? {}) as { ref?: unknown; commit?: unknown };
  return typeof ref === 'string' && typeof commit === 'string';
}
