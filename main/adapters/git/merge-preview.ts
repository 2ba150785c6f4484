/** What a merge would come to as its target stands now, from objects alone. */
import { previewFiles } from '../../../preload/contract/approval-lifecycle.ts';
import { isRange } from '../../../preload/contract/approval-range.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { MusherError, musherError } from '../../base/result.ts';
import type { MergePreviews, RangeFit } from '../../features/approvals/ports.ts';
import { askList, askText, findCommit, treeOf } from './ask.ts';
import { requireTarget } from './examine.ts';
import { findMergeBase } from './merge-base.ts';
import { mergeTrees } from './merge-trees.ts';
import { rangeFit } from './range-tree.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff } from './run.ts';

type Preview = Awaited<ReturnType<MergePreviews['preview']>>;
type Merge = Pick<Preview, 'outcome' | 'files' | 'fileCount'>;

/** Of the newest; each is a few names. */
const mostKnown = 200;

export function createMergePreviews(context: RepositoryContext): MergePreviews {
  /** A commit and where the target is never change what comes of them. Oldest first. */
  const known = new Map<string, Preview>();
  const remember = (key: string, preview: Preview): Preview => {
    known.delete(key);
    known.set(key, preview);
    const [oldest] = known.keys();
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
    return preview;
  };
  return {
    async preview({ pin, signal }) {
      const under = { ...context, git: callableOff(context.git, signal) };
      const tip = await requireTarget(under, pin.target);
      const key = [tip, pin.commit, pin.base, pin.fork, pin.target].join(' ');
      return remember(key, known.get(key) ?? (await look(under, pin, tip)));
    },
  };
}

async function look(context: RepositoryContext, pin: Pin, tip: string): Promise<Preview> {
  const { git, repository } = context;
  const { commit, target, base } = pin;
  const cwd = repository.root;
  if ((await findCommit(git, cwd, commit)) === undefined)
    throw musherError('COMMIT_UNKNOWN', { commit });
  const fit: RangeFit = isRange(pin) ? await rangeFit(context, { pin, tip }) : { isApart: false };
  const { isApart, unfit } = fit;
  // Of what comes before such a range the target has nothing: it stands to where the branch began.
  const since = isApart ? (pin.fork ?? base) : base;
  const args = ['rev-list', '--left-right', '--count', `${tip}...${since}`, '--'];
  const [from, counts] = await Promise.all([
    findMergeBase(context, tip, commit),
    askText(git, { cwd, args }),
  ]);
  const [ahead = 0, behind = 0] = counts.split('\t').map(Number);
  if (from === undefined) throw musherError('COMMIT_UNRELATED', { commit, target });
  const facts = { commit, target, tip, ahead, behind, isForward: from === tip };
  if (from === commit) return { ...facts, outcome: 'merged', files: [], fileCount: 0 };
  if (isApart) return { ...facts, isForward: false, isApart, ...rangeMerge(unfit) };
  return { ...facts, ...(await mergeOf(context, { commit, base, tip })) };
}

/** Of a range that is put on top by itself: exactly what was shown, or nothing. */
function rangeMerge(unfit: WireError | undefined): Merge {
  if (unfit === undefined) return named('clean', []);
  const { code, details = {} } = unfit;
  const { files } = details;
  if (code === 'RANGE_CONFLICTED' && Array.isArray(files)) return named('conflicts', files);
  if (code === 'COMMIT_EMPTY') return named('empty', []);
  throw new MusherError(unfit);
}

interface Sides {
  readonly commit: string;
  readonly base: string;
  readonly tip: string;
}

async function mergeOf(context: RepositoryContext, { commit, base, tip }: Sides): Promise<Merge> {
  const { git, repository } = context;
  const cwd = repository.root;
  const { tree, conflicts } = await mergeTrees(git, cwd, { ours: tip, theirs: commit });
  if (conflicts.length > 0) return named('conflicts', conflicts);
  const [held, own] = await Promise.all([treeOf(git, cwd, tip), treeOf(git, cwd, commit)]);
  if (tree === held) return named('empty', []);
  if (tree === own && base === tip) return named('clean', []);
  const [shown, other, brought] = await Promise.all([
    changedPaths(context, base, commit),
    changedPaths(context, commit, tree),
    changedPaths(context, tip, tree),
  ]);
  const inDiff = new Set(shown);
  const unlike = new Set(other);
  // Files of the diff that come out otherwise, and files that the merge changes and the diff does not: renamed on one side.
  const files = [
    ...shown.filter((path) => unlike.has(path)),
    ...brought.filter((path) => !inDiff.has(path)),
  ];
  return named(files.length === 0 ? 'clean' : 'differs', files.sort());
}

function named(outcome: Merge['outcome'], files: readonly string[]): Merge {
  return { outcome, files: files.slice(0, previewFiles), fileCount: files.length };
}

function changedPaths(
  { git, repository }: RepositoryContext,
  from: string,
  to: string,
): Promise<string[]> {
  const args = ['diff-tree', '-r', '--no-renames', '--name-only', '-z', from, to, '--'];
  return askList(git, { cwd: repository.root, args });
}
