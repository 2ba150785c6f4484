import type { TreeChange } from '../../../preload/contract/worktrees.ts';
import { useLive } from '../../hub/use-records.ts';
import type { DotTone } from '../../ui/status-dot.tsx';

interface KindLook {
  /** One letter, as git has them; `?` is what it does not know. */
  readonly mark: string;
  readonly word: string;
  readonly tone: DotTone;
}

export const kindLooks: Readonly<Record<TreeChange['kind'], KindLook>> = {
  untracked: { mark: '?', word: 'new, not known to git', tone: 'green' },
  added: { mark: 'A', word: 'added', tone: 'green' },
  modified: { mark: 'M', word: 'changed', tone: 'blue' },
  'type-changed': { mark: 'T', word: 'of another type', tone: 'blue' },
  deleted: { mark: 'D', word: 'deleted', tone: 'red' },
  unmerged: { mark: '!', word: 'in conflict', tone: 'amber' },
};

export function countOfFiles(count: number): string {
  return count === 1 ? '1 file' : `${count.toLocaleString('en-US')} files`;
}

/** How many are changed in the worktree of this agent; undefined while it is not known. */
export function useChangedCount(agent: string): number | undefined {
  const record = useLive('worktree', agent);
  return record?.head === undefined ? undefined : record.changeCount;
}

/** The folder with its `/`, and the name. A path that is a folder keeps its slash. */
export function splitPath(path: string): readonly [folder: string, name: string] {
  const at = path.lastIndexOf('/', path.length - 2);
  return [path.slice(0, at + 1), path.slice(at + 1)];
}
