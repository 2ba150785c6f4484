/**
 * Gives an agent a worktree that stands ready, in place of one that has still to be made. It is the agent's from the
 * moment that its mark is there; what is left to do then is done again after a crash.
 *
 *   mark -> note of the pool gone -> branch checked out -> moved to the agent's name, unless commands have set it up
 */
import { basename, dirname } from 'node:path';
import { askText } from './ask.ts';
import type { WorktreeAsk } from './check.ts';
import { listMembers } from './pool.ts';
import { isPoolName, removePoolNote } from './pool-note.ts';
import type { RepositoryContext } from './repository-context.ts';
import { readRef } from './refs.ts';
import { retire } from './retire.ts';
import { noteSetUp, setUpAs } from './setup-note.ts';
import { readAdmins } from './admins.ts';
import { findAdmin, findEntry } from './worktree-list.ts';
import { readMark, writeMark } from './worktree-mark.ts';

/** A checkout of a very large repository on a slow disk. */
const checkoutMs = 600_000;

export interface TakeAsk extends WorktreeAsk {
  /** Where it goes where nothing in it depends on its place. */
  readonly to: string;
  readonly base: string;
  readonly baseCommit: string;
  /** What `takenBefore` found. */
  readonly begun: string | undefined;
}

/** Where it stands then; undefined where there is none, or it could not be had. Call it in the lane of the worktree. */
export async function takeFromPool(
  context: RepositoryContext,
  ask: TakeAsk,
): Promise<string | undefined> {
  const path = ask.begun ?? (await claim(context, ask));
  if (path === undefined) return undefined;
  try {
    await switchTo(context, path, ask.branch);
  } catch {
    // What a setup left behind is in the way of the branch: it is of no use to anybody.
    await retire(context, { agent: ask.agent, worktreePath: path });
    return undefined;
  }
  return moveTo(context, path, ask.to);
}

/** Where one stands that a call before this one had taken. */
export async function takenBefore(
  { repository }: RepositoryContext,
  { agent, branch }: Pick<WorktreeAsk, 'agent' | 'branch'>,
): Promise<string | undefined> {
  const { commonDir, worktreesFolder } = repository;
  for (const { folder, path, madeFor } of await readAdmins(commonDir)) {
    if (madeFor !== agent || dirname(path) !== worktreesFolder) continue;
    if (!isPoolName(basename(path)) || (await readMark(folder))?.branch !== branch) continue;
    if ((await findAdmin(commonDir, path)) !== undefined) return path;
  }
  return undefined;
}

/** The one that is at the wanted commit, else any. Two agents never get the same. */
async function claim(
  context: RepositoryContext,
  { agent, branch, base: ref, baseCommit: commit }: TakeAsk,
): Promise<string | undefined> {
  const { git, repository } = context;
  const { commonDir } = repository;
  return git.exclusive(`worktrees ${commonDir}`, async () => {
    const ready = (await listMembers(context)).filter((one) => one.isReady && !one.isStale);
    const member = ready.find((one) => one.commit === commit) ?? ready[0];
    const admin = member && (await findAdmin(commonDir, member.path));
    if (member === undefined || admin === undefined) return undefined;
    // What set it up, set up another commit.
    if (member.commit !== commit) await noteSetUp(commonDir, member.path, undefined);
    await writeMark(admin, { agent, branch, base: { ref, commit }, ready: false });
    await removePoolNote(admin);
    return member.path;
  });
}

/** At the same commit nothing but the name is another: no file is looked at. */
async function switchTo(context: RepositoryContext, path: string, branch: string): Promise<void> {
  const { git } = context;
  const ref = `refs/heads/${branch}`;
  const names = ['rev-parse', '--verify', '--quiet', 'HEAD'];
  const [head, tip] = await Promise.all([
    askText(git, { cwd: path, args: names }),
    readRef(git, path, ref),
  ]);
  const args =
    head === tip
      ? ['symbolic-ref', '-m', 'musher: taken from the pool', 'HEAD', ref]
      : ['switch', '--quiet', '--no-guess', branch];
  await git.run({ cwd: path, args, timeoutMs: checkoutMs });
}

/** git cannot move one with submodules: that one stays where it is. */
async function moveTo(context: RepositoryContext, path: string, to: string): Promise<string> {
  const { git, repository } = context;
  if (path === to || (await setUpAs(repository.commonDir, path)) !== undefined) return path;
  await git.exclusive(`worktrees ${repository.commonDir}`, async () => {
    if ((await findEntry(git, repository.root, to)) !== undefined) return;
    const args = ['worktree', 'move', '--', path, to];
    await git.run({ cwd: repository.root, args }).catch(() => undefined);
  });
  return (await findAdmin(repository.commonDir, to)) === undefined ? path : to;
}
