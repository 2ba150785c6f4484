/** Commits of a range, a line of facts each. */
import { askList, askText } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import { bounded } from './bounded.ts';

export interface CommitLine {
  readonly commit: string;
  /** Full ids, the first first. */
  readonly parents: readonly string[];
  /** Untrusted text, as the author. */
  readonly subject: string;
  readonly author: string;
  readonly committedMs: number;
}

/** What comes after it are revisions, full ids and `--not` alone. */
const shape = ['-z', '--no-show-signature', '--no-color', '--no-mailmap'];
const format = '--format=%H%x00%P%x00%s%x00%an%x00%ct';
const fields = 5;

/** Newest first, never one before what it builds on. */
export async function readCommitLines(
  { git, repository }: RepositoryContext,
  { range, limit }: { readonly range: readonly string[]; readonly limit: number },
): Promise<CommitLine[]> {
  const args = ['log', ...shape, '--topo-order', format, `--max-count=${limit}`, ...range, '--'];
  const parts = await askList(git, { cwd: repository.root, args });
  const lines: CommitLine[] = [];
  for (let at = 0; at + fields - 1 < parts.length; at += fields) {
    const [commit = '', parents = '', subject = '', author = '', seconds] = parts.slice(at);
    lines.push({
      commit,
      parents: parents === '' ? [] : parents.split(' '),
      ...{ subject: bounded(subject), author: bounded(author) },
      committedMs: Number(seconds) * 1000,
    });
  }
  return lines;
}

export async function countCommits(
  { git, repository }: RepositoryContext,
  range: readonly string[],
): Promise<number> {
  const args = ['rev-list', '--count', ...range, '--'];
  return Number(await askText(git, { cwd: repository.root, args }));
}
