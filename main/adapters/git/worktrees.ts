/** The git side of agents' worktrees, at `<worktreesFolder>/<agent>`. */
import type { Worktrees } from '../../features/agents/ports.ts';
import { inspectAdoptable } from './adopt.ts';
import { askText } from './ask.ts';
import { requireProvisionable } from './check.ts';
import { fetchBase } from './fetch.ts';
import { worktreeLane } from './lanes.ts';
import { provision } from './provision.ts';
import { rebaseTree } from './rebase.ts';
import { listRefs } from './refs.ts';
import { withDiskTold } from './disk-failure.ts';
import type { RepositoryContext } from './repository-context.ts';
import { keepOrRefuse, retire } from './retire.ts';
import { callableOff } from './run.ts';
import { noteSetUp, setUpAs } from './setup-note.ts';
import { findAdmin } from './worktree-list.ts';

/** Work on one agent's worktree runs one after another, on those of several agents side by side. */
export function createWorktrees(context: RepositoryContext): Worktrees {
  const { git, repository } = context;
  const { root, name, worktreesFolder, commonDir } = repository;
  const inLane = <T>(agent: string, path = worktreesFolder, work: () => Promise<T>) =>
    git.exclusive(worktreeLane(commonDir, agent), () => withDiskTold(path, work));
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(git, signal),
  });
  return {
    repository: { root, name, worktreesFolder },
    branches: () => listBranches(context),
    defaultBase: () => readDefaultBase(context),
    check: async (ask) => void (await requireProvisionable(under(ask.signal), ask)),
    provision: (ask) => inLane(ask.agent, ask.path, () => provision(under(ask.signal), ask)),
    inspect: (path, signal) => inspectAdoptable(under(signal), path),
    fetch: (base, signal) => fetchBase(under(signal), base),
    rebase: (ask) => inLane(ask.agent, ask.worktreePath, () => rebaseTree(under(ask.signal), ask)),
    setUpAs: (path) => setUpAs(commonDir, path),
    noteSetUp: (path, as) => noteSetUp(commonDir, path, as),
    keep: ({ agent, worktreePath: path, signal }) =>
      inLane(agent, path, async () => {
        const { ref } = await keepOrRefuse(under(signal), { agent, path, why: 'destroy' });
        return { snapshotRef: ref };
      }),
    exists: async (path) => (await findAdmin(commonDir, path)) !== undefined,
    retire: (ask) => inLane(ask.agent, ask.worktreePath, () => retire(under(ask.signal), ask)),
  };
}

async function listBranches({ git, repository }: RepositoryContext): Promise<string[]> {
  const refs = await listRefs(git, repository.root, 'refs/heads/');
  return refs.map((ref) => ref.slice('refs/heads/'.length));
}

async function readDefaultBase({ git, repository }: RepositoryContext): Promise<string> {
  const cwd = repository.root;
  const args = ['symbolic-ref', '--quiet', 'HEAD'];
  const head = await git.run({ cwd, args, okCodes: [0, 1] });
  if (head.exitCode === 0)
    return head.stdout
      .toString('utf8')
      .trim()
      .replace(/^refs\/heads\//, '');
  return askText(git, { cwd, args: ['rev-parse', '--verify', 'HEAD'] });
}
