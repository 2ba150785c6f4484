/** The git side of reviews: what was reviewed before, lines that are asked for, and where lines went. */
import type { ReviewDiffs } from '../../features/reviews/ports.ts';
import { type Diff, type DiffRange, listPaths, readDiff } from './diff.ts';
import { listGenerated } from './generated.ts';
import { readHunksBetween } from './line-hunks.ts';
import { mergeTrees } from './merge-trees.ts';
import { quoteLines } from './quote-lines.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff } from './run.ts';

export function createReviewDiffs(context: RepositoryContext): ReviewDiffs {
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(context.git, signal),
  });
  return {
    quote: ({ signal, ...ask }) => quoteLines(under(signal), ask),
    since: ({ signal, ...ask }) => readSince(under(signal), ask),
    hunks: ({ signal, ...ask }) => readHunksBetween(under(signal), ask),
    async file({ signal, pin, path, oldPath, lines }) {
      const only = oldPath === undefined ? [path] : [path, oldPath];
      const range = { base: pin.base, commit: pin.commit, only };
      const { patch, truncated } = await readDiff(under(signal), range, { contextLines: lines });
      return { patch, truncated };
    },
    generated: ({ signal, pin }) => listGenerated(under(signal), pin),
  };
}

type SinceAsk = Omit<Parameters<ReviewDiffs['since']>[0], 'signal'>;
type Since = Awaited<ReturnType<ReviewDiffs['since']>>;

/** On another base, what was reviewed is first put onto the new one: what the target brought is not the agent's work. */
async function readSince(context: RepositoryContext, { before, pin }: SinceAsk): Promise<Since> {
  const { git, repository } = context;
  if (before.base === pin.base)
    return compare(context, 'same-base', { base: before.commit, commit: pin.commit });
  const sides = { ours: pin.base, theirs: before.commit };
  const { tree, conflicts } = await mergeTrees(git, repository.root, sides);
  if (conflicts.length === 0)
    return compare(context, 'rebased', { base: tree, commit: pin.commit });
  const changed = await Promise.all([listPaths(context, before), listPaths(context, pin)]);
  const only = [...new Set(changed.flat())];
  return compare(context, 'conflicts', { base: before.commit, commit: pin.commit, only });
}

async function compare(
  context: RepositoryContext,
  how: Since['how'],
  range: DiffRange,
): Promise<Since> {
  const [diff, paths] = await Promise.all([readDiff(context, range), listPaths(context, range)]);
  return { how, paths, ...shownOf(diff) };
}

function shownOf({ patch, truncated, files, additions, deletions }: Diff) {
  return { patch, truncated, files: [...files], additions, deletions };
}
