/** Makes an agent's worktree, or ends what an interrupted try began. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { WorktreeFacts } from '../../features/agents/ports.ts';
import { must } from '../../base/assert.ts';
import { askText, findCommit } from './ask.ts';
import {
  placeIn,
  requireBase,
  requireProvisionable,
  type Standing,
  type WorktreeAsk,
} from './check.ts';
import { copyIncluded } from './include.ts';
import { restoreNested } from './nested.ts';
import { takeFromPool, takenBefore } from './pool-take.ts';
import { moveRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { restoreFiles } from './restore.ts';
import { listEmptySubmodules } from './submodules.ts';
import { keepVanished } from './vanished.ts';
import { beginLife, keepOrRefuse } from './retire.ts';
import { emptyTrash } from './trash.ts';
import { findAdmin, findEntry, forgetWorktree, isPresent, readPointer } from './worktree-list.ts';
import { type Mark, readMark, writeMark } from './worktree-mark.ts';

export interface ProvisionAsk extends WorktreeAsk {
  readonly snapshotRef?: string;
  readonly adopts?: boolean;
  readonly startAt?: string;
}

/** See `Worktrees.provision`. Call it in the lane of the worktree. */
export async function provision(
  context: RepositoryContext,
  ask: ProvisionAsk,
): Promise<WorktreeFacts> {
  const begun = ask.path === undefined ? await takenBefore(context, ask) : undefined;
  const own = begun ?? placeIn(context, ask);
  const standing = await readOwn(context, ask, own);
  if (standing?.ready) return factsOf(context, own, standing);
  const taken = ask.adopts === true ? await takeAsItIs(context, ask, own) : undefined;
  if (taken !== undefined) return factsOf(context, own, taken);
  const found = startingAt(await requireProvisionable(context, { ...ask, path: own }), ask);
  await ensureBranch(context, ask, found);
  const pooled = await fromPool(context, ask, { ...found, begun });
  const path = pooled ?? own;
  const admin =
    pooled === undefined
      ? await ensureWorktree(context, ask, found)
      : must(await findAdmin(context.repository.commonDir, pooled), 'it was taken');
  const base = {
    ref: ask.base,
    commit: found.mark?.base.commit ?? (await forkPoint(context, ask, found.baseCommit)),
  };
  const mark = { agent: ask.agent, branch: ask.branch, base, ready: false };
  if (ask.snapshotRef !== undefined)
    await revive(context, { ask, admin, mark, path, snapshotRef: ask.snapshotRef });
  await copyIncluded(context, path);
  await writeMark(admin, { ...mark, ready: true });
  return factsOf(context, path, mark);
}

/** One that stands ready, where a whole new one is wanted. */
async function fromPool(
  context: RepositoryContext,
  ask: ProvisionAsk,
  { baseCommit, admin, isOrphan, begun }: Standing & { begun: string | undefined },
): Promise<string | undefined> {
  const isNew = begun !== undefined || (admin === undefined && !isOrphan);
  if (!isNew || ask.path !== undefined || ask.snapshotRef !== undefined) return undefined;
  const { agent, branch, base } = ask;
  const to = placeIn(context, ask);
  const taken = await takeFromPool(context, { agent, branch, base, to, baseCommit, begun });
  if (taken !== undefined) await beginLife(context, agent);
  return taken;
}

/** The mark of this agent's worktree when it stands. */
async function readOwn(
  context: RepositoryContext,
  ask: WorktreeAsk,
  path: string,
): Promise<Mark | undefined> {
  const admin = await findAdmin(context.repository.commonDir, path);
  const mark = admin === undefined ? undefined : await readMark(admin);
  return mark?.agent === ask.agent && mark.branch === ask.branch ? mark : undefined;
}

/** A new branch starts at what was fetched, and is from there; one that is there stays as it is. */
function startingAt(found: Standing, { startAt }: ProvisionAsk): Standing {
  const isNew = startAt !== undefined && !found.branchExists;
  return isNew ? { ...found, baseCommit: startAt } : found;
}

/** A worktree that stands on the branch becomes this agent's by its mark alone; undefined where none does. */
async function takeAsItIs(
  context: RepositoryContext,
  ask: WorktreeAsk,
  path: string,
): Promise<Mark | undefined> {
  const { git, repository } = context;
  const { agent, branch, base: ref } = ask;
  const admin = await findAdmin(repository.commonDir, path);
  const entry = await findEntry(git, repository.root, path);
  if (admin === undefined || entry?.branch !== branch) return undefined;
  const baseCommit = await requireBase(context, ref);
  const commit = await forkPoint(context, ask, baseCommit);
  const mark = { agent, branch, base: { ref, commit }, ready: true };
  await beginLife(context, agent);
  await writeMark(admin, mark);
  return mark;
}

async function factsOf(
  context: RepositoryContext,
  worktreePath: string,
  { branch, base }: Mark,
): Promise<WorktreeFacts> {
  const empty = await listEmptySubmodules(context, worktreePath);
  return { worktreePath, branch, base, ...(empty.length > 0 && { emptySubmodules: empty }) };
}

