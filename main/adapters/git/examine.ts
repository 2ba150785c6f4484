/** What a request to merge a commit is about, or why it cannot be one. */
import type { Pin } from '../../../preload/contract/change-facts.ts';
import type { RequestFacts, Review } from '../../features/approvals/ports.ts';
import { must } from '../../base/assert.ts';
import { musherError } from '../../base/result.ts';
import { askText, askYes, findCommit, treeOf } from './ask.ts';
import { readDiff } from './diff.ts';
import { isOnTarget } from './look-before-merge.ts';
import { findMergeBase } from './merge-base.ts';
import { mergeTrees } from './merge-trees.ts';
import { findBeside, parentOf, placeOf, requireBefore, requireReplayable } from './range-ask.ts';
import { rangeFit } from './range-tree.ts';
import type { RepositoryContext } from './repository-context.ts';
import { bounded } from './bounded.ts';

export type ExamineAsk = Omit<Parameters<Review['examine']>[0], 'signal'>;

/** See `Review.examine`. */
export async function examine(context: RepositoryContext, ask: ExamineAsk): Promise<RequestFacts> {
  const { target, branch, open = [] } = ask;
  const commit = await resolveCommit(context, ask.commit);
  const tip = await requireTarget(context, target);
  await requireOwn(context, ask, commit);
  const news = { commit, tip, target };
  const fork = await requireFork(context, news);
  const from = await findFrom(context, ask, news);
  if (from === undefined) await requireNews(context, news);
  else await requireRange(context, { ...news, from });
  const base = from ?? fork;
  const [facts, place] = await Promise.all([
    factsOf(context, { commit, base, target, ...(from !== undefined && { fork }) }),
    placeOf(context, { fork, base, branch }),
  ]);
  return { ...facts, place, beside: await findBeside(context, facts.pin, open) };
}

/** What a commit is against its base; of a range with its `fork`. */
export async function factsOf(
  context: RepositoryContext,
  about: Pick<Pin, 'base' | 'commit' | 'target' | 'fork'>,
): Promise<RequestFacts> {
  const { git, repository } = context;
  const cwd = repository.root;
  const { base, commit } = about;
  const [tree, diff, subject, count] = await Promise.all([
    treeOf(git, cwd, commit),
    readDiff(context, { base, commit }),
    readSubject(context, commit),
    askText(git, { cwd, args: ['rev-list', '--count', `${base}..${commit}`] }),
  ]);
  const { files, fileCount, additions, deletions } = diff;
  return {
    pin: { ...about, tree, diffHash: diff.hash },
    subject,
    files: [...files],
    fileCount,
    additions,
    deletions,
    commitCount: Number(count),
  };
}

/** Tip of the target branch. Throws TARGET_UNKNOWN. */
export async function requireTarget(
  { git, repository }: RepositoryContext,
  target: string,
): Promise<string> {
  const tip = await findCommit(git, repository.root, `refs/heads/${target}`);
  if (tip === undefined) throw musherError('TARGET_UNKNOWN', { target });
  return tip;
}

/**
 * The commit that these hex digits are an id of, never a branch that is named like an id. Throws COMMIT_UNKNOWN,
 * COMMIT_AMBIGUOUS.
 */
export async function resolveCommit(
  { git, repository }: RepositoryContext,
  digits: string,
): Promise<string> {
  const cwd = repository.root;
  const prefix = digits.toLowerCase();
  if (!/^[0-9a-f]{4,64}$/.test(prefix)) throw musherError('COMMIT_UNKNOWN', { commit: digits });
  const ids = await askText(git, { cwd, args: ['rev-parse', `--disambiguate=${prefix}`] });
  if (ids === '') throw musherError('COMMIT_UNKNOWN', { commit: digits });
  const format = '--batch-check=%(objectname) %(objecttype)';
  const kinds = await askText(git, { cwd, args: ['cat-file', format], input: `${ids}\n` });
  const commits = kinds.split('\n').filter((line) => line.endsWith(' commit'));
  if (commits.length === 0) throw musherError('COMMIT_UNKNOWN', { commit: digits });
  if (commits.length > 1) throw musherError('COMMIT_AMBIGUOUS', { commit: digits });
  return must(commits[0]?.split(' ')[0], 'git names what it lists');
}

async function requireOwn(
  { git, repository }: RepositoryContext,
  { agent, branch }: ExamineAsk,
  commit: string,
): Promise<void> {
  const cwd = repository.root;
  const tip = await findCommit(git, cwd, `refs/heads/${branch}`);
  const args = ['merge-base', '--is-ancestor', commit, tip ?? ''];
  if (tip !== undefined && (await askYes(git, { cwd, args }))) return;
  throw musherError('COMMIT_NOT_YOURS', { commit, branch, agent });
}

interface News {
  readonly commit: string;
  /** Of the target. */
  readonly tip: string;
  readonly target: string;
}

/** The merge base. Throws COMMIT_ON_TARGET, COMMIT_UNRELATED. */
async function requireFork(
  context: RepositoryContext,
  { commit, tip, target }: News,
): Promise<string> {
  const base = await findMergeBase(context, tip, commit);
  if (base === undefined) throw musherError('COMMIT_UNRELATED', { commit, target });
  if (base === commit) throw musherError('COMMIT_ON_TARGET', { commit, target });
  return base;
}

/** Throws COMMIT_EMPTY. */
async function requireNews(
  { git, repository }: RepositoryContext,
  { commit, tip, target }: News,
): Promise<void> {
  const cwd = repository.root;
  const [merged, held] = await Promise.all([
    mergeTrees(git, cwd, { ours: tip, theirs: commit }),
    treeOf(git, cwd, tip),
  ]);
  // Also when the target got the same change by another way, as by a cherry-pick.
  if (merged.conflicts.length === 0 && merged.tree === held) {
    throw musherError('COMMIT_EMPTY', { commit, target });
  }
}

/** The commit before a range; undefined where the target has that, so that it is the whole branch after all. */
async function findFrom(
  context: RepositoryContext,
  { from: digits, only }: ExamineAsk,
  { commit, tip, target }: News,
): Promise<string | undefined> {
  const asked = digits === undefined ? undefined : await resolveCommit(context, digits);
  const from = only ? await parentOf(context, { commit, target }) : asked;
  if (from === undefined) return undefined;
  await requireBefore(context, { commit, from, target });
  return (await isOnTarget(context, from, tip)) ? undefined : from;
}

/** One that does not apply yet may do so once what comes before it is merged. Throws RANGE_HAS_MERGE, RANGE_EMPTY, COMMIT_EMPTY. */
async function requireRange(
  context: RepositoryContext,
  ask: News & { readonly from: string },
): Promise<void> {
  const { commit, target, from: base, tip } = ask;
  await requireReplayable(context, ask);
  const { unfit } = await rangeFit(context, { pin: { commit, base, target }, tip });
  if (unfit?.code === 'COMMIT_EMPTY') throw musherError('COMMIT_EMPTY', { commit, target });
}

async function readSubject(
  { git, repository }: RepositoryContext,
  commit: string,
): Promise<string> {
  const flags = ['--max-count=1', '--no-show-signature', '--no-color', '--format=%s'];
  return bounded(
    await askText(git, { cwd: repository.root, args: ['log', ...flags, commit, '--'] }),
  );
}
