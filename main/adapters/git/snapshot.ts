/**
 * Keeps what is in a worktree as a commit under `refs/musher/snapshots/<agent>/<utc-time>-<n>`:
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
import { askText, findCommit, treeOf } from './ask.ts';
import { commitTree, musherIdentity } from './commit-tree.ts';
import { findLoneCommits } from './lone-commits.ts';
import { findNested, keepNested, type Nested } from './nested.ts';
import { withPlainGitDir } from './plain-git-dir.ts';
import { listRefsAt, moveRef, readRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { type SnapshotAsk, writeNote } from './snapshot-note.ts';
import {
  type PassingIndex,
  prepareIndexes,
  writeFilesTree,
  writeIndexTree,
} from './snapshot-trees.ts';

export interface Snapshot {
  readonly ref: string;
  readonly commit: string;
}

/** Snapshots are taken again while files still change; after this many it is given up. */
const maxRounds = 5;

/** Resolves once the ref is there and everything under it can be read. Throws when it cannot be, or when files keep changing. */
export async function takeSnapshot(
  context: RepositoryContext,
  ask: SnapshotAsk,
): Promise<Snapshot> {
  const { git, repository } = context;
  return withPlainGitDir({ git, repository, worktree: ask.path }, async (plain) => {
    const indexes = await prepareIndexes(context, ask, plain);
    for (let round = 0; round < maxRounds; round++) {
      const state = await readState(context, ask, indexes);
      const commit = await commitState(context, ask, state);
      const ref = await nameSnapshot(context, ask.agent, commit);
      await requireReadable(context, ref, commit);
      const again = await writeFilesTree(context, { indexes, nested: state.nested });
      if (again === state.tree) return { ref, commit };
    }
    throw new Error('files keep changing');
  });
}

interface State {
  /** Of the files. */
  readonly tree: string;
  readonly nested: readonly Nested[];
  readonly head?: string | undefined;
  readonly branch?: string | undefined;
  readonly indexTree?: string | undefined;
  readonly lone: readonly string[];
}

async function readState(
  context: RepositoryContext,
  { agent, admin, path }: SnapshotAsk,
  indexes: PassingIndex,
): Promise<State> {
  const nested: Nested[] = [];
  for (const place of await findNested(context, { path, env: indexes.filesEnv })) {
    nested.push(await keepNested(context, { agent, place, take: takeSnapshot }));
  }
  const tree = await writeFilesTree(context, { indexes, nested });
  if (admin === undefined) return { tree, nested, lone: [] };
  const head = await findCommit(context.git, path, 'HEAD');
  const indexTree = await writeIndexTree(context, indexes);
  const lone = await findLoneCommits(context, admin, head);
  return { tree, nested, head, branch: await readBranch(context, path), indexTree, lone };
}

async function readBranch({ git }: RepositoryContext, cwd: string): Promise<string | undefined> {
  const args = ['symbolic-ref', '--quiet', 'HEAD'];
  const answer = await git.run({ cwd, args, okCodes: [0, 1] });
  return answer.exitCode === 0 ? answer.stdout.toString('utf8').trim() : undefined;
}

async function commitState(
  context: RepositoryContext,
  ask: SnapshotAsk,
  state: State,
): Promise<string> {
  const { git, repository } = context;
  const { head, branch, nested } = state;
  const date = await dateOf(context, head);
  const make = (tree: string, parents: readonly string[], message: string) =>
    commitTree(git, repository.root, { tree, parents, message, by: musherIdentity, date });
  const heads = head === undefined ? [] : [head];
  const indexTree = await chooseIndexTree(context, state);
  const index =
    indexTree === undefined
      ? undefined
      : await make(indexTree, [...heads, ...state.lone], `Index of ${ask.agent}\n`);
  const parents = index === undefined ? heads : [...heads, index];
  return make(state.tree, parents, writeNote(ask, { branch, head, index, nested }));
}

/** Undefined when the index says no more than HEAD, and there is nothing else to keep by it. */
async function chooseIndexTree(
  { git, repository }: RepositoryContext,
  { tree, head, indexTree, lone }: State,
): Promise<string | undefined> {
  const headTree = head === undefined ? undefined : await treeOf(git, repository.root, head);
  if (indexTree !== undefined && indexTree !== headTree) return indexTree;
  return lone.length > 0 ? (indexTree ?? headTree ?? tree) : undefined;
}

async function dateOf(
  { git, repository }: RepositoryContext,
  head: string | undefined,
): Promise<string> {
  if (head === undefined) return '@0 +0000';
  const args = ['log', '-1', '--no-show-signature', '--format=@%ct +0000', head, '--'];
  return askText(git, { cwd: repository.root, args });
}

/** The name that this very commit has already, else a new one. */
async function nameSnapshot(
  context: RepositoryContext,
  agent: string,
  commit: string,
): Promise<string> {
  const { git, repository } = context;
  const cwd = repository.root;
  const prefix = `refs/musher/snapshots/${agent}/`;
  const known = (await listRefsAt(git, cwd, { prefix, commit })).at(-1);
  if (known !== undefined) return known;
  const time = new Date(git.clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  for (let n = 1; ; n++) {
    const ref = `${prefix}${time}-${n}`;
    const reason = 'musher: snapshot';
    if (await moveRef(git, cwd, { ref, to: commit, from: undefined, reason })) return ref;
  }
}

/** Walks all that the snapshot adds to what branches hold, so that a missing object is found before files are removed. */
async function requireReadable(
  context: RepositoryContext,
  ref: string,
  commit: string,
): Promise<void> {
  const { git, repository } = context;
  const cwd = repository.root;
  if ((await readRef(git, cwd, ref)) !== commit)
    throw new Error(`${ref} does not hold the snapshot`);
  const args = ['rev-list', '--objects', '--quiet', commit, '--not', '--branches', '--'];
  await git.run({ cwd, args });
}
