/** What some refs hold and whether a worktree is on them: one call for all of them. */
import { splitNul } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import { whileWorktreesAreMade } from './worktree-list.ts';

export interface HeldRef {
  readonly commit: string;
  readonly tree: string;
  /** One of the worktrees that are on it, as git writes it down; its folder may be gone. */
  readonly worktreePath: string | undefined;
}

const format = '--format=%(refname)%00%(objectname)%00%(tree)%00%(worktreepath)%00';
const fields = 4;

/** Of commits, by full names; what does not exist is not in it. */
export async function readHeld(
  { git, repository }: RepositoryContext,
  refs: readonly string[],
): Promise<ReadonlyMap<string, HeldRef>> {
  const args = ['for-each-ref', format, ...refs];
  const ask = { cwd: repository.root, args };
  const { stdout } = await whileWorktreesAreMade(git, () => git.run(ask));
  const parts = splitNul(stdout).map((part) => part.toString('utf8'));
  const held = new Map<string, HeldRef>();
  for (let at = 0; at + fields - 1 < parts.length; at += fields) {
    const [name = '', commit = '', tree = '', path = ''] = parts.slice(at, at + fields);
    // Each but the first comes after the end of a line.
    held.set(name.trimStart(), { commit, tree, worktreePath: path === '' ? undefined : path });
  }
  return held;
}
