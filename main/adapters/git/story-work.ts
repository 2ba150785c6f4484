/** Where the work of a story's agent stands: the tip of its branch, what came since, and one name for all of its files. Changes nothing. */
import type { StoryWork, WorkFacts } from '../../features/pipeline/ports.ts';
import { askText, findCommit } from './ask.ts';
import { findNested } from './nested.ts';
import { prepareIndexes } from './passing-index.ts';
import { withPlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff, type Git } from './run.ts';
import { writeFilesTree } from './snapshot-trees.ts';
import { findAdmin } from './worktree-list.ts';

const heads = 'refs/heads/';

type Ask = Parameters<StoryWork['look']>[0];

export function createStoryWork(context: RepositoryContext): StoryWork {
  return {
    async look(ask) {
      const git = callableOff(context.git, ask.signal);
      const { root } = context.repository;
      const commit = await findCommit(git, root, `${heads}${ask.branch}`);
      return {
        commit,
        tree: await filesTree({ ...context, git }, ask),
        hasNew: commit !== undefined && (await hasNew(git, root, { ...ask, commit })),
      };
    },
  };
}

/** A merge of the target, or a rebase onto it, brings commits that nobody made here. */
async function hasNew(
  git: Git,
  cwd: string,
  { commit, from, base }: Ask & { readonly commit: string },
): Promise<boolean> {
  if (commit === from) return false;
  const known = [
    from === undefined ? undefined : await findCommit(git, cwd, from),
    base === undefined ? undefined : await findCommit(git, cwd, `${heads}${base}`),
  ].filter((one) => one !== undefined);
  const args = ['rev-list', '--count', '--max-count=1', commit, '--not', ...known, '--'];
  return (await askText(git, { cwd, args })) !== '0';
}

/** As a snapshot has them, without the repositories inside. One that cannot be read says nothing. */
async function filesTree(
  context: RepositoryContext,
  { worktreePath: path, signal }: Ask,
): Promise<WorkFacts['tree']> {
  const { git, repository } = context;
  try {
    return await withPlainGitDir({ git, repository, worktree: path }, async (plain) => {
      const admin = await findAdmin(repository.commonDir, path);
      const indexes = await prepareIndexes(context, { agent: '', path, admin }, plain);
      const { places, isAllKnown } = await findNested(context, indexes);
      const nested = places.map((place) => ({ ...place, kept: 'history' as const }));
      return writeFilesTree(context, { indexes, nested, isAllKnown });
    });
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}
