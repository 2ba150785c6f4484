/** Snapshots in words. Pure. */
import type { Snapshot, SnapshotWhy } from '../../../preload/contract/snapshots.ts';

const whys: Readonly<Record<SnapshotWhy, string>> = {
  exit: 'Its program ended',
  timer: 'While it worked',
  asked: 'Asked for',
  destroy: 'Before it was destroyed',
  reuse: 'Before its folder was reused',
  restore: 'Before a restore',
  rebase: 'Before a rebase',
  vanished: 'Its folder was gone',
};

export function whyOf({ why }: Pick<Snapshot, 'why'>): string {
  return why === undefined ? 'By an older Musher' : whys[why];
}

/** What it holds that is not in its commit; the lines of it are counted beside that. */
export function changesOf({ files, nested }: Pick<Snapshot, 'files' | 'nested'>): string {
  const inside =
    nested.length === 0 ? '' : `, ${countOf(nested.length, 'repository', 'repositories')} inside`;
  if (files === undefined) return `Changes not counted${inside}`;
  if (files === 0) return `Nothing uncommitted${inside}`;
  return `${countOf(files, 'file', 'files')}${inside}`;
}

export function countOf(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** From what was typed, one a line; undefined: all. */
export function readPaths(text: string): string[] | undefined {
  const paths = text
    .split('\n')
    .map((line) => line.trim().replace(/^\.?\/+/, ''))
    .filter((line) => line !== '');
  return paths.length === 0 ? undefined : paths;
}
