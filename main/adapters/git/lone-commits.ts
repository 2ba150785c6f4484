/** Commits that only one worktree knows of, and that would be lost with it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askText } from './ask.ts';
import { commitTree, musherIdentity } from './commit-tree.ts';
import type { RepositoryContext } from './repository-context.ts';

/** Files and folders of a worktree's git folder that name commits. */
const places = [
  'MERGE_HEAD',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
  'REBASE_HEAD',
  'ORIG_HEAD',
  'logs',
  'refs',
  'rebase-merge',
  'rebase-apply',
  'sequencer',
];

/** More parents than this in one commit are folded into several. */
const maxParents = 100;

/**
 * The tips of all commits that `admin` (its reflog, a rebase or merge under way) names and `head` does not reach, also
 * when a branch does today; many are folded into few commits of the same reach.
 */
export async function findLoneCommits(
  context: RepositoryContext,
  admin: string,
  head: string | undefined,
): Promise<string[]> {
  const named = await readIds(admin);
  // All that is named where nothing was committed yet, which is not worth a question.
  const commits = await onlyCommits(
    context,
    named.filter((id) => id !== head),
  );
  if (commits.length === 0) return [];
  const { git, repository } = context;
  const known = head === undefined ? [] : ['--not', head];
  const args = ['rev-list', '--parents', '--stdin', ...known];
  const text = await askText(git, { cwd: repository.root, args, input: `${commits.join('\n')}\n` });
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '));
  const parents = new Set(lines.flatMap((ids) => ids.slice(1)));
  const tips = lines.map((ids) => ids[0] ?? '').filter((id) => !parents.has(id));
  return foldTips(context, tips.sort());
}

async function readIds(admin: string): Promise<string[]> {
  const ids = new Set<string>();
  for (const place of places) {
    for (const file of await listFiles(join(admin, place))) {
      const text = await readFile(file, 'latin1').catch(() => '');
      for (const [id] of text.matchAll(/\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b/g)) ids.add(id);
    }
  }
  return [...ids].filter((id) => !/^0+$/.test(id));
}

/** The file itself, or all files below the folder; nothing when it is not there. */
async function listFiles(place: string): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => error.code,
  );
  if (entries === 'ENOTDIR') return [place];
  if (!Array.isArray(entries)) return [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function onlyCommits(
  { git, repository }: RepositoryContext,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const args = ['cat-file', '--batch-check=%(objectname) %(objecttype)'];
  const text = await askText(git, { cwd: repository.root, args, input: `${ids.join('\n')}\n` });
  return text
    .split('\n')
    .filter((line) => line.endsWith(' commit'))
    .map((line) => line.split(' ')[0] ?? '');
}

async function foldTips(
  { git, repository }: RepositoryContext,
  tips: readonly string[],
): Promise<string[]> {
  let rest = [...tips];
  const cwd = repository.root;
  while (rest.length > maxParents) {
    const parents = rest.splice(0, maxParents);
    const tree = await askText(git, { cwd, args: ['rev-parse', `${parents[0]}^{tree}`] });
    const message = 'Commits of a reflog\n';
    rest = [
      ...rest,
      await commitTree(git, cwd, { tree, parents, message, by: musherIdentity, date: '@0 +0000' }),
    ];
  }
  return rest;
}
