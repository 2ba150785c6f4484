/**
 * What no rule can approve, whatever it says: what decides how Musher, git and hooks work, what is no plain file, and names that
 * could be read as another's. Pure.
 */
import type { TreeChange } from '../ports.ts';

/** Longer ones are not held against patterns. */
const longest = 255;

/** Folders and files that something reads as orders, by their folded names, in any folder. */
const orders = new Set([
  ...['.musher', '.husky', '.worktreeinclude', '.lfsconfig'],
  ...['.pre-commit-config.yaml', '.pre-commit-config.yml'],
  ...['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml'],
]);

/** The first reason; undefined where a rule may decide. Without kinds, names alone are looked at. */
export function neverDelegable(changes: readonly TreeChange[]): string | undefined {
  for (const change of changes) {
    const why = whyNot(change);
    if (why !== undefined) return `${shownPath(change.path)} ${why}`;
  }
  return undefined;
}

function whyNot({ path, before, after }: TreeChange): string | undefined {
  if (path.length > longest) return 'is too long to be held against rules';
  if (!isPlain(path)) return 'has characters in its name that could mislead';
  const names = path.split('/').map(folded);
  // `.git` itself cannot be in a tree; `.gitattributes`, `.gitmodules`, `.github` and whatever comes can.
  const name = names.find((one) => one.startsWith('.git') || orders.has(one));
  if (name !== undefined) return 'is read by Musher, git or hooks';
  const kinds = [before, after];
  if (kinds.includes('submodule')) return 'is a submodule';
  if (kinds.includes('symlink')) return 'is a symbolic link';
  if (kinds.includes('other')) return 'is no plain file';
  if (after === 'executable' && before !== 'executable') return 'becomes executable';
  return undefined;
}

/** No control or invisible characters, no other separators or streams, nothing that leads elsewhere, no short names of Windows. */
function isPlain(path: string): boolean {
  const isOdd = /[\p{C}\p{Zl}\p{Zp}\uFFFD\\:]/u.test(path) || /~\d/.test(path);
  return !isOdd && !path.split('/').some((name) => /^(?:\.{0,2}|.*[. ])$/u.test(name));
}

/** As disks compare names that take upper and lower case, and compatible characters, for one. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

const shownChars = 200;

export function shownPath(path: string): string {
  return path.length <= shownChars ? path : `${path.slice(0, shownChars)}…`;
}
