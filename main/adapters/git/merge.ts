/**
 * Brings one approved commit onto its target branch. In this order, so that a crash anywhere is mended by asking again:
 *
 *   result (objects only) -> gates, if any, on it in the integration worktree -> note of what is about to be ->
 *   files of the target's checkouts -> the branch, by compare-and-swap
 *
 * Files go before the branch: a checkout that is ahead of its branch is recognised by its tree (`standsAt`) and kept,
 * while one that is behind could not be told from the operator's own undoing of the merge.
 */
import { MusherError } from '../../base/result.ts';
import type { MergeFacts } from '../../features/approvals/ports.ts';
import { askText } from './ask.ts';
import { type Checkout, findCheckouts } from './checkouts.ts';
import { checkOutIntegration } from './integration-worktree.ts';
import { findMergeBase } from './merge-base.ts';
import { type MergeAsk, makeResult } from './merge-result.ts';
import { noteMerge } from './merge-notes.ts';
import { moveTarget, requireMovable } from './move-target.ts';
import type { RepositoryContext } from './repository-context.ts';
import { isOnTarget, lookBefore } from './look-before-merge.ts';

/** Looks at the checked out merge result before the branch moves; what it throws ends the merge. Without one nothing is checked out. */
export type Gate = (checkout: { readonly path: string; readonly commit: string }) => Promise<void>;

export interface MergeContext extends RepositoryContext {
  readonly gate?: Gate | undefined;
}

/** A target that others push to again and again is somebody's to look at. */
const mostTries = 3;

/** See `Review.merge`. Merges of one repository run one after another. */
export function merge(context: MergeContext, ask: MergeAsk): Promise<MergeFacts> {
  const { git, repository } = context;
  return git.exclusive(`merge ${repository.commonDir}`, async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await mergeOnce(context, ask);
      } catch (error) {
        const isMoved = error instanceof MusherError && error.wire.code === 'TARGET_MOVED';
        if (!isMoved || tries === mostTries) throw error;
      }
    }
  });
}

async function mergeOnce(context: MergeContext, ask: MergeAsk): Promise<MergeFacts> {
  const { commit, target } = ask.pin;
  const [{ from, held, note }, checkouts] = await Promise.all([
    lookBefore(context, ask),
    findCheckouts(context, target),
  ]);
  const [base, isNoted] = await Promise.all([
    findMergeBase(context, from, commit),
    note !== undefined && isOnTarget(context, note.to, from),
  ]);
  // A merge of ours that was cut off before it could say so, or whatever else brought the commit itself.
  if (note !== undefined && isNoted) return reportDone(context, note, checkouts);
  if (base === commit)
    return reportDone(context, { to: await findMergeCommit(context, commit, from) }, checkouts);
  const to = await makeResult(context, { ...ask, from, held, base });
  const { updateCheckout } = ask;
  const waiting = await requireMovable(context, { target, updateCheckout, checkouts, to });
  await ask.check?.({ commit: to, from });
  if (context.gate !== undefined) {
    const path = await checkOutIntegration(context, to);
    await context.gate({ path, commit: to });
  }
  const [commits] = await Promise.all([
    listCommits(context, { from, to }),
    noteMerge(context, ask.approval, { from, to }),
  ]);
  const reason = `musher: merge ${ask.approval}`;
  await moveTarget(context, { target, reason, from, to, waiting });
  return { mergeCommit: to, checkoutUpdated: checkouts.length > 0, from, commits };
}

async function reportDone(
  context: RepositoryContext,
  { from, to }: { readonly from?: string; readonly to: string },
  checkouts: readonly Checkout[],
): Promise<MergeFacts> {
  const checkoutUpdated = checkouts.length > 0 && checkouts.every(({ clean }) => clean);
  const merged = { mergeCommit: to, checkoutUpdated };
  return from === undefined
    ? merged
    : { ...merged, from, commits: await listCommits(context, { from, to }) };
}

/** More of one merge cannot be traced line by line. */
const mostCommits = 250;

async function listCommits(
  { git, repository }: RepositoryContext,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<string[]> {
  const args = ['rev-list', `--max-count=${mostCommits}`, `${from}..${to}`, '--'];
  return (await askText(git, { cwd: repository.root, args })).split('\n');
}

/** The commit by which the target got `commit`: itself, the merge that names it as a parent, else the newest there. */
async function findMergeCommit(
  { git, repository }: RepositoryContext,
  commit: string,
  tip: string,
): Promise<string> {
  const range = ['--first-parent', '--parents', tip, `^${commit}`];
  const text = await askText(git, { cwd: repository.root, args: ['rev-list', ...range, '--'] });
  if (text === '') return commit;
  const lines = text.split('\n').map((line) => line.split(' '));
  if (lines.at(-1)?.[1] === commit) return commit;
  return lines.find((ids) => ids.slice(2).includes(commit))?.[0] ?? tip;
}
