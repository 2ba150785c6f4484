/**
 * Brings a branch up to what it is merged into, in its own worktree, or leaves all as it was:
 *
 *   snapshot -> refs/musher/rebasing/<agent> notes that it was we who began -> git rebase -> on any failure --abort -> note gone
 *
 * A crash in between leaves the note, and the next call ends what it is about first.
 */
import { join } from 'node:path';
import type { Rebased } from '../../features/agents/ports.ts';
import { reasonOf } from '../../base/result.ts';
import { askList, askText, askYes, findCommit } from './ask.ts';
import { isClean } from './checkouts.ts';
import { readRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { keepWorktree } from './keep-worktree.ts';
import { findAdmin, isPresent } from './worktree-list.ts';

export interface RebaseAsk {
  readonly agent: string;
  readonly worktreePath: string;
  readonly branch: string;
  readonly onto: string;
}

/** Many commits of a large repository. */
const longMs = 600_000;
const mostPaths = 20;

/** See `Worktrees.rebase`. Call it in the lane of the worktree. */
export async function rebaseTree(context: RepositoryContext, ask: RebaseAsk): Promise<Rebased> {
  const { git, repository } = context;
  const { worktreePath: cwd, branch } = ask;
  const admin = await findAdmin(repository.commonDir, cwd);
  if (admin === undefined) return { how: 'none' };
  await endInterrupted(context, ask, admin);
  const head = await git.run({ cwd, args: ['symbolic-ref', '--quiet', 'HEAD'], okCodes: [0, 1] });
  if (head.stdout.toString('utf8').trim() !== `refs/heads/${branch}`) return { how: 'none' };
  const from = await findCommit(git, cwd, 'HEAD');
  const onto =
    (await findCommit(git, cwd, `refs/heads/${ask.onto}`)) ??
    (await findCommit(git, cwd, ask.onto));
  if (from === undefined || onto === undefined) return { how: 'none' };
  if (await askYes(git, { cwd, args: ['merge-base', '--is-ancestor', onto, from] }))
    return { how: 'none' };
  const left = (why: string, paths: string[] = []): Rebased => ({ how: 'left', from, why, paths });
  if (!(await isClean(context, cwd))) return left('something in its worktree is not committed');
  const merges = ['rev-list', '--count', '--merges', '--max-count=1', from, '--not', onto];
  if ((await askText(git, { cwd, args: merges })) !== '0')
    return left('it has merge commits, which a rebase would take apart');
  const { ref: snapshotRef } = await keepWorktree(context, {
    ...{ agent: ask.agent, path: cwd, why: 'rebase' },
  });
  const failure = await tryRebase(context, { ...ask, admin, from, onto });
  if (failure !== undefined) return left(failure.why, failure.paths);
  const to = (await findCommit(git, cwd, 'HEAD')) ?? from;
  return { how: 'rebased', from, to, snapshotRef };
}

interface Attempt extends RebaseAsk {
  readonly admin: string;
  readonly from: string;
  readonly onto: string;
}

/** Undefined when it is done; else why not, and all is as it was. */
async function tryRebase(
  context: RepositoryContext,
  attempt: Attempt,
): Promise<{ why: string; paths: string[] } | undefined> {
  const { git } = context;
  const { worktreePath: cwd, from, onto } = attempt;
  const note = noteOf(attempt);
  await git.run({ cwd, args: ['update-ref', note, from] });
  // Whatever the repository's config says: no other branch moves, nothing is stashed, and no old resolution is taken.
  const flags = ['--merge', '--no-autostash', '--no-autosquash', '--no-fork-point', '--quiet'];
  const more = ['--no-update-refs', '--no-rerere-autoupdate', '--no-gpg-sign', '--no-stat'];
  try {
    await git.run({ cwd, args: ['rebase', ...flags, ...more, onto], timeoutMs: longMs });
  } catch (error) {
    const conflicts = ['diff', '--name-only', '--diff-filter=U', '-z'];
    const paths = await askList(git, { cwd, args: conflicts }).catch(() => []);
    await endInterrupted(context, attempt, attempt.admin);
    const why = paths.length > 0 ? 'commits conflict' : reasonOf(error);
    return { why, paths: paths.slice(0, mostPaths) };
  }
  await git.run({ cwd, args: ['update-ref', '-d', note] });
  return undefined;
}

function noteOf({ agent }: Pick<RebaseAsk, 'agent'>): string {
  return `refs/musher/rebasing/${agent}`;
}

/** Takes back what we began and did not end; what somebody else began is left alone. */
async function endInterrupted(
  { git, repository }: RepositoryContext,
  ask: RebaseAsk,
  admin: string,
): Promise<void> {
  const note = noteOf(ask);
  if ((await readRef(git, repository.root, note)) === undefined) return;
  const cwd = ask.worktreePath;
  if (await isPresent(join(admin, 'rebase-merge')))
    await git.run({ cwd, args: ['rebase', '--abort'], timeoutMs: longMs });
  await git.run({ cwd: repository.root, args: ['update-ref', '-d', note] });
}
