/** The git side of approvals. */
import type { CommitLine, Review } from '../../features/approvals/ports.ts';
import { musherError } from '../../base/result.ts';
import { advance } from './advance.ts';
import { askList } from './ask.ts';
import { readPictures, withSizes } from './binaries.ts';
import { findCheckouts } from './checkouts.ts';
import { readDiff } from './diff.ts';
import { examine, requireTarget } from './examine.ts';
import { type MergeContext, merge } from './merge.ts';
import { forgetNote } from './merge-notes.ts';
import { findRelated, pinCommit, sweepPins } from './pins.ts';
import { push } from './push.ts';
import type { RepositoryContext } from './repository-context.ts';
import { revert } from './revert.ts';
import { callableOff } from './run.ts';
import { findUnpublished } from './unpublished.ts';

/** The newest ones; a review of more is no review. */
const maxCommits = 250;

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
    pictures: ({ pin, path, signal }) => readPictures(under(signal), { ...pin, path }),
    submodules: ({ pin, agent, signal }) =>
      findUnpublished(under(signal), { ...pin, agent, signal }),
    target: ({ pin, signal }) => lookAtTarget(under(signal), pin),
    related: (ask) => findRelated(under(ask.signal), ask.commit),
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
  const [diff, commits] = await Promise.all([readDiff(context, pin), readCommits(context, pin)]);
  if (diff.hash !== pin.diffHash) {
    const params = { approval, what: 'diff', expected: pin.diffHash, found: diff.hash };
    throw musherError('APPROVAL_MOVED', params);
  }
  const files = await withSizes(context, diff);
  return { patch: diff.patch, truncated: diff.truncated, files, commits };
}

/** Newest first. */
async function readCommits(
  { git, repository }: RepositoryContext,
  { base, commit }: { readonly base: string; readonly commit: string },
): Promise<CommitLine[]> {
  const format = '--format=%H%x00%s%x00%an%x00%ct';
  const flags = ['-z', '--no-show-signature', '--no-color', '--no-mailmap', format];
  const args = ['log', ...flags, `--max-count=${maxCommits}`, `${base}..${commit}`, '--'];
  const fields = await askList(git, { cwd: repository.root, args });
  const lines: CommitLine[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [id = '', subject = '', author = '', seconds] = fields.slice(at, at + 4);
    lines.push({ commit: id, subject, author, atMs: Number(seconds) * 1000 });
  }
  return lines;
}

/** Moved means that the target holds something which the pinned commit was not made on. */
async function lookAtTarget(
  context: RepositoryContext,
  pin: Parameters<Review['target']>[0]['pin'],
): ReturnType<Review['target']> {
  const tip = await requireTarget(context, pin.target);
  const [checkout] = await findCheckouts(context, pin.target);
  const moved = tip !== pin.base;
  return checkout === undefined ? { moved } : { moved, checkout };
}
