/** The git side of approvals. */
import type { Review } from '../../features/approvals/ports.ts';
import { musherError } from '../../base/result.ts';
import { advance } from './advance.ts';
import { readAlone, readAround } from './approval-commits.ts';
import { readPictures, withSizes } from './binaries.ts';
import { findCheckoutsOf } from './checkouts.ts';
import { type Diff, readDiff } from './diff.ts';
import { examine, requireTarget } from './examine.ts';
import { readHeld } from './held-refs.ts';
import { type MergeContext, merge } from './merge.ts';
import { forgetNote } from './merge-notes.ts';
import { findRelated, pinCommit, sweepPins } from './pins.ts';
import { push } from './push.ts';
import { rangeFit } from './range-tree.ts';
import type { RepositoryContext } from './repository-context.ts';
import { revert } from './revert.ts';
import { callableOff } from './run.ts';
import { listTreeChanges } from './tree-changes.ts';
import { findUnpublished } from './unpublished.ts';

/** `gate`, when given, sees the checked out merge result before the branch moves. */
export function createReview(context: MergeContext): Review {
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(context.git, signal),
  });
  return {
    examine: (ask) => examine(under(ask.signal), ask),
    pin: (approval, commit) => pinCommit(context, approval, commit),
    sweepPins: (ask) => sweepPins(under(ask.signal), ask),
    diff: (ask) => showDiff(under(ask.signal), ask),
    async alone({ signal, ...ask }) {
      const { line, diff } = await readAlone(under(signal), ask);
      const { additions, deletions } = diff;
      return { ...(await shownOf(under(signal), diff)), alone: { ...line, additions, deletions } };
    },
    commits: ({ signal, ...ask }) => readAround(under(signal), ask),
    changes: (ask) => listTreeChanges(under(ask.signal), ask),
    async fits({ pin, signal }) {
      const tip = await requireTarget(under(signal), pin.target);
      return rangeFit(under(signal), { pin, tip });
    },
    pictures: ({ pin, path, signal }) => readPictures(under(signal), { ...pin, path }),
    submodules: ({ pin, agent, signal }) =>
      findUnpublished(under(signal), { ...pin, agent, signal }),
    target: ({ pin, signal }) => lookAtTarget(under(signal), pin),
    related: (ask) => findRelated(under(ask.signal), ask),
    merge: (ask) => merge(under(ask.signal), ask),
    forgetResult: (approval) => forgetNote(context, approval),
    revert: (ask) => revert(under(ask.signal), ask),
    push: (ask) => push(under(ask.signal), ask),
    advance: (ask) => advance(under(ask.signal), ask),
  };
}

async function showDiff(
  context: RepositoryContext,
  { approval, pin }: Parameters<Review['diff']>[0],
): ReturnType<Review['diff']> {
  const diff = await readDiff(context, pin);
  if (diff.hash !== pin.diffHash) {
    const params = { approval, what: 'diff', expected: pin.diffHash, found: diff.hash };
    throw musherError('APPROVAL_MOVED', params);
  }
  return shownOf(context, diff);
}

async function shownOf(context: RepositoryContext, diff: Diff): ReturnType<Review['diff']> {
  const files = await withSizes(context, diff);
  return { patch: diff.patch, truncated: diff.truncated, files };
}

/** Moved means that the target holds something which the pinned commit was not made on. */
async function lookAtTarget(
  context: RepositoryContext,
  pin: Parameters<Review['target']>[0]['pin'],
): ReturnType<Review['target']> {
  const { target } = pin;
  const branch = `refs/heads/${target}`;
  const held = (await readHeld(context, [branch])).get(branch);
  if (held === undefined) throw musherError('TARGET_UNKNOWN', { target });
  const [checkout] = await findCheckoutsOf(context, target, held);
  const moved = held.commit !== (pin.fork ?? pin.base);
  return checkout === undefined ? { moved } : { moved, checkout };
}
