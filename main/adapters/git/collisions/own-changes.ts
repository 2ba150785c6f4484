/** What the commits of a branch changed since it left its base, and when its files were first written. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BranchAsk, CommittedChanges } from '../../../features/conflicts/ports.ts';
import { askText, findCommit, splitNul } from '../ask.ts';
import type { RepositoryContext } from '../repository-context.ts';

export async function readCommitted(
  context: RepositoryContext,
  ask: BranchAsk,
): Promise<CommittedChanges> {
  const { git, repository } = context;
  const base = await baseOf(context, ask);
  if (base === ask.head) return new Map();
  const how = ['--name-status', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules=none'];
  const args = ['diff', ...how, '--end-of-options', `${base}...${ask.head}`];
  const { stdout } = await git.run({ cwd: repository.root, args, signal: ask.signal });
  const fields = splitNul(stdout).map((field) => field.toString('utf8'));
  const found = new Map<string, 'added' | 'modified' | 'deleted'>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const letter = fields[at];
    const kind = letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'modified';
    found.set(fields[at + 1] as string, kind);
  }
  return found;
}

async function baseOf(
  { git, repository }: RepositoryContext,
  { base }: BranchAsk,
): Promise<string> {
  return (await findCommit(git, repository.root, base.ref)) ?? base.commit;
}

/** Of few files: the oldest of their last changes on the disk, and of the commits of the branch that have them. */
export async function readFirstMs(
  context: RepositoryContext,
  ask: BranchAsk & { readonly paths: readonly string[] },
): Promise<number | undefined> {
  const { git, repository } = context;
  const base = await baseOf(context, ask);
  const args = ['log', '--format=%ct', `${base}..${ask.head}`, '--', ...ask.paths];
  const text = await askText(git, {
    cwd: repository.root,
    args: ['--literal-pathspecs', ...args],
    signal: ask.signal,
  });
  const commits = text === '' ? [] : text.split('\n').map((seconds) => Number(seconds) * 1_000);
  if (commits.length > 0) return Math.min(...commits);
  const written = await Promise.all(
    ask.paths.map((path) =>
      lstat(join(ask.worktreePath, path)).then(
        ({ mtimeMs }) => [mtimeMs],
        () => [],
      ),
    ),
  );
  const times = written.flat();
  return times.length > 0 ? Math.min(...times) : undefined;
}
