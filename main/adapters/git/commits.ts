/** The git side of agents' commits: what a move of a branch brought and left behind, and what was committed elsewhere. */
import type { CommitFacts } from '../../../preload/contract/commit-facts.ts';
import { toldCommits } from '../../../preload/contract/commits.ts';
import { namedFilesOfCommit } from '../../../preload/contract/commit-facts.ts';
import type { BranchMove, CommitList, Commits, MoveFacts } from '../../features/commits/ports.ts';
import { findCommit } from './ask.ts';
import { type CommitLine, countCommits, readCommitLines } from './commit-lines.ts';
import { listChanges } from './diff.ts';
import { emptyTreeLike } from './empty-tree.ts';
import { keepLost, listLost } from './lost-commits.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff } from './run.ts';
import { findStrays } from './stray-commits.ts';

export function createCommits(context: RepositoryContext): Commits {
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(context.git, signal),
  });
  return {
    moved: ({ signal, ...move }) => readMove(under(signal), move),
    list: ({ signal, ...ask }) => list(under(signal), ask),
    strays: (ask) => findStrays(context, ask),
  };
}

async function readMove(context: RepositoryContext, move: BranchMove): Promise<MoveFacts> {
  const { git, repository } = context;
  const { to, others } = move;
  const from = await findCommit(git, repository.root, move.from);
  // What those have was told where it was made: a merge of the target brings nothing new.
  const known = others.map((branch) => `^refs/heads/${branch}`);
  const range = ['--ignore-missing', to, ...(from === undefined ? [] : [`^${from}`]), ...known];
  const lines = await readCommitLines(context, { range, limit: toldCommits });
  const total = lines.length < toldCommits ? lines.length : await countCommits(context, range);
  const commits: CommitFacts[] = [];
  for (const line of lines) commits.push(await withChanges(context, line));
  const lost = from === undefined ? undefined : await keepLost(context, { ...move, from });
  const more = total - lines.length;
  return { commits: commits.reverse(), more, ...(lost && { lost }) };
}

async function withChanges(context: RepositoryContext, line: CommitLine): Promise<CommitFacts> {
  const { parents, ...rest } = line;
  const [first] = parents;
  const base = first ?? emptyTreeLike(line.commit);
  const { files, fileCount, additions, deletions } = await listChanges(context, {
    base,
    commit: line.commit,
  });
  const named = files.slice(0, namedFilesOfCommit);
  return { ...rest, parents: parents.length, files: named, fileCount, additions, deletions };
}

async function list(
  context: RepositoryContext,
  { agent, branch, base, limit }: Omit<Parameters<Commits['list']>[0], 'signal'>,
): Promise<CommitList> {
  const { git, repository } = context;
  const cwd = repository.root;
  const tip = await findCommit(git, cwd, `refs/heads/${branch}`);
  const lost = await listLost(context, agent);
  if (tip === undefined) return { base: base.commit, commits: [], hasMore: false, lost };
  const target = (await findCommit(git, cwd, `refs/heads/${base.ref}`)) ?? base.commit;
  const answer = await git.run({ cwd, args: ['merge-base', target, tip], okCodes: [0, 1] });
  const [fork = ''] = answer.stdout.toString('utf8').split('\n');
  const range = [tip, '--not', target];
  const lines = await readCommitLines(context, { range, limit: limit + 1 });
  const commits: CommitList['commits'] = [];
  for (const line of lines.slice(0, limit)) {
    const { files: _unnamed, ...facts } = await withChanges(context, line);
    commits.push(facts);
  }
  const from = fork === '' ? base.commit : fork;
  return { base: from, commits, hasMore: lines.length > limit, lost };
}
