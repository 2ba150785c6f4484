/** From a line to the commit that it came by. */
import type { Blame, Lines } from '../../features/trace/ports.ts';
import { MusherError, musherError } from '../../base/result.ts';
import { askText, findCommit } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff } from './run.ts';
import { bounded } from './bounded.ts';

/** A file with a long history in a large repository takes git some seconds. */
const blameMs = 30_000;
const mostCommits = 5_000;
/** Of the line itself. */
const maxLineChars = 2_000;

export function createLines(context: RepositoryContext): Lines {
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(context.git, signal),
  });
  return {
    blame: (ask) => blame(under(ask.signal), ask),
    broughtBy: (ask) => findBringer(under(ask.signal), ask),
  };
}

async function blame(
  context: RepositoryContext,
  { path, line, at = 'HEAD' }: Parameters<Lines['blame']>[0],
): Promise<Blame> {
  const { git, repository } = context;
  const cwd = repository.root;
  const missing = () => musherError('TRACE_NOT_FOUND', { path, line, at });
  const commit = await findCommit(git, cwd, at);
  if (commit === undefined) throw missing();
  // No file that the repository names decides which commits count, and no program of its choice is run.
  const flags = ['--porcelain', '--no-textconv', '--ignore-revs-file=', '--encoding=UTF-8'];
  const args = ['blame', ...flags, '-L', `${line},${line}`, commit, '--', path];
  try {
    const { stdout } = await git.run({ cwd, args, timeoutMs: blameMs });
    return parseBlame(stdout.toString('utf8')) ?? Promise.reject(missing());
  } catch (error) {
    const isMissing = error instanceof MusherError && error.wire.code === 'GIT_FAILED';
    throw isMissing ? missing() : error;
  }
}

/** `<id> <line there> <line here> <count>`, then `<word> <value>` each, then the line behind a tab. */
export function parseBlame(text: string): Blame | undefined {
  const [head = '', ...rest] = text.split('\n');
  const [, id, line] = /^([0-9a-f]{40,64}) (\d+) /.exec(head) ?? [];
  const source = rest.find((one) => one.startsWith('\t'));
  if (id === undefined || line === undefined || source === undefined) return undefined;
  const fieldOf = (word: string) =>
    rest.find((one) => one.startsWith(`${word} `))?.slice(word.length + 1) ?? '';
  return {
    ...{
      id,
      line: Number(line),
      text: bounded(source.slice(1), maxLineChars),
      path: fieldOf('filename'),
    },
    ...{ subject: bounded(fieldOf('summary')), author: bounded(fieldOf('author')) },
    atMs: Number(fieldOf('author-time')) * 1_000,
  };
}

async function findBringer(
  { git, repository }: RepositoryContext,
  { commit, at = 'HEAD' }: Parameters<Lines['broughtBy']>[0],
): Promise<string | undefined> {
  const cwd = repository.root;
  const tip = await findCommit(git, cwd, at);
  if (tip === undefined) return undefined;
  const list = async (args: readonly string[]) =>
    (await askText(git, { cwd, args: ['rev-list', `--max-count=${mostCommits}`, ...args, '--'] }))
      .split('\n')
      .filter((id) => id !== '');
  const [own, after] = await Promise.all([
    list(['--first-parent', tip]),
    list(['--ancestry-path', `${commit}..${tip}`]),
  ]);
  if (own.includes(commit)) return commit;
  const later = new Set(after);
  return own.findLast((id) => later.has(id));
}
