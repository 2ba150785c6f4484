/**
 * Where worktrees of a repository are, were, or look to be. A worktree is two pointers: the `.git` file in its folder
 * names its git folder, and `gitdir` in there names that file. Where one of them leads nowhere, the other tells what became
 * of it: a folder that was moved, a repository that was moved, or both together.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FoundTree } from '../../features/worktrees/ports.ts';
import type { RepositoryContext } from './repository-context.ts';
import { gatesFolder, isOwnCheckout } from './own-checkout.ts';
import { findAdmin, listWorktrees, type WorktreeEntry } from './worktree-list.ts';
import { type Admin, readAdmins } from './admins.ts';
import { type Found, judge } from './judge-folder.ts';

/** Of Musher's own in the folder of worktrees; what is in them is looked at by itself. */
const ownFolders: ReadonlySet<string> = new Set(['.trash', gatesFolder]);

/** What is looked at beside git's own list; a repository among thousands of others is looked for in these. */
const mostFolders = 500;

/** `near`: folders that are looked at too, and beside which a lost one may be. */
export async function surveyTrees(
  context: RepositoryContext,
  near: readonly string[],
): Promise<FoundTree[]> {
  const { git, repository } = context;
  const { commonDir, worktreesFolder } = repository;
  const [main, ...entries] = await listWorktrees(git, repository.root);
  const admins = await readAdmins(commonDir);
  const listed = await Promise.all(entries.map((entry) => lookAt(context, admins, entry)));
  const stands = new Set(listed.filter(({ kind }) => kind !== 'missing').map(({ path }) => path));
  const lost = listed.filter(({ kind }) => kind === 'missing');
  const places = new Set([
    ...near,
    ...lost.map(({ path }) => path),
    ...(await foldersIn(worktreesFolder)),
    ...(lost.length > 0
      ? await foldersBeside(repository.root, [...near, ...lost.map(pathOf)])
      : []),
  ]);
  places.delete(repository.root);
  const others: Found[] = [];
  for (const path of places) {
    if (stands.has(path) || ownFolders.has(basename(path))) continue;
    const judged = await judge({ commonDir, admins, path });
    const isOwn = near.includes(path) || dirname(path) === worktreesFolder;
    if (judged !== undefined && (judged.kind === 'moved' || isOwn)) others.push(judged);
  }
  const moved = new Map(
    others.flatMap((one) => (one.kind === 'moved' ? [[oldPlace(one), one]] : [])),
  );
  const found = [
    ...(main ? [{ ...seenOf(main), kind: 'main' as const }] : []),
    // What moved is told once, with what git says of it.
    ...listed.map((one) => {
      const to = moved.get(one.path);
      return to === undefined ? one : { ...one, ...to };
    }),
    ...others.filter((one) => !listed.some(({ path }) => path === oldPlace(one))),
    ...(await foldersIn(join(worktreesFolder, '.trash'))).map((path) => ({
      ...{ path, kind: 'trash' as const },
    })),
  ];
  return found.map((one) => ({ ...one, id: idOf(one) }));
}

const pathOf = ({ path }: Found): string => path;

function oldPlace({ wasAt, path }: Found): string {
  return wasAt ?? path;
}

function idOf(found: Found): string {
  const { kind, path, wasAt, branch, head, madeFor, locked } = found;
  const told = JSON.stringify([kind, path, wasAt, branch, head, madeFor, locked]);
  return createHash('sha256').update(told).digest('hex').slice(0, 12);
}

function seenOf({ path, branch, head, locked }: WorktreeEntry) {
  return {
    path,
    ...(branch !== undefined && { branch }),
    ...(head !== undefined && { head }),
    ...(locked !== undefined && { locked }),
  };
}

async function lookAt(
  { repository }: RepositoryContext,
  admins: readonly Admin[],
  entry: WorktreeEntry,
): Promise<Found> {
  const admin = admins.find(({ path }) => path === entry.path);
  const { madeFor } = admin ?? {};
  const seen = { ...seenOf(entry), ...(madeFor !== undefined && { madeFor }) };
  // What is not text has no path here that would lead to it: it is neither gone nor to be cleared away.
  if (entry.path.includes('\ufffd'))
    return { ...seen, kind: 'linked', why: 'its name is not UTF-8, so Musher cannot reach it' };
  const stands = (await findAdmin(repository.commonDir, entry.path)) !== undefined;
  if (!stands) return { ...seen, kind: 'missing' };
  if (admin?.isPool) return { ...seen, kind: 'pool' };
  return { ...seen, kind: isOwnCheckout(repository, entry.path) ? 'integration' : 'linked' };
}

async function foldersBeside(root: string, paths: readonly string[]): Promise<string[]> {
  const parents = new Set([dirname(root), ...paths.map((path) => dirname(path))]);
  const found = await Promise.all([...parents].map(foldersIn));
  return found.flat();
}

/** Without links: what lies behind one is found where it is. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.slice(0, mostFolders).map((name) => join(folder, name));
}
