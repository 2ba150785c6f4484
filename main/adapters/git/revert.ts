/** A commit that takes a merge back, on top of the target as it is now; what came later stays. Made of objects alone. */
import type { RequestFacts, Review } from '../../features/approvals/ports.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { MusherError, musherError } from '../../base/result.ts';
import { askText, askYes, treeOf } from './ask.ts';
import { commitTree, musherIdentity } from './commit-tree.ts';
import { factsOf, requireTarget } from './examine.ts';
import { mergeTrees } from './merge-trees.ts';
import type { RepositoryContext } from './repository-context.ts';
import { subjectOf } from './trailers.ts';

type RevertAsk = Parameters<Review['revert']>[0];

/** See `Review.revert`. */
export async function revert(context: RepositoryContext, ask: RevertAsk): Promise<RequestFacts> {
  const { git, repository } = context;
  const cwd = repository.root;
  const { approval, mergeCommit, pin } = ask;
  const { target } = pin;
  const tip = await requireTarget(context, target);
  const args = ['merge-base', '--is-ancestor', mergeCommit, tip];
  const isThere = await askYes(git, { cwd, args: args }).catch(() => false);
  if (!isThere) throw musherError('UNDO_LOST', { approval, commit: mergeCommit, target });
  const before = ask.from ?? (await heldBefore(context, ask));
  // As if somebody had gone back right after the merge: what both have in common is then the merge itself.
  const back = await commitTree(git, cwd, {
    ...{ tree: await treeOf(git, cwd, before), parents: [mergeCommit] },
    ...{ message: 'musher: back', by: musherIdentity },
  });
  const { tree, conflicts } = await mergeTrees(git, cwd, { ours: tip, theirs: back });
  if (conflicts.length > 0) throw conflicted(ask, conflicts);
  if (tree === (await treeOf(git, cwd, tip))) throw musherError('UNDO_EMPTY', { approval, target });
  const message = messageOf(ask);
  const commit = await commitTree(git, cwd, { tree, parents: [tip], message });
  return factsOf(context, { base: tip, commit, target });
}

/** For merges of before it was noted: the first parent of a merge, else what the commit was shown against. */
async function heldBefore(
  { git, repository }: RepositoryContext,
  { mergeCommit, pin }: RevertAsk,
): Promise<string> {
  if (mergeCommit === pin.commit) return pin.base;
  const args = ['rev-parse', '--verify', '--end-of-options', `${mergeCommit}^1`];
  return askText(git, { cwd: repository.root, args });
}

function messageOf({ approval, title, subject, mergeCommit }: RevertAsk): string {
  const what = subjectOf(title, mergeCommit.slice(0, 10));
  return `${subjectOf(subject, 'Undo')}\n\nTakes back ${mergeCommit} (${what}).\n\nMusher-Undoes: ${approval}\n`;
}

function conflicted({ approval, pin, mergeCommit }: RevertAsk, files: readonly string[]) {
  const { target } = pin;
  const count = files.length;
  const params = { approval, target, count, files: files.join(', '), commit: mergeCommit };
  const wire = toWireError('UNDO_CONFLICTED', params);
  return new MusherError({ ...wire, details: { ...params, files: [...files] } });
}