async function ensureBranch(
  { git, repository }: RepositoryContext,
  { branch }: WorktreeAsk,
  found: Standing,
): Promise<void> {
  if (found.branchExists) return;
  const move = {
    ref: `refs/heads/${branch}`,
    to: found.baseCommit,
    from: undefined,
    reason: 'musher: new branch',
  };
  await moveRef(git, repository.root, move);
}

/** Where the branch left the base; the base itself when it was made of it just now. */
async function forkPoint(
  { git, repository }: RepositoryContext,
  { branch }: WorktreeAsk,
  baseCommit: string,
): Promise<string> {
  const args = ['merge-base', baseCommit, `refs/heads/${branch}`];
  const answer = await git.run({ cwd: repository.root, args, okCodes: [0, 1] });
  const [commit = ''] = answer.stdout.toString('utf8').split('\n');
  return commit === '' ? baseCommit : commit;
}

/** Gives the git folder of a worktree that stands whole on the branch. */
async function ensureWorktree(
  context: RepositoryContext,
  ask: WorktreeAsk,
  found: Standing,
): Promise<string> {
  const { git, repository } = context;
  const { path } = found;
  if (found.isOrphan) await adopt(context, ask, path);
  else if (found.admin === undefined || !(await isWhole(context, path))) {
    if (found.admin !== undefined) await setAside(context, ask.agent, path);
    else await keepVanished(context, ask.agent, path);
    await git.exclusive(`worktrees ${repository.commonDir}`, () => addWorktree(context, ask, path));
    await beginLife(context, ask.agent);
  }
  return must(await findAdmin(repository.commonDir, path), 'git made the worktree');
}

async function addWorktree(
  context: RepositoryContext,
  { branch }: WorktreeAsk,
  path: string,
): Promise<void> {
  const { git, repository } = context;
  await mkdir(dirname(path), { recursive: true });
  await forgetWorktree(context, path);
  const args = ['worktree', 'add', '--force', '--no-guess-remote', '--quiet', path, branch];
  await git.run({ cwd: repository.root, args, timeoutMs: checkoutMs });
}

/** A checkout of a very large repository on a slow disk. */
const checkoutMs = 600_000;

/** False when `git worktree add` was killed in the middle. */
async function isWhole(context: RepositoryContext, path: string): Promise<boolean> {
  const entry = await findEntry(context.git, context.repository.root, path);
  if (entry?.locked === 'initializing') return false;
  const args = ['ls-files', '--error-unmatch', '--', ':(top)'];
  const looked = await context.git.run({ cwd: path, args, okCodes: [0, 1, 128] });
  const admin = must(await findAdmin(context.repository.commonDir, path), 'it stands');
  return looked.exitCode !== 128 && (await isPresent(join(admin, 'index')));
}

/** Half of a worktree is of no use, but nobody knows who wrote to it since: it is kept before it goes. */
async function setAside(context: RepositoryContext, agent: string, path: string): Promise<void> {
  await keepOrRefuse(context, { agent, path, why: 'reuse' });
  const trash = join(dirname(path), '.trash');
  await mkdir(trash, { recursive: true });
  await rename(path, join(trash, `${agent}-${context.git.clock.now()}`));
  await emptyTrash(trash);
}

/** Makes a worktree that git forgot known again, files untouched: they show as changes against the branch. */
async function adopt(
  context: RepositoryContext,
  { agent, branch }: WorktreeAsk,
  path: string,
): Promise<void> {
  const admin = must(await readPointer(path), 'an orphan points somewhere');
  await keepOrRefuse(context, { agent, path, why: 'reuse' });
  await mkdir(admin, { recursive: true });
  await writeFile(join(admin, 'commondir'), '../..\n');
  await writeFile(join(admin, 'HEAD'), `ref: refs/heads/${branch}\n`);
  await writeFile(join(admin, 'gitdir'), `${join(path, '.git')}\n`);
  await context.git.run({ cwd: path, args: ['reset', '--quiet'] });
}

interface Revival {
  readonly ask: WorktreeAsk;
  readonly admin: string;
  readonly mark: Mark;
  readonly path: string;
  readonly snapshotRef: string;
}

/** What is not from git or from an interrupted revival is kept before the snapshot's files come over it. */
async function revive(
  context: RepositoryContext,
  { ask, admin, mark, path, snapshotRef }: Revival,
): Promise<void> {
  const { git, repository } = context;
  const snapshot = must(
    await findCommit(git, repository.root, snapshotRef),
    `${snapshotRef} is there`,
  );
  if ((await readMark(admin)) === undefined) {
    const status = await askText(git, { cwd: path, args: ['status', '--porcelain=v2', '-z'] });
    if (status !== '') await keepOrRefuse(context, { agent: ask.agent, path, why: 'restore' });
    await writeMark(admin, mark);
  }
  await restoreFiles(context, path, snapshot);
  await restoreNested(context, path, snapshot);
}
