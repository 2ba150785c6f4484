/** The git side of reviews: what was reviewed before, lines that are asked for, and where lines went. */
import type { ReviewDiffs } from '../../features/reviews/ports.ts';
import { MusherError } from '../../base/result.ts';
import { askYes, findCommit } from './ask.ts';
import { type Diff, type DiffRange, listPaths, readDiff } from './diff.ts';
import { resolveCommit } from './examine.ts';
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
    async file({ signal, pin, before, path, oldPath, lines }) {
      const own = under(signal);
      const only = oldPath === undefined ? [path] : [path, oldPath];
      const whole = before === undefined ? pin : (await rangeSince(own, { before, pin })).range;
      const range = { base: whole.base, commit: whole.commit, only };
      const { patch, truncated } = await readDiff(own, range, { contextLines: lines });
      return { patch, truncated };
    },
    doubt: ({ signal, ...ask }) => doubtOf(under(signal), ask),
    generated: ({ signal, pin }) => listGenerated(under(signal), pin),
  };
}

type DoubtAsk = Omit<Parameters<ReviewDiffs['doubt']>[0], 'signal'>;

async function doubtOf(
  context: RepositoryContext,
  { commit, branch }: DoubtAsk,
): ReturnType<ReviewDiffs['doubt']> {
  const { git, repository } = context;
  const cwd = repository.root;
  const id = await resolveCommit(context, commit).catch((error: unknown) => {
    const isNone = error instanceof MusherError && /^COMMIT_/.test(error.wire.code);
    if (isNone) return undefined;
    throw error;
  });
  if (id === undefined) return 'unknown';
  const tip = await findCommit(git, cwd, `refs/heads/${branch}`);
  if (tip === undefined) return 'elsewhere';
  const args = ['merge-base', '--is-ancestor', id, tip];
  return (await askYes(git, { cwd, args })) ? undefined : 'elsewhere';
}

type SinceAsk = Omit<Parameters<ReviewDiffs['since']>[0], 'signal'>;
type Since = Awaited<ReturnType<ReviewDiffs['since']>>;

/** On another base, what was reviewed is first put onto the new one: what the target brought is not the agent's work. */
async function rangeSince(
  context: RepositoryContext,
  { before, pin }: SinceAsk,
): Promise<{ how: Since['how']; range: DiffRange }> {
  const { git, repository } = context;
  const { commit } = pin;
  if (before.base === pin.base) return { how: 'same-base', range: { base: before.commit, commit } };
  const sides = { ours: pin.base, theirs: before.commit };
  const { tree, conflicts } = await mergeTrees(git, repository.root, sides);
  if (conflicts.length === 0) return { how: 'rebased', range: { base: tree, commit } };
  const changed = await Promise.all([listPaths(context, before), listPaths(context, pin)]);
  const only = [...new Set(changed.flat())];
  return { how: 'conflicts', range: { base: before.commit, commit, only } };
}

async function readSince(context: RepositoryContext, ask: SinceAsk): Promise<Since> {
  const { how, range } = await rangeSince(context, ask);
  const [diff, paths] = await Promise.all([readDiff(context, range), listPaths(context, range)]);
  return { how, paths, ...shownOf(diff) };
}

function shownOf({ patch, truncated, files, additions, deletions }: Diff) {
  return { patch, truncated, files: [...files], additions, deletions };
}
