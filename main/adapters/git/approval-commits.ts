/** The commits that an approval asks for, those around them on its branch, and what one of them changes by itself. */
import type { Pin } from '../../../preload/contract/change-facts.ts';
import type { CommitLine as Line } from '../../features/approvals/ports.ts';
import { musherError } from '../../base/result.ts';
import { findCommit } from './ask.ts';
import { readCommitLines } from './commit-lines.ts';
import { type Diff, readDiff } from './diff.ts';
import { emptyTreeLike } from './empty-tree.ts';
import { resolveCommit } from './examine.ts';
import { isOnTarget } from './look-before-merge.ts';
import type { RepositoryContext } from './repository-context.ts';

/** The newest ones; a review of more is no review. */
const mostCommits = 250;

/** See `Review.commits`. A branch that went elsewhere has no later ones. */
export async function readAround(
  context: RepositoryContext,
  { pin, branch }: { readonly pin: Pin; readonly branch?: string | undefined },
): Promise<{ commits: Line[]; earlier: Line[]; later: Line[] }> {
  const { git, repository } = context;
  const { base, commit, fork } = pin;
  const tip =
    branch === undefined
      ? undefined
      : await findCommit(git, repository.root, `refs/heads/${branch}`);
  const goesOn = tip !== undefined && tip !== commit && (await isOnTarget(context, commit, tip));
  const [commits, earlier, later] = await Promise.all([
    readLines(context, base, commit),
    fork === undefined ? [] : readLines(context, fork, base),
    goesOn ? readLines(context, commit, tip) : [],
  ]);
  return { commits, earlier, later };
}

async function readLines(context: RepositoryContext, from: string, to: string): Promise<Line[]> {
  const lines = await readCommitLines(context, { range: [to, `^${from}`], limit: mostCommits });
  return lines.map(lineOf);
}

function lineOf(line: Awaited<ReturnType<typeof readCommitLines>>[number]): Line {
  const { commit, subject, author, committedMs: atMs } = line;
  return { commit, subject, author, atMs };
}

interface AloneAsk {
  readonly approval: string;
  readonly pin: Pin;
  readonly commit: string;
}

/** See `Review.alone`. */
export async function readAlone(
  context: RepositoryContext,
  { approval, pin, commit: digits }: AloneAsk,
): Promise<{ line: Line; diff: Diff }> {
  const commit = await resolveCommit(context, digits);
  const isAsked =
    (await isOnTarget(context, commit, pin.commit)) &&
    !(await isOnTarget(context, commit, pin.base));
  const [line] = isAsked ? await readCommitLines(context, { range: [commit], limit: 1 }) : [];
  if (line === undefined) throw musherError('COMMIT_NOT_ASKED', { commit, approval });
  const base = line.parents[0] ?? emptyTreeLike(commit);
  return { line: lineOf(line), diff: await readDiff(context, { base, commit }) };
}
