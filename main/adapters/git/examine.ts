/** What a request to merge a commit is about, or why it cannot be one. */
import type { RequestFacts } from '../../features/approvals/ports.ts';
import { must } from '../../base/assert.ts';
import { musherError } from '../../base/result.ts';
import { askText, askYes, findCommit, treeOf } from './ask.ts';
import { readDiff } from './diff.ts';
import { mergeTrees } from './merge-trees.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface ExamineAsk {
  readonly agent: string;
  readonly branch: string;
  readonly commit: string;
  readonly target: string;
}

/** See `Review.examine`. */
export async function examine(context: RepositoryContext, ask: ExamineAsk): Promise<RequestFacts> {
  const commit = await resolveCommit(context, ask.commit);
  const tip = await requireTarget(context, ask.target);
  await requireOwn(context, ask, commit);
  const base = await requireNews(context, { commit, tip, target: ask.target });
  return factsOf(context, { base, commit, target: ask.target });
}

/** What a commit is against its base. */
export async function factsOf(
  context: RepositoryContext,
  { base, commit, target }: { base: string; commit: string; target: string },
): Promise<RequestFacts> {
  const { git, repository } = context;
  const cwd = repository.root;
  const [tree, diff, subject, count] = await Promise.all([
    treeOf(git, cwd, commit),
    readDiff(context, { base, commit }),
    readSubject(context, commit),
    askText(git, { cwd, args: ['rev-list', '--count', `${base}..${commit}`] }),
  ]);
  const { files, fileCount, additions, deletions } = diff;
  const pin = { commit, tree, base, target, diffHash: diff.hash };
  return {
    pin,
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

/** The merge base. Throws COMMIT_ON_TARGET, COMMIT_UNRELATED, COMMIT_EMPTY. */
async function requireNews(
  { git, repository }: RepositoryContext,
  { commit, tip, target }: { commit: string; tip: string; target: string },
): Promise<string> {
  const cwd = repository.root;
  const args = ['merge-base', tip, commit];
  const found = await git.run({ cwd, args, okCodes: [0, 1] });
  const [base = ''] = found.stdout.toString('utf8').split('\n');
  if (base === '') throw musherError('COMMIT_UNRELATED', { commit, target });
  if (base === commit) throw musherError('COMMIT_ON_TARGET', { commit, target });
  const [merged, held] = await Promise.all([
    mergeTrees(git, cwd, { ours: tip, theirs: commit }),
    treeOf(git, cwd, tip),
  ]);
  // Also when the target got the same change by another way, as by a cherry-pick.
  if (merged.conflicts.length === 0 && merged.tree === held) {
    throw musherError('COMMIT_EMPTY', { commit, target });
  }
  return base;
}

async function readSubject(
  { git, repository }: RepositoryContext,
  commit: string,
): Promise<string> {
  const flags = ['--max-count=1', '--no-show-signature', '--no-color', '--format=%s'];
  return askText(git, { cwd: repository.root, args: ['log', ...flags, commit, '--'] });
}
