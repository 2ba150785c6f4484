/** Which commits of a branch a request asks for: where a range begins, where it stands, and with which requests it has nothing in common. */
import type { Pin, Place } from '../../../preload/contract/change-facts.ts';
import { isRange } from '../../../preload/contract/approval-range.ts';
import type { OpenRequest } from '../../features/approvals/ports.ts';
import { musherError } from '../../base/result.ts';
import { askText, findCommit, treeOf } from './ask.ts';
import { countCommits } from './commit-lines.ts';
import { isOnTarget } from './look-before-merge.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface RangeAsk {
  readonly commit: string;
  /** The commit before its first. */
  readonly from: string;
  readonly target: string;
}

/** What a range of this commit alone begins after; undefined of one without parents. Throws RANGE_HAS_MERGE. */
export async function parentOf(
  { git, repository }: RepositoryContext,
  { commit, target }: Omit<RangeAsk, 'from'>,
): Promise<string | undefined> {
  const args = ['rev-list', '--parents', '--max-count=1', commit, '--'];
  const text = await askText(git, { cwd: repository.root, args });
  const [, from, other] = text.split(' ');
  if (from !== undefined && other !== undefined)
    throw musherError('RANGE_HAS_MERGE', { from, commit, merge: commit, target });
  return from;
}

/** Throws RANGE_EMPTY, FROM_NOT_ANCESTOR. */
export async function requireBefore(
  context: RepositoryContext,
  { commit, from }: RangeAsk,
): Promise<void> {
  if (from === commit) throw musherError('RANGE_EMPTY', { from, commit, why: 'they are the same' });
  if (await isOnTarget(context, from, commit)) return;
  const isOtherWay = await isOnTarget(context, commit, from);
  const hint = isOtherWay ? ', it comes after it' : ': it is on another line';
  throw musherError('FROM_NOT_ANCESTOR', { from, commit, hint });
}

/** Of commits that are put on top one by one. Throws RANGE_HAS_MERGE, RANGE_EMPTY. */
export async function requireReplayable(
  { git, repository }: RepositoryContext,
  { commit, from, target }: RangeAsk,
): Promise<void> {
  const cwd = repository.root;
  const args = ['rev-list', '--merges', '--max-count=1', `${from}..${commit}`, '--'];
  const merge = await askText(git, { cwd, args });
  if (merge !== '') throw musherError('RANGE_HAS_MERGE', { from, commit, merge, target });
  const [before, after] = await Promise.all([treeOf(git, cwd, from), treeOf(git, cwd, commit)]);
  const why = 'together they change no file';
  if (before === after) throw musherError('RANGE_EMPTY', { from, commit, why });
}

/** Among the commits that the branch has since it left the target. */
export async function placeOf(
  context: RepositoryContext,
  { fork, base, branch }: { readonly fork: string; readonly base: string; readonly branch: string },
): Promise<Place> {
  const { git, repository } = context;
  const tip = await findCommit(git, repository.root, `refs/heads/${branch}`);
  const [before, of] = await Promise.all([
    base === fork ? 0 : countCommits(context, [`${fork}..${base}`]),
    countCommits(context, [`${fork}..${tip ?? base}`]),
  ]);
  return { before, of };
}

/** Requests that share no commit with this one: all of one lies before the other begins. */
export async function findBeside(
  context: RepositoryContext,
  pin: Pin,
  open: readonly OpenRequest[],
): Promise<string[]> {
  const isAllBefore = async (one: Pin, other: Pin) =>
    isRange(other) && (await isOnTarget(context, one.commit, other.base));
  const beside: string[] = [];
  for (const { approval, pin: other } of open)
    if ((await isAllBefore(other, pin)) || (await isAllBefore(pin, other))) beside.push(approval);
  return beside;
}
