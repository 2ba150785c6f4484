/** What is other in a worktree than in its commit, as git says: of all of it, or of some paths. */
import path from 'node:path';
import type { TreeChange } from '../../features/worktrees/ports.ts';
import { must } from '../../base/assert.ts';
import { withoutCase } from '../../base/without-case.ts';
import type { Pace } from '../../base/pace.ts';
import { splitNul } from '../git/ask.ts';
import type { Git } from '../git/run.ts';
import { outermost } from './changes.ts';

export interface Scan {
  readonly head?: string;
  /** Absent when detached. */
  readonly branch?: string;
  readonly changes: ReadonlyMap<string, TreeChange>;
  /** What git ignores of what was asked, by the names that its rules fit; folders end with `/`. */
  readonly ignored: readonly string[];
}

export interface ScanAsk {
  readonly git: Git;
  /** Shared by all who look: a long answer is read in steps. */
  readonly pace: Pace;
  readonly worktreePath: string;
  /** Absent: everything. */
  readonly paths?: readonly string[] | undefined;
  /** What git knows as `A` may be told as `a`. */
  readonly ignoresCase?: boolean;
  readonly signal?: AbortSignal;
}

/** What one step reads: about 2 ms. */
const fieldsInStep = 1_000;

/** Never takes a lock, and never writes what it found into the index: that would be a change again. */
export async function scan({
  git,
  pace,
  worktreePath: cwd,
  paths,
  ignoresCase = false,
  signal,
}: ScanAsk): Promise<Scan> {
  const what = ['--porcelain=v2', '-z', '--branch', '--no-ahead-behind', '--no-renames'];
  const which = ['--untracked-files=all', '--ignored=matching'];
  const form = ignoresCase ? ':(icase,literal)' : ':(literal)';
  const asked = paths && outermost(paths, ignoresCase ? withoutCase : (name) => name);
  const some = asked === undefined ? [] : ['--', ...asked.map((one) => `${form}${one}`)];
  const args = ['status', ...what, ...which, ...some];
  const env = onlyThis(cwd);
  return readStatus((await git.run({ cwd, args, env, signal })).stdout, pace);
}

/** A worktree that is not whole is none: git would speak of a repository around it. */
export function onlyThis(worktreePath: string): Record<string, string> {
  return { GIT_CEILING_DIRECTORIES: path.dirname(worktreePath) };
}

interface Facts {
  head?: string;
  branch?: string;
  readonly changes: Map<string, TreeChange>;
  readonly ignored: string[];
}

/** Names that are not UTF-8 come with replacement characters. */
export async function readStatus(bytes: Buffer, pace: Pace): Promise<Scan> {
  const facts: Facts = { changes: new Map(), ignored: [] };
  const fields = await pace.step(() => splitNul(bytes));
  for (let at = 0; at < fields.length; at += fieldsInStep)
    await pace.step(() => {
      for (const field of fields.slice(at, at + fieldsInStep)) readField(field, facts);
    });
  return facts;
}

function readField(field: Buffer, facts: Facts): void {
  const line = field.toString('utf8');
  const rest = line.slice(2);
  if (line.startsWith('# ')) readFact(rest, facts);
  else if (line.startsWith('! ')) facts.ignored.push(rest);
  else if (line.startsWith('? ')) facts.changes.set(rest, untracked(facts.changes.get(rest)));
  else if (line.startsWith('1 ')) facts.changes.set(...readChange(rest, 7));
  else if (line.startsWith('u '))
    facts.changes.set(nameAfter(rest, 9), { kind: 'unmerged', isStaged: false });
}

/** Taken out of the index and still there: git tells both. */
function untracked(before: TreeChange | undefined): TreeChange {
  return before === undefined
    ? { kind: 'untracked', isStaged: false }
    : { kind: 'modified', isStaged: true };
}

function readFact(fact: string, facts: Facts): void {
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
