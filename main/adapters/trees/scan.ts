/** What is other in a worktree than in its commit, as git says: of all of it, or of some paths. */
import type { TreeChange } from '../../features/worktrees/ports.ts';
import { must } from '../../base/assert.ts';
import { splitNul } from '../git/ask.ts';
import type { Git } from '../git/run.ts';

export interface Scan {
  readonly head?: string;
  /** Absent when detached. */
  readonly branch?: string;
  readonly changes: ReadonlyMap<string, TreeChange>;
  /** Asked by path only: what git ignores of it; folders end with `/`. */
  readonly ignored: readonly string[];
}

export interface ScanAsk {
  readonly worktreePath: string;
  /** Absent: everything. */
  readonly paths?: readonly string[] | undefined;
  readonly signal?: AbortSignal;
}

/** Never takes a lock, and never writes what it found into the index: that would be a change again. */
export async function scan(git: Git, { worktreePath: cwd, paths, signal }: ScanAsk): Promise<Scan> {
  const what = ['--porcelain=v2', '-z', '--branch', '--untracked-files=all', '--no-renames'];
  const some = paths === undefined ? [] : ['--ignored=matching', '--', ...paths];
  const args = ['--literal-pathspecs', 'status', ...what, ...some];
  return parseStatus((await git.run({ cwd, args, signal })).stdout);
}

/** Names that are not UTF-8 come with replacement characters. */
export function parseStatus(bytes: Buffer): Scan {
  const changes = new Map<string, TreeChange>();
  const ignored: string[] = [];
  const facts: { head?: string; branch?: string } = {};
  for (const field of splitNul(bytes)) {
    const line = field.toString('utf8');
    const rest = line.slice(2);
    if (line.startsWith('# ')) readFact(rest, facts);
    else if (line.startsWith('! ')) ignored.push(rest);
    else if (line.startsWith('? ')) changes.set(rest, untracked(changes.get(rest)));
    else if (line.startsWith('1 ')) changes.set(...readChange(rest, 7));
    else if (line.startsWith('u '))
      changes.set(nameAfter(rest, 9), { kind: 'unmerged', isStaged: false });
  }
  return { ...facts, changes, ignored };
}

/** Taken out of the index and still there: git tells both. */
function untracked(before: TreeChange | undefined): TreeChange {
  return before === undefined
    ? { kind: 'untracked', isStaged: false }
    : { kind: 'modified', isStaged: true };
}

function readFact(fact: string, facts: { head?: string; branch?: string }): void {
  const [name = '', value = ''] = fact.split(' ', 2);
  if (name === 'branch.oid' && value !== '(initial)') facts.head = value;
  if (name === 'branch.head' && value !== '(detached)') facts.branch = value;
}

function readChange(rest: string, fields: number): [string, TreeChange] {
  const [index = '.', worktree = '.'] = rest;
  const letter = worktree === '.' ? index : worktree;
  // Added to the index and changed since is still a new file.
  const kind = index === 'A' && letter !== 'D' ? 'added' : (kinds[letter] ?? 'modified');
  return [nameAfter(rest, fields), { kind, isStaged: index !== '.' }];
}

const kinds: Readonly<Record<string, TreeChange['kind']>> = {
  A: 'added',
  D: 'deleted',
  T: 'type-changed',
};

/** The name is all that comes after so many fields; it may have spaces in it. */
function nameAfter(line: string, fields: number): string {
  let from = 0;
  for (let field = 0; field < fields; field++) from = line.indexOf(' ', from) + 1;
  return must(from > 0 ? line.slice(from) : undefined, 'git ended in the middle of a record');
}
