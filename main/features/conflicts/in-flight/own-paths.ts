/** What one agent's work changed, committed or not, by path from the root. A rename is two: it left one and entered one. */
import type { TreeState } from '../../worktrees/index.ts';
import type { CommittedChanges } from '../ports.ts';

export type OwnChange = 'added' | 'modified' | 'deleted';
export type OwnPaths = ReadonlyMap<string, OwnChange>;

/** `committed` against where the branch left its base, `changes` against its last commit. */
export function ownPaths(committed: CommittedChanges, changes: TreeState['changes']): OwnPaths {
  const own = new Map<string, OwnChange>(committed);
  for (const [named, { kind }] of changes) {
    const path = named.endsWith('/') ? named.slice(0, -1) : named;
    const before = committed.get(path);
    if (kind === 'deleted') {
      // It came and went: nothing is other than at the base.
      if (before === 'added') own.delete(path);
      else own.set(path, 'deleted');
    } else if (kind === 'untracked' || kind === 'added')
      own.set(path, before === 'deleted' ? 'modified' : 'added');
    else own.set(path, before === 'added' ? 'added' : 'modified');
  }
  return own;
}

/** Without the root. */
export function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    folders.push(path.slice(0, at));
  return folders;
}
