/** Whether a worktree for an agent can be made, and what stands in the way. Changes nothing. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { musherError } from '../../base/result.ts';
import { askText, findCommit } from './ask.ts';
import { readRebased } from './checkouts.ts';
import { listRefs, readRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { type Mark, readMark } from './worktree-mark.ts';
import { findAdmin, findEntry, isPresent, listWorktrees, readPointer } from './worktree-list.ts';

export interface WorktreeAsk {
  readonly agent: string;
  readonly branch: string;
  readonly base: string;
  /** Default: in the folder of worktrees, by the agent's name. */
  readonly path?: string;
}

/** What was found at the agent's place. */
export interface Standing {
  readonly path: string;
  readonly baseCommit: string;
  readonly branchExists: boolean;
  /** Git folder of the worktree that stands there. */
  readonly admin?: string | undefined;
  readonly mark?: Mark | undefined;
  /** The folder is there, but git forgot it. */
  readonly isOrphan: boolean;
}

/** Throws BRANCH_INVALID, BRANCH_NO_ROOM, BRANCH_CHECKED_OUT, BASE_UNKNOWN, WORKTREE_EXISTS, REPOSITORY_EMPTY. */
export async function requireProvisionable(
  context: RepositoryContext,
  ask: WorktreeAsk,
): Promise<Standing> {
  const path = placeIn(context, ask);
  await requireValid(context, ask.branch);
  const branchExists =
    (await readRef(context.git, context.repository.root, `refs/heads/${ask.branch}`)) !== undefined;
  if (!branchExists) await requireRoom(context, ask.branch);
  const standing = await look(context, ask, path);
  await requireFree(context, ask.branch, path);
  return { ...standing, path, branchExists, baseCommit: await requireBase(context, ask.base) };
}

/** Where the worktree of an agent stands or is made. */
export function placeIn({ repository }: RepositoryContext, { agent, path }: WorktreeAsk): string {
  return path ?? join(repository.worktreesFolder, agent);
}

async function requireValid({ git, repository }: RepositoryContext, branch: string): Promise<void> {
  const args = ['check-ref-format', `refs/heads/${branch}`];
  const isRef = (await git.run({ cwd: repository.root, args, okCodes: [0, 1] })).exitCode === 0;
  if (isRef && !branch.startsWith('-') && branch !== 'HEAD' && branch !== '@') return;
  throw musherError('BRANCH_INVALID', { branch, suggestion: suggestBranch(branch) });
}

/** The nearest name that git takes. */
export function suggestBranch(branch: string): string {
  const parts = branch.split('/').map((part) =>
    part
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/\.\.+/g, '.')
      .replace(/^[.-]+|[.-]+$|\.lock$/g, ''),
  );
  const name = parts.filter((part) => part !== '').join('/');
  return name === '' || name === 'HEAD' ? 'work' : name;
}

/** A branch `a` leaves no room for `a/b`, nor the other way round. */
async function requireRoom({ git, repository }: RepositoryContext, branch: string): Promise<void> {
  const cwd = repository.root;
  const parts = branch.split('/');
  const parents = parts.slice(1).map((_, at) => `refs/heads/${parts.slice(0, at + 1).join('/')}`);
  const found = await Promise.all(parents.map((ref) => readRef(git, cwd, ref)));
  const children = await listRefs(git, cwd, `refs/heads/${branch}/`);
  const inTheWay = parents.find((_, at) => found[at] !== undefined) ?? children[0];
  if (inTheWay === undefined) return;
  const flat = parts.join('-');
  const suggestion = flat === branch ? `${branch}-work` : flat;
  const other = inTheWay.slice('refs/heads/'.length);
  throw musherError('BRANCH_NO_ROOM', { branch, other, suggestion });
}

/** Checked out elsewhere, where "elsewhere" is there, or locked because its disk may come back. */
async function requireFree(
  context: RepositoryContext,
  branch: string,
  path: string,
): Promise<void> {
  const { git, repository } = context;
  const own = await findEntry(git, repository.root, path);
  for (const entry of await listWorktrees(git, repository.root)) {
    if (entry.path === own?.path || entry.isBare) continue;
    const holds =
      entry.branch === branch ||
      (entry.branch === undefined && (await readRebased(context, entry.path)) === branch);
    if (!holds) continue;
    if (entry.locked !== undefined || (await isPresent(entry.path))) {
      throw musherError('BRANCH_CHECKED_OUT', { branch, path: entry.path });
    }
  }
}

/** A branch goes before a tag of the same name. */
export async function requireBase(
  { git, repository }: RepositoryContext,
  base: string,
): Promise<string> {
  const cwd = repository.root;
  const commit =
    (await findCommit(git, cwd, `refs/heads/${base}`)) ?? (await findCommit(git, cwd, base));
  if (commit !== undefined) return commit;
  const any = await askText(git, { cwd, args: ['for-each-ref', '--count=1', '--format=x'] });
  if (any === '') throw musherError('REPOSITORY_EMPTY', { path: cwd });
  throw musherError('BASE_UNKNOWN', { base });
}

type Found = Pick<Standing, 'admin' | 'mark' | 'isOrphan'>;

/** Nothing or an empty folder, the agent's own worktree, or one that git forgot. Throws WORKTREE_EXISTS for all else. */
async function look(context: RepositoryContext, ask: WorktreeAsk, path: string): Promise<Found> {
  const { commonDir } = context.repository;
  const admin = await findAdmin(commonDir, path);
  if (admin === undefined) {
    if (await isFree(path)) return { isOrphan: false };
    const target = await readPointer(path);
    if (target?.startsWith(join(commonDir, 'worktrees')) && !(await isPresent(target))) {
      return { isOrphan: true };
    }
    throw musherError('WORKTREE_EXISTS', { path });
  }
  const mark = await readMark(admin);
  const entry = await findEntry(context.git, context.repository.root, path);
  const isOwn = mark
    ? mark.agent === ask.agent && mark.branch === ask.branch
    : entry?.branch === ask.branch;
  if (!isOwn) throw musherError('WORKTREE_EXISTS', { path });
  return { admin, mark, isOrphan: false };
}

async function isFree(path: string): Promise<boolean> {
  return readdir(path).then(
    (names) => names.length === 0,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}
