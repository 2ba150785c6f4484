/**
 * Brings one approved commit onto its target branch. In this order, so that a crash anywhere is mended by asking again:
 *
 *   result (objects only) -> gates, if any, on it in the integration worktree -> note of what is about to be ->
 *   files of the target's checkouts -> the branch, by compare-and-swap
 *
 * Files go before the branch: a checkout that is ahead of its branch is recognised by its tree (`standsAt`) and kept,
 * while one that is behind could not be told from the operator's own undoing of the merge.
 */
import { MusherError, musherError } from '../../base/result.ts';
import type { MergeFacts } from '../../features/approvals/ports.ts';
import { askText, askYes, findCommit, treeOf } from './ask.ts';
import { type Checkout, findCheckouts } from './checkouts.ts';
import { requireTarget } from './examine.ts';
import { checkOutIntegration } from './integration-worktree.ts';
import { type MergeAsk, makeResult } from './merge-result.ts';
import { findNoted, noteMerge } from './merge-notes.ts';
import { moveTarget, requireMovable } from './move-target.ts';
import type { RepositoryContext } from './repository-context.ts';

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
    await requirePinned(context, ask);
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
  const { target } = ask.pin;
  const from = await requireTarget(context, target);
  const [checkouts, done] = await Promise.all([
    findCheckouts(context, target),
    findDone(context, ask, from),
  ]);
  if (done !== undefined) return reportDone(context, done, checkouts);
  const to = await makeResult(context, ask, from);
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

/** How the target got it already: by a merge of ours that was cut off, or by whatever brought the commit itself. */
async function findDone(
  context: RepositoryContext,
  { approval, pin }: MergeAsk,
  tip: string,
): Promise<{ from?: string; to: string } | undefined> {
  const cwd = context.repository.root;
  const args = ['merge-base', '--is-ancestor', pin.commit, tip];
  const [noted, isThere] = await Promise.all([
    findNoted(context, approval, tip),
    askYes(context.git, { cwd, args }),
  ]);
  if (noted !== undefined) return noted;
  return isThere ? { to: await findMergeCommit(context, pin.commit, tip) } : undefined;
}

/** A commit id fixes its tree; this refuses a pin that does not belong together. */
async function requirePinned(
  { git, repository }: RepositoryContext,
  { approval, pin }: MergeAsk,
): Promise<void> {
  const cwd = repository.root;
  const [commit, tree = 'nothing'] = await Promise.all([
    findCommit(git, cwd, pin.commit),
    treeOf(git, cwd, pin.commit).catch(() => undefined),
  ]);
  if (commit === undefined) throw musherError('COMMIT_UNKNOWN', { commit: pin.commit });
  if (commit === pin.commit && tree === pin.tree) return;
  throw musherError('APPROVAL_MOVED', { approval, what: 'tree', expected: pin.tree, found: tree });
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
