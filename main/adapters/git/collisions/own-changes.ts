/** What a branch and its target changed since they parted, and when the files of the branch were first written. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { toBranchSide } from '../../../../preload/contract/conflict-sides.ts';
import type {
  BranchAsk,
  BranchChanges,
  CommittedChanges,
} from '../../../features/conflicts/ports.ts';
import { askList, askText, findCommit } from '../ask.ts';
import type { RepositoryContext } from '../repository-context.ts';
import type { Git } from '../run.ts';
import type { GitAsk } from '../spawn-git.ts';

export async function readBranch(
  { git, repository }: RepositoryContext,
  { head, base, signal }: BranchAsk,
): Promise<BranchChanges> {
  const at = { cwd: repository.root, signal };
  const target = await findCommit(git, repository.root, toBranchSide(base.ref));
  const from = target ?? (await findBase({ git, repository }, base));
  const args = ['merge-base', '--end-of-options', from, head];
  const parting = await askText(git, { ...at, args });
  const changedIn = (commit: string | undefined) =>
    commit === undefined || commit === parting ? none : changesBetween(git, at, [parting, commit]);
  const [own, ahead] = await Promise.all([changedIn(head), changedIn(target)]);
  return { own, ahead };
}

const none: CommittedChanges = new Map();

async function changesBetween(
  git: Git,
  at: Omit<GitAsk, 'args'>,
  commits: readonly [string, string],
): Promise<CommittedChanges> {
  const how = ['--name-status', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules=none'];
  const args = ['diff', ...how, '--end-of-options', ...commits];
  const fields = await askList(git, { ...at, args });
  const found = new Map<string, 'added' | 'modified' | 'deleted'>();
  for (let n = 0; n + 1 < fields.length; n += 2) {
    const letter = fields[n];
    const kind = letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'modified';
    found.set(fields[n + 1] as string, kind);
  }
  return found;
}

/** It may be any revision, and be gone by now. */
async function findBase(
  { git, repository }: RepositoryContext,
  { ref, commit }: BranchAsk['base'],
): Promise<string> {
  return (await findCommit(git, repository.root, ref)) ?? commit;
}

/** Of few files: the oldest of their last changes on the disk, and of the commits of the branch that have them. */
export async function readFirstMs(
  context: RepositoryContext,
  ask: BranchAsk & { readonly paths: readonly string[] },
): Promise<number | undefined> {
  const { git, repository } = context;
  const base = await findBase(context, ask.base);
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
