/** The commits that a target does not have yet, with what a commit made from them takes over. */
import { askList } from './ask.ts';
import type { Author } from './commit-tree.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface RangeCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: Author;
  readonly message: string;
}

/** Oldest first; the oldest `most` of them. */
export async function readRange(
  { git, repository }: RepositoryContext,
  { from, to, most }: { readonly from: string; readonly to: string; readonly most: number },
): Promise<RangeCommit[]> {
  const format = '--format=%H%x00%P%x00%an%x00%ae%x00%ad%x00%B';
  const flags = ['-z', '--reverse', '--topo-order', '--date=raw', '--no-mailmap', format];
  const quiet = ['--no-show-signature', '--no-color', '--encoding=UTF-8', '--no-notes'];
  const args = ['log', ...flags, ...quiet, `--max-count=${most}`, `${from}..${to}`, '--'];
  const fields = await askList(git, { cwd: repository.root, args });
  const commits: RangeCommit[] = [];
  for (let at = 0; at + 5 < fields.length; at += 6) {
    const [id = '', parents = '', name = '', email = '', date = '', message = ''] = fields.slice(
      at,
      at + 6,
    );
    const author = { name, email, date: `@${date}` };
    commits.push({ id, parents: parents.split(' ').filter(Boolean), author, message });
  }
  return commits;
}
