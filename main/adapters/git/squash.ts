/** All commits of a range as one on top of the target. One alone keeps its message and author; of several, the title and what they were called. */
import { type Author, commitTree } from './commit-tree.ts';
import type { MergeResult, ResultAsk } from './merge-result.ts';
import { type RangeCommit, readRange } from './range-commits.ts';
import type { RepositoryContext } from './repository-context.ts';
import { subjectOf, withTrailers } from './trailers.ts';

/** Subjects of more are not listed; the log has them all. */
const most = 100;

export async function squash(context: RepositoryContext, ask: ResultAsk): Promise<MergeResult> {
  const { pin, from, after, tree } = ask;
  const { git, repository } = context;
  const cwd = repository.root;
  const commits = await readRange(context, { from: after, to: pin.commit, most });
  const author = commits.at(-1)?.author;
  const message = withTrailers(messageOf(ask, commits), ask);
  const made = { tree, parents: [from], message, ...(author && { author }) };
  const to = await commitTree(git, cwd, made);
  return { to, commits: [to] };
}

function messageOf({ title, pin }: ResultAsk, commits: readonly RangeCommit[]): string {
  const [first] = commits;
  if (first !== undefined && commits.length === 1) return first.message;
  const subject = subjectOf(title, `Squash ${pin.commit.slice(0, 10)}`);
  const subjects = commits.map(
    ({ message }) => `* ${subjectOf(message.split('\n')[0] ?? '', '(no message)')}`,
  );
  const others = coAuthors(commits.map(({ author }) => author));
  return [subject, subjects.join('\n'), ...(others.length > 0 ? [others.join('\n')] : [])].join(
    '\n\n',
  );
}

/** Of whoever is not the author of the whole, who is that of the newest. */
function coAuthors(authors: readonly Author[]): string[] {
  const all = authors.map(({ name, email }) => `Co-authored-by: ${name} <${email}>`);
  return [...new Set(all)].filter((line) => line !== all.at(-1));
}
