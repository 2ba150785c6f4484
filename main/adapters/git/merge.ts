/**
 * Brings one approved commit onto its target branch. In this order, so that a crash anywhere is mended by asking again:
 *
 *   result (objects only) -> checked out in the integration worktree, gates -> files of the target's checkouts ->
 *   the branch, by compare-and-swap
 *
 * Files go before the branch: a checkout that is ahead of its branch is recognised by its tree (`standsAt`) and kept,
 * while one that is behind could not be told from the operator's own undoing of the merge.
 */
import { musherError } from '../../base/result.ts';
import { askText, askYes, findCommit, treeOf } from './ask.ts';
import { type Checkout, findCheckouts } from './checkouts.ts';
import { requireTarget } from './examine.ts';
import { checkOutIntegration } from './integration-worktree.ts';
import { type MergeAsk, makeResult } from './merge-result.ts';
import { moveTarget, requireMovable } from './move-target.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface Merged {
  readonly mergeCommit: string;
  readonly checkoutUpdated: boolean;
}

/** Looks at the checked out merge result before the branch moves; what it throws ends the merge. */
export type Gate = (checkout: { readonly path: string; readonly commit: string }) => Promise<void>;

export interface MergeContext extends RepositoryContext {
  readonly gate?: Gate | undefined;
}

/** See `Review.merge`. Merges of one repository run one after another. */
export function merge(context: MergeContext, ask: MergeAsk): Promise<Merged> {
  const { git, repository } = context;
  return git.exclusive(`merge ${repository.commonDir}`, () => mergeAlone(context, ask));
}

async function mergeAlone(context: MergeContext, ask: MergeAsk): Promise<Merged> {
  const { pin } = ask;
  const cwd = context.repository.root;
  await requirePinned(context, ask);
  const from = await requireTarget(context, pin.target);
  const checkouts = await findCheckouts(context, pin.target);
  const args = ['merge-base', '--is-ancestor', pin.commit, from];
  if (await askYes(context.git, { cwd, args })) {
    return report(await findMergeCommit(context, pin.commit, from), checkouts);
  }
  const to = await makeResult(context, ask, from);
  const waiting = await requireMovable(context, {
    ...{ target: pin.target, updateCheckout: ask.updateCheckout },
    ...{ checkouts, to },
  });
  await ask.check?.({ commit: to, from });
  const path = await checkOutIntegration(context, to);
  await context.gate?.({ path, commit: to });
  const reason = `musher: merge ${ask.approval}`;
  await moveTarget(context, { target: pin.target, reason, from, to, waiting });
  return { mergeCommit: to, checkoutUpdated: checkouts.length > 0 };
}

/** A commit id fixes its tree; this refuses a pin that does not belong together. */
async function requirePinned(
  { git, repository }: RepositoryContext,
  { approval, pin }: MergeAsk,
): Promise<void> {
  const commit = await findCommit(git, repository.root, pin.commit);
  if (commit === undefined) throw musherError('COMMIT_UNKNOWN', { commit: pin.commit });
  const tree = await treeOf(git, repository.root, commit);
  if (commit === pin.commit && tree === pin.tree) return;
  throw musherError('APPROVAL_MOVED', { approval, what: 'tree', expected: pin.tree, found: tree });
}

function report(mergeCommit: string, checkouts: readonly Checkout[]): Merged {
  const isUpdated = checkouts.length > 0 && checkouts.every((checkout) => checkout.clean);
  return { mergeCommit, checkoutUpdated: isUpdated };
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
