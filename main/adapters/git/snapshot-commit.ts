/** Turns the state of a worktree into a snapshot: its commits (see `snapshot.ts`), its ref, and the proof that both hold. */
import { together } from '../../base/side-by-side.ts';
import { askText, treeOf } from './ask.ts';
import { commitTree, musherIdentity } from './commit-tree.ts';
import type { Nested } from './nested.ts';
import { moveRef, readRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { byAge, newSnapshotName, readSnapshotName, snapshotsOf } from './snapshot-name.ts';
import { type SnapshotAsk, type SnapshotCounts, writeNote } from './snapshot-note.ts';

export interface Snapshot {
  readonly ref: string;
  readonly commit: string;
  /** False when the agent's newest one had this very state already. */
  readonly isNew: boolean;
}

export interface State {
  /** Of the files. */
  readonly tree: string;
  readonly nested: readonly Nested[];
  readonly head?: string | undefined;
  readonly branch?: string | undefined;
  readonly indexTree?: string | undefined;
  readonly lone: readonly string[];
  readonly counts?: SnapshotCounts | undefined;
}

/** Throws when anything of it could not be read back. */
export async function storeState(
  context: RepositoryContext,
  ask: SnapshotAsk,
  state: State,
): Promise<Snapshot> {
  const commit = await commitState(context, ask, state);
  const { ref, isNew } = await nameSnapshot(context, ask, commit);
  await requireReadable(context, ref, commit);
  return { ref, commit, isNew };
}

async function commitState(
  context: RepositoryContext,
  ask: SnapshotAsk,
  state: State,
): Promise<string> {
  const { git, repository } = context;
  const { head, branch, nested, counts } = state;
  const [date, indexTree] = await together(dateOf(context, head), chooseIndexTree(context, state));
  const make = (tree: string, parents: readonly string[], message: string) =>
    commitTree(git, repository.root, { tree, parents, message, by: musherIdentity, date });
  const heads = head === undefined ? [] : [head];
  const index =
    indexTree === undefined
      ? undefined
      : await make(indexTree, [...heads, ...state.lone], `Index of ${ask.agent}\n`);
  const parents = index === undefined ? heads : [...heads, index];
  return make(state.tree, parents, writeNote(ask, { branch, head, index, nested, counts }));
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

/** The newest name of the agent when that holds this very commit, else one that is newer than all of its names. */
async function nameSnapshot(
  { git, repository }: RepositoryContext,
  { agent, why }: SnapshotAsk,
  commit: string,
): Promise<Omit<Snapshot, 'commit'>> {
  const cwd = repository.root;
  for (;;) {
    const newest = await newestOf({ git, repository }, agent);
    if (newest?.commit === commit) return { ref: newest.ref, isNew: false };
    const ref = newSnapshotName({ agent, why, nowMs: git.clock.now(), newest: newest?.ref });
    const reason = 'musher: snapshot';
    if (await moveRef(git, cwd, { ref, to: commit, from: undefined, reason }))
      return { ref, isNew: true };
  }
}

async function newestOf({ git, repository }: RepositoryContext, agent: string) {
  const args = ['for-each-ref', '--format=%(objectname) %(refname)', snapshotsOf(agent)];
  const text = await askText(git, { cwd: repository.root, args });
  const names = text.split('\n').flatMap((line) => {
    const [commit = '', ref = ''] = line.split(' ');
    const name = readSnapshotName(ref);
    return name === undefined ? [] : [{ commit, ref, ...name }];
  });
  return names.sort(byAge).at(-1);
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
