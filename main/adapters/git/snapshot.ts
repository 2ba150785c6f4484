/**
 * Keeps what is in a worktree as a commit under `refs/musher/snapshots/<agent>/<utc-time>-<n>-<why>`:
 *
 *   snapshot   tree: every tracked and untracked file as it is on the disk, byte for byte
 *     |- HEAD  (none when unborn)
 *     '- index tree: what was staged; only when that differs from HEAD, or when there is more to keep
 *          |- HEAD
 *          '- commits that only this worktree reaches: of its reflog, of a merge or rebase under way
 *
 * Not in it: empty folders, and ignored files but those that match `.worktreeinclude` in the operator's checkout
 * (the others hold what can be made again, and may be gigabytes). Repositories inside the worktree are kept by
 * `nested.ts`. A tracked file that git holds to be unchanged is kept as git has it, and comes back as git checks it out. The dates are those of HEAD, so the same state makes the same commit however often it is kept.
 */
import { together } from '../../base/side-by-side.ts';
import { readCommit } from './ask.ts';
import { findLoneCommits } from './lone-commits.ts';
import { countChanges } from './count-changes.ts';
import { isGitFailure } from './git-failure.ts';
import { findNested, keepNested, type Nested, type TakeSnapshot } from './nested.ts';
import { withPlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';
import { type Snapshot, type State, storeState } from './snapshot-commit.ts';
import type { SnapshotAsk } from './snapshot-note.ts';
import { writeFilesTree, writeIndexTree } from './snapshot-trees.ts';
import { type PassingIndex, prepareIndexes } from './passing-index.ts';

/** Snapshots are taken again while files still change; after this many it is given up. */
const maxRounds = 5;
/**
 * Where files may change, one can go between being listed and being read: then it is begun anew, so often at least and for
 * so long, milliseconds. A build that writes and removes files is over sooner, or leaves a moment; a try takes 15 ms in a small tree.
 */
const moving = { tries: 20, ms: 10_000 };

/** Resolves once the ref is there and everything under it can be read. Throws when it cannot be, or when files keep changing. */
export async function takeSnapshot(
  context: RepositoryContext,
  ask: SnapshotAsk,
): Promise<Snapshot> {
  const { git, repository } = context;
  return withPlainGitDir({ git, repository, worktree: ask.path }, async (plain) => {
    const indexes = await prepareIndexes(context, ask, plain);
    if (ask.mayMove) return takeOnce(context, ask, indexes);
    for (let round = 0; round < maxRounds; round++) {
      const state = await readState(context, ask, indexes);
      const snapshot = await storeState(context, ask, state);
      const again = await writeFilesTree(context, { indexes, nested: state.nested });
      if (again === state.tree) return snapshot;
    }
    throw new Error('files keep changing');
  });
}

/** What is there at one moment; each file as it was when it was read. */
async function takeOnce(
  context: RepositoryContext,
  ask: SnapshotAsk,
  indexes: PassingIndex,
): Promise<Snapshot> {
  const untilMs = performance.now() + moving.ms;
  for (let tries = 1; ; tries++) {
    try {
      return await storeState(context, ask, await readState(context, ask, indexes));
    } catch (error) {
      const isOver = tries >= moving.tries && performance.now() > untilMs;
      if (isOver || !isGitFailure(error, movedWords)) throw error;
    }
  }
}

/** What git says of a file that went, or grew, while it was read. */
const movedWords = /unable to (stat|index|open)|short read|No such file|changed/i;

async function readState(
  context: RepositoryContext,
  { agent, admin, path, mayMove = false }: SnapshotAsk,
  indexes: PassingIndex,
): Promise<State> {
  const nested: Nested[] = [];
  const take: TakeSnapshot = (inner, one) => takeSnapshot(inner, { ...one, mayMove });
  const doomed = admin === undefined ? [path] : [path, admin];
  const { places, isAllKnown } = await findNested(context, indexes);
  for (const place of places)
    nested.push(...(await keepNested(context, { agent, place, doomed, take })));
  const tree = await writeFilesTree(context, { indexes, nested, isAllKnown });
  if (admin === undefined) return { tree, nested, lone: [] };
  const [head, branch, indexTree] = await together(
    readCommit(context.git, path, 'HEAD'),
    readBranch(context, path),
    writeIndexTree(context, indexes),
  );
  const [lone, counts] = await together(
    findLoneCommits(context, admin, head?.commit),
    countChanges(context, { from: head?.commit, to: tree, env: indexes.filesEnv }),
  );
  return { tree, nested, head, branch, indexTree, lone, counts };
}

async function readBranch({ git }: RepositoryContext, cwd: string): Promise<string | undefined> {
  const args = ['symbolic-ref', '--quiet', 'HEAD'];
  const answer = await git.run({ cwd, args, okCodes: [0, 1] });
  return answer.exitCode === 0 ? answer.stdout.toString('utf8').trim() : undefined;
}
