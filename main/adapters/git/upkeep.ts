/** What is done with worktrees beside making one for an agent and taking it away. */
import type { Measure, Upkeep } from '../../features/worktrees/ports.ts';
import { askList, askText, findCommit } from './ask.ts';
import { withDiskTold } from './disk-failure.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff } from './run.ts';
import { newestSnapshot, removeTree, repointTree } from './mend-tree.ts';
import { surveyTrees } from './survey.ts';
import { sizeOfTree } from './tree-size.ts';

export function createUpkeep(context: RepositoryContext): Upkeep {
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(context.git, signal),
  });
  return {
    worktreesFolder: context.repository.worktreesFolder,
    survey: ({ near, signal }) => surveyTrees(under(signal), near),
    measure: (target, signal) => measureBy(under(signal), target),
    count: ({ signal, ...ask }) => countTree(under(signal), ask),
    repoint: (path, signal) => withDiskTold(path, () => repointTree(under(signal), path)),
    newestSnapshot: ({ signal, ...ask }) => newestSnapshot(under(signal), ask),
    remove: ({ signal, ...ask }) => {
      const lane = `worktree ${context.repository.commonDir} ${ask.keepAs}`;
      const remove = () => removeTree(under(signal), ask);
      return context.git.exclusive(lane, () => withDiskTold(ask.tree.path, remove));
    },
    size: (path, signal) => sizeOfTree(under(signal), path, signal),
  };
}

type CountAsk = Omit<Parameters<Upkeep['count']>[0], 'signal'>;

const mostCommits = 1_000;
const statusMs = 20_000;

async function measureBy({ git, repository }: RepositoryContext, target: string): Promise<Measure> {
  const cwd = repository.root;
  const base =
    (await findCommit(git, cwd, `refs/heads/${target}`)) ?? (await findCommit(git, cwd, target));
  const hasRemote = (await askText(git, { cwd, args: ['remote'] })) !== '';
  return { hasRemote, ...(base !== undefined && { base }) };
}

async function countTree(
  { git, repository }: RepositoryContext,
  { tree: { path, head }, measure: { base, hasRemote }, isFiles }: CountAsk,
): ReturnType<Upkeep['count']> {
  const flags = ['--porcelain=v2', '-z', '--no-renames'];
  const changed = isFiles
    ? (await askList(git, { cwd: path, args: ['status', ...flags], timeoutMs: statusMs })).length
    : undefined;
  const commits = async (...not: string[]): Promise<number | undefined> => {
    if (head === undefined) return undefined;
    const args = ['rev-list', '--count', `--max-count=${mostCommits}`, head, '--not', ...not];
    return Number(await askText(git, { cwd: repository.root, args }));
  };
  return definite({
    changed,
    // Most are where the target is.
    unmerged: base === undefined ? undefined : base === head ? 0 : await commits(base),
    unpushed: hasRemote ? await commits('--remotes') : undefined,
  });
}

function definite<T extends object>(counts: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
