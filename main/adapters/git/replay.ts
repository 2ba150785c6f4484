/**
 * Puts commits on top of a target one by one, in objects alone. Each keeps its author, date and message. What comes out
 * has the tree that all of them together lead to, or is refused: otherwise something else would be merged than was shown.
 */
import { musherError } from '../../base/result.ts';
import { commitTree, musherIdentity } from './commit-tree.ts';
import { conflicted } from './conflicted.ts';
import type { MergeResult, ResultAsk } from './merge-result.ts';
import { mergeTrees } from './merge-trees.ts';
import { type RangeCommit, readRange } from './range-commits.ts';
import { mostCommits } from './relation.ts';
import type { RepositoryContext } from './repository-context.ts';
import { withTrailers } from './trailers.ts';

/** More are no rebase that anybody has looked at; each takes git 20 ms. */
const most = 500;

/** Throws REBASE_CONFLICTED, REBASE_UNFIT; of a range RANGE_CONFLICTED, RANGE_UNFIT. */
export async function replay(context: RepositoryContext, ask: ResultAsk): Promise<MergeResult> {
  const { pin, from, after, tree, held } = ask;
  const { git, repository } = context;
  const cwd = repository.root;
  const commits = await readRange(context, { from: after, to: pin.commit, most: most + 1 });
  const unfit = (why: string) =>
    musherError(isApart(ask) ? 'RANGE_UNFIT' : 'REBASE_UNFIT', {
      commit: pin.commit,
      target: pin.target,
      why,
    });
  if (commits.length > most) throw unfit(`it has more than ${most} commits`);
  const merge = commits.find(({ parents }) => parents.length !== 1);
  if (merge !== undefined)
    throw unfit(`${merge.id} is a merge commit, which a rebase would take apart`);
  const made = [from];
  let at = held;
  for (const commit of commits) {
    const next = await pick(context, { ask, commit, at });
    // The target has that change already.
    if (next === at) continue;
    const { author, message } = commit;
    const said = withTrailers(message, ask);
    const parents = made.slice(-1);
    made.push(await commitTree(git, cwd, { tree: next, parents, message: said, author }));
    at = next;
  }
  if (at !== tree) throw unfit('one by one they lead to other files than together');
  const [, ...own] = made;
  own.reverse();
  return { to: own[0] ?? from, commits: own.slice(0, mostCommits) };
}

interface Pick {
  readonly ask: ResultAsk;
  readonly commit: RangeCommit;
  /** Tree that it is put on. */
  readonly at: string;
}

/** Its change made to another tree: a merge with a commit that has this tree and the same parent, so that the parent is the base. */
async function pick(
  { git, repository }: RepositoryContext,
  { ask, commit: { id, parents }, at }: Pick,
): Promise<string> {
  const { pin } = ask;
  const cwd = repository.root;
  // Nobody ever sees it.
  const by = musherIdentity;
  const ours = await commitTree(git, cwd, { tree: at, parents, message: 'musher: pick', by });
  const { tree, conflicts } = await mergeTrees(git, cwd, { ours, theirs: id });
  if (conflicts.length > 0)
    throw conflicted(
      isApart(ask) ? 'RANGE_CONFLICTED' : 'REBASE_CONFLICTED',
      { ...pin, commit: id },
      conflicts,
    );
  return tree;
}

/** What comes before it on its branch is not put on top along with it. */
function isApart({ after, from }: ResultAsk): boolean {
  return after !== from;
}
