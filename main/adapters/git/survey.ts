/**
 * Where worktrees of a repository are, were, or look to be. A worktree is two pointers: the `.git` file in its folder
 * names its git folder, and `gitdir` in there names that file. Where one of them leads nowhere, the other tells what became
 * of it: a folder that was moved, a repository that was moved, or both together.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { FoundTree } from '../../features/worktrees/ports.ts';
import type { RepositoryContext } from './repository-context.ts';
import { gatesFolder, isOwnCheckout } from './own-checkout.ts';
import { readPoolNote } from './pool-note.ts';
import { readMark } from './worktree-mark.ts';
import {
  findAdmin,
  isPresent,
  listWorktrees,
  readPointer,
  type WorktreeEntry,
} from './worktree-list.ts';

/** One git folder below `worktrees/`. */
export interface Admin {
  readonly folder: string;
  /** Where its worktree should be. */
  readonly path: string;
  readonly madeFor?: string;
  /** It stands ready, and is nobody's. */
  readonly isPool?: boolean;
}

/** Of Musher's own in the folder of worktrees; what is in them is looked at by itself. */
const ownFolders: ReadonlySet<string> = new Set(['.trash', gatesFolder]);

/** What is looked at beside git's own list; a repository among thousands of others is looked for in these. */
const mostFolders = 500;

type Found = Omit<FoundTree, 'id'>;

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

export async function readAdmins(commonDir: string): Promise<Admin[]> {
  const parent = join(commonDir, 'worktrees');
  const names = await readdir(parent).catch(() => []);
  const admins = await Promise.all(
    names.map(async (name): Promise<Admin | undefined> => {
      const folder = join(parent, name);
      const back = await readFile(join(folder, 'gitdir'), 'utf8').catch(() => '');
      if (back.trim() === '') return undefined;
      const madeFor = (await readMark(folder))?.agent;
      const path = dirname(resolve(folder, back.trim()));
      const isPool = madeFor === undefined && (await readPoolNote(folder)) !== undefined;
      return { folder, path, ...(madeFor !== undefined && { madeFor }), ...(isPool && { isPool }) };
    }),
  );
  return admins.filter((admin) => admin !== undefined);
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

interface Judged {
  readonly commonDir: string;
  readonly admins: readonly Admin[];
  readonly path: string;
}

/** What a folder is that git does not find where it looks; undefined where no folder is. */
async function judge({ commonDir, admins, path }: Judged): Promise<Found | undefined> {
  if (!(await isPresent(path))) return undefined;
  const target = await readPointer(path);
  if (target === undefined) {
    const isOwn = await isPresent(join(path, '.git'));
    return { path, kind: 'folder', why: isOwn ? 'a repository of its own' : 'no worktree' };
  }
  const admin = admins.find(({ folder }) => basename(folder) === basename(target));
  const { madeFor } = admin ?? {};
  const moved = (wasAt: string): Found => ({
    ...{ path, kind: 'moved' },
    ...(wasAt !== path && { wasAt }),
    ...(madeFor !== undefined && { madeFor }),
  });
  if (await isSame(dirname(target), join(commonDir, 'worktrees'))) {
    if (admin === undefined) return { path, kind: 'forgotten' };
    if (await isHeldBy(admin, path))
      return { path, kind: 'folder', why: `a copy of ${admin.path}` };
    return moved(admin.path);
  }
  const other = `a worktree of another repository: ${dirname(dirname(target))}`;
  if (admin === undefined || (await isPresent(target))) return { path, kind: 'folder', why: other };
  // The repository was moved, alone or with its worktrees: then each lies from the other as before.
  const isAsBefore = relative(target, admin.path) === relative(admin.folder, path);
  return admin.path === path || isAsBefore
    ? moved(admin.path)
    : { path, kind: 'folder', why: other };
}

/** The worktree stands where it should be, so that this folder is another. */
async function isHeldBy({ folder, path }: Admin, other: string): Promise<boolean> {
  if (await isSame(path, other)) return false;
  const target = await readPointer(path);
  return target !== undefined && isSame(target, folder);
}

async function isSame(one: string, other: string): Promise<boolean> {
  const real = (path: string) => realpath(path).catch(() => path);
  return (await real(one)) === (await real(other));
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
