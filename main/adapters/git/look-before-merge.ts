/** How things stand before a merge: what the target holds and where, whether the pin is whole, and what a former try had noted. */
import { musherError } from '../../base/result.ts';
import { askText, askYes } from './ask.ts';
import { type HeldRef, readHeld } from './held-refs.ts';
import type { MergeAsk } from './merge-result.ts';
import { type MergeNote, noteRefs } from './merge-notes.ts';
import { pinCommit, pinRef } from './pins.ts';
import type { RepositoryContext } from './repository-context.ts';

interface Before {
  readonly target: HeldRef;
  /** What a former try was about to do. */
  readonly note: MergeNote | undefined;
}

/**
 * All at once: each git that is started stands between the yes and the merge. A commit id fixes its tree, and a pin that
 * does not belong together is refused. What is not kept by a ref yet is, from here on.
 */
export async function lookBefore(context: RepositoryContext, ask: MergeAsk): Promise<Before> {
  const { approval, pin } = ask;
  const branch = `refs/heads/${pin.target}`;
  const own = pinRef(approval);
  const [noteFrom, noteTo] = noteRefs(approval);
  const held = await readHeld(context, [branch, own, noteFrom, noteTo]);
  const kept = held.get(own);
  if (kept?.commit !== pin.commit) {
    requireTree(ask, await readTree(context, pin.commit));
    await pinCommit(context, approval, pin.commit);
  } else requireTree(ask, kept.tree);
  const target = held.get(branch);
  if (target === undefined) throw musherError('TARGET_UNKNOWN', { target: pin.target });
  const [from, to] = [held.get(noteFrom)?.commit, held.get(noteTo)?.commit];
  const isNoted = from !== undefined && to !== undefined;
  return { target, note: isNoted ? { from, to } : undefined };
}

function requireTree({ approval, pin }: MergeAsk, found: string): void {
  if (found === pin.tree) return;
  throw musherError('APPROVAL_MOVED', { approval, what: 'tree', expected: pin.tree, found });
}

async function readTree({ git, repository }: RepositoryContext, commit: string): Promise<string> {
  const args = ['cat-file', '--batch-check=%(objectname)'];
  const input = `${commit}^{commit}\n${commit}^{tree}\n`;
  const [id, tree = ''] = (await askText(git, { cwd: repository.root, args, input })).split('\n');
  if (id !== commit) throw musherError('COMMIT_UNKNOWN', { commit });
  return tree;
}

/** `tip` has it in its history. */
export function isOnTarget(
  { git, repository }: RepositoryContext,
  commit: string,
  tip: string,
): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', commit, tip];
  return askYes(git, { cwd: repository.root, args });
}
