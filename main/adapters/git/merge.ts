/**
 * Brings one approved commit onto its target branch. In this order, so that a crash anywhere is mended by asking again:
 *
 *   result (objects only) -> gates, if any, on it in the integration worktree -> note of what is about to be ->
 *   files of the target's checkouts -> the branch, by compare-and-swap
 *
 * Each arrow is a wait for git, so what needs nothing of another runs beside it, and where there are no files to bring
 * along, note and branch are one transaction.
 *
 * Files go before the branch: a checkout that is ahead of its branch is recognised by its tree (`standsAt`) and kept,
 * while one that is behind could not be told from the operator's own undoing of the merge.
 */
import { MusherError } from '../../base/result.ts';
import { together } from '../../base/side-by-side.ts';
import type { MergeFacts } from '../../features/approvals/ports.ts';
import { askText } from './ask.ts';
import { type Checkout, findCheckoutsOf } from './checkouts.ts';
import { checkOutIntegration } from './integration-worktree.ts';
import { type MergeAsk, makeResult, type MergeResult } from './merge-result.ts';
import { noteMerge, notesOf } from './merge-notes.ts';
import { moveTarget, requireMovable } from './move-target.ts';
import { listCommits } from './relation.ts';
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
  const { approval, pin, updateCheckout } = ask;
  const { target } = pin;
  const before = await lookBefore(context, ask);
  const [checkouts, made] = await together(
    findCheckoutsOf(context, target, before.target),
    prepare(context, ask, before),
  );
  if (!('commits' in made)) return reportDone(context, made, checkouts);
  const { from, to, commits } = made;
  const waiting = await requireMovable(context, { target, updateCheckout, checkouts, to });
  await ask.check?.({ commit: to, from });
  if (context.gate !== undefined) {
    const path = await checkOutIntegration(context, to);
    await context.gate({ path, commit: to });
  }
  const reason = `musher: merge ${approval}`;
  // Where files go before the branch, the note goes before them.
  if (waiting.length > 0) await noteMerge(context, approval, made);
  const along = waiting.length > 0 ? [] : notesOf(approval, made);
  await moveTarget(context, { target, reason, from, to, waiting, along });
  return {
    ...{ mergeCommit: to, checkoutUpdated: checkouts.length > 0 },
    ...{ from, commits: [...commits] },
  };
}

interface Done {
  /** Unknown where somebody else's merge brought the commit. */
  readonly from?: string;
  readonly to: string;
}

/** What the target is to become, or how it came to have the commit. */
async function prepare(
  context: MergeContext,
  ask: MergeAsk,
  { target: { commit: from, tree: held }, note }: Awaited<ReturnType<typeof lookBefore>>,
): Promise<Done | (MergeResult & { readonly from: string })> {
  // A merge of ours that was cut off before it could say so.
  if (note !== undefined && (await isOnTarget(context, note.to, from))) return note;
  const made = await makeResult(context, { ...ask, from, held });
  if (made !== undefined) return { ...made, from };
  return { to: await findMergeCommit(context, ask.pin.commit, from) };
}

async function reportDone(
  context: RepositoryContext,
  { from, to }: Done,
  checkouts: readonly Checkout[],
): Promise<MergeFacts> {
  const checkoutUpdated = checkouts.length > 0 && checkouts.every(({ clean }) => clean);
  const merged = { mergeCommit: to, checkoutUpdated };
  return from === undefined
    ? merged
    : { ...merged, from, commits: await listCommits(context, { from, to }) };
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
