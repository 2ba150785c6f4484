/**
 * What was committed in a worktree on something else than its branch, by the worktree's own reflog: it says in order what
 * HEAD was and how it moved, whoever moved it. It is read from where it was read last.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { StrayCommit } from '../../../preload/contract/commit-facts.ts';
import type { Commits } from '../../features/commits/ports.ts';
import { readRebased } from './checkouts.ts';
import type { RepositoryContext } from './repository-context.ts';
import { findAdmin } from './worktree-list.ts';

/** Of what was added since the last look; a longer addition loses its beginning. */
const mostBytes = 256 * 1024;
const mostCommits = 20;

export async function findStrays(
  context: RepositoryContext,
  { worktreePath, branch, current, mark }: Parameters<Commits['strays']>[0],
): ReturnType<Commits['strays']> {
  const admin = await findAdmin(context.repository.commonDir, worktreePath);
  if (admin === undefined) return { commits: [], mark: mark ?? '0' };
  const added = await readAdded(join(admin, 'logs', 'HEAD'), Number(mark ?? Number.NaN));
  // Its own commits have no branch until it ends, and are its branch's then.
  if ((await readRebased(context, worktreePath)) === branch)
    return { commits: [], mark: added.mark };
  const commits = straysIn(added.text, { branch, current });
  return { commits: commits.slice(-mostCommits), mark: added.mark };
}

/** What came since `from`; nothing for NaN, and all of it where the file is shorter than it was. */
async function readAdded(file: string, from: number): Promise<{ text: string; mark: string }> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return { text: '', mark: Number.isNaN(from) ? '0' : String(from) };
  try {
    const { size } = await handle.stat();
    const mark = String(size);
    if (Number.isNaN(from) || from === size) return { text: '', mark };
    const begin = Math.max(from < size ? from : 0, size - mostBytes);
    const bytes = Buffer.alloc(size - begin);
    await handle.read(bytes, 0, bytes.length, begin);
    return { text: bytes.toString('utf8'), mark };
  } finally {
    await handle.close();
  }
}

/** Backwards from where HEAD is: each `checkout: moving from a to b` says where it was before. Oldest first. */
export function straysIn(
  text: string,
  { branch, current }: { readonly branch: string; readonly current: string | undefined },
): StrayCommit[] {
  const strays: StrayCommit[] = [];
  let at = current;
  for (const line of text.split('\n').reverse()) {
    const [, commit, how] = /^[0-9a-f]{40,64} ([0-9a-f]{40,64}) [^\t]*\t(.*)$/.exec(line) ?? [];
    if (commit === undefined || how === undefined) continue;
    const left = /^checkout: moving from (\S+) to \S+$/.exec(how)?.[1];
    if (left !== undefined) at = /^[0-9a-f]{40,64}$/.test(left) ? undefined : left;
    else if (at !== branch && /^(commit|cherry-pick|revert|am)\b/.test(how))
      strays.push({ commit, ...(at !== undefined && { branch: at }) });
  }
  return strays.reverse();
}
