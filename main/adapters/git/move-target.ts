/** Moves a branch and the checkouts that are on it, all or nothing. */
import { musherError } from '../../base/result.ts';
import { treeOf } from './ask.ts';
import { bringAlong, type Step } from './bring-along.ts';
import { type Checkout, standsAt } from './checkouts.ts';
import { moveRef, readRef, type RefMove } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface MovableAsk {
  readonly target: string;
  /** Checkouts may be brought along. */
  readonly updateCheckout: boolean;
  readonly checkouts: readonly Checkout[];
  readonly to: string;
}

/** The checkouts whose files are still to be brought along. Throws TARGET_CHECKED_OUT, TARGET_DIRTY. */
export async function requireMovable(
  context: RepositoryContext,
  { target, updateCheckout, checkouts, to }: MovableAsk,
): Promise<string[]> {
  const waiting: string[] = [];
  for (const { path, clean } of checkouts) {
    const where = { target, path };
    if (!updateCheckout) throw musherError('TARGET_CHECKED_OUT', where);
    if (!clean) {
      const tree = await treeOf(context.git, context.repository.root, to);
      if (await standsAt(context, path, tree)) continue;
      throw musherError('TARGET_DIRTY', where);
    }
    waiting.push(path);
  }
  return waiting;
}

export interface Move {
  readonly target: string;
  /** For the reflog. */
  readonly reason: string;
  readonly from: string;
  readonly to: string;
  readonly waiting: readonly string[];
  /** Written with the branch. */
  readonly along?: RefMove['along'];
}

/** Throws TARGET_MOVED or TARGET_DIRTY, with files and branch as they were. */
export async function moveTarget(
  context: RepositoryContext,
  { target, reason, from, to, waiting, along }: Move,
): Promise<void> {
  const { git, repository } = context;
  const done: string[] = [];
  try {
    for (const path of waiting) {
      await bringAlong(context, path, { target, from, to });
      done.push(path);
    }
    const ref = `refs/heads/${target}`;
    if (await moveRef(git, repository.root, { ref, from, to, reason, along })) return;
    const found = (await readRef(git, repository.root, ref)) ?? 'nothing';
    throw musherError('TARGET_MOVED', { target, expected: from, found });
  } catch (error) {
    for (const path of done) await putBack(context, path, { target, from: to, to: from });
    throw error;
  }
}

/** Unless the operator committed there meanwhile, with what was brought along. */
async function putBack(context: RepositoryContext, path: string, step: Step): Promise<void> {
  const tree = await treeOf(context.git, context.repository.root, `refs/heads/${step.target}`);
  if (await standsAt(context, path, tree)) return;
  await bringAlong(context, path, step);
}
