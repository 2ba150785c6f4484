/** The git side of snapshots. */
import type { KeptSnapshot, Snapshots } from '../../features/snapshots/ports.ts';
import { musherError } from '../../base/result.ts';
import { askText, treeOf } from './ask.ts';
import { keepWorktree } from './keep-worktree.ts';
import { worktreeLane } from './lanes.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff } from './run.ts';
import { diffSnapshot, treeNow } from './snapshot-diff.ts';
import { forget, nestedCommits, sizeOf } from './snapshot-forget.ts';
import { type ListedSnapshot, listSnapshots, requireSnapshot, toListed } from './snapshot-list.ts';
import { requireNew, restoreTo } from './snapshot-restore.ts';
import { restoreOver } from './restore-over.ts';
import { keepVanished } from './vanished.ts';
import { isPresent } from './worktree-list.ts';

export function createSnapshots(context: RepositoryContext): Snapshots {
  const { git, repository } = context;
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(git, signal),
  });
  const inLane = <T>(agent: string, work: () => Promise<T>) =>
    git.exclusive(worktreeLane(repository.commonDir, agent), work);
  return {
    list: async ({ agent, signal }) => (await listSnapshots(under(signal), agent)).map(toKept),
    find: async ({ snapshot, paths, signal }) => {
      const found = await requireSnapshot(under(signal), snapshot);
      await requirePaths(under(signal), found, paths);
      return toKept(found);
    },
    take: ({ signal, ...ask }) => inLane(ask.agent, () => take(under(signal), ask)),
    diff: async ({ of, against, paths, signal }) => {
      const own = under(signal);
      const from =
        'commit' in against
          ? against.commit
          : await inLane(against.agent, () => treeNow(own, against));
      return diffSnapshot(own, { commit: of, from, only: paths });
    },
    requireNew,
    restore: ({ signal, ...ask }) =>
      'to' in ask
        ? restoreTo(under(signal), ask)
        : inLane(ask.agent, () => restoreOver(under(signal), ask)),
    sizeOf: async ({ commits, keys, signal }) => {
      const own = under(signal);
      return sizeOf(own, [...commits, ...(await nestedCommits(own, new Set(keys)))]);
    },
    forget: ({ signal, ...ask }) => forget(under(signal), ask),
  };
}

function toKept({ note, ...snapshot }: ListedSnapshot): KeptSnapshot {
  return { snapshot, keys: note.nested.map(({ key }) => key) };
}

/** Throws SNAPSHOT_PATH_UNKNOWN for one that neither the snapshot nor its commit has. */
async function requirePaths(
  { git, repository }: RepositoryContext,
  { id, commit, head }: ListedSnapshot,
  paths: readonly string[] = [],
): Promise<void> {
  const env = { GIT_LITERAL_PATHSPECS: '1' };
  for (const path of paths) {
    const plain = path.replace(/\/+$/, '');
    const has = async (tree: string) =>
      (await askText(git, { cwd: repository.root, args: ['ls-tree', tree, '--', plain], env })) !==
      '';
    if (await has(commit)) continue;
    if (head !== undefined && (await has(await treeOf(git, repository.root, head)))) continue;
    throw musherError('SNAPSHOT_PATH_UNKNOWN', { path, snapshot: id });
  }
}

async function take(
  context: RepositoryContext,
  { agent, worktreePath: path, why }: Omit<Parameters<Snapshots['take']>[0], 'signal'>,
): ReturnType<Snapshots['take']> {
  const kept = (await isPresent(path))
    ? await keepWorktree(context, { agent, path, why, mayMove: true })
    : await keepVanished(context, agent, path);
  if (kept === undefined)
    throw musherError('SNAPSHOT_FAILED', {
      path,
      reason: 'the folder is not there any more (`musher worktree repair` says what can be done)',
    });
  return { snapshot: toKept(toListed(kept)).snapshot, isNew: kept.isNew };
}
