/** Turns the state of a worktree into a snapshot: its commits (see `snapshot.ts`), its ref, and the proof that both hold. */
import { together } from '../../base/side-by-side.ts';
import { askText, type CommitFacts } from './ask.ts';
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
  /** What it says of itself. */
  readonly message: string;
}

export interface State {
  /** Of the files. */
  readonly tree: string;
  readonly nested: readonly Nested[];
  readonly head?: CommitFacts | undefined;
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
  const [{ commit, message }, newest] = await together(
    commitState(context, ask, state),
    newestOf(context, ask.agent),
  );
  const { ref, isNew } = await nameSnapshot(context, ask, { commit, newest });
  await requireReadable(context, ref, commit);
  return { ref, commit, isNew, message };
}

async function commitState(
  { git, repository }: RepositoryContext,
  ask: SnapshotAsk,
  state: State,
): Promise<{ commit: string; message: string }> {
  const { branch, nested, counts, tree } = state;
  const { commit: head, date = '@0 +0000' } = state.head ?? {};
  const indexTree = chooseIndexTree(state);
  const make = (of: string, parents: readonly string[], message: string) =>
    commitTree(git, repository.root, { tree: of, parents, message, by: musherIdentity, date });
  const heads = head === undefined ? [] : [head];
  const index =
    indexTree === undefined
      ? undefined
      : await make(indexTree, [...heads, ...state.lone], `Index of ${ask.agent}\n`);
  const parents = index === undefined ? heads : [...heads, index];
  const message = writeNote(ask, { branch, head, index, nested, counts });
  return { commit: await make(tree, parents, message), message };
}

/** Undefined when the index says no more than HEAD, and there is nothing else to keep by it. */
function chooseIndexTree({ tree, head, indexTree, lone }: State): string | undefined {
  if (indexTree !== undefined && indexTree !== head?.tree) return indexTree;
  return lone.length > 0 ? (indexTree ?? head?.tree ?? tree) : undefined;
}

type Newest = Awaited<ReturnType<typeof newestOf>>;

/** The newest name of the agent when that holds this very commit, else one that is newer than all of its names. */
async function nameSnapshot(
  context: RepositoryContext,
  { agent, why }: SnapshotAsk,
  { commit, newest }: { readonly commit: string; readonly newest: Newest },
): Promise<Pick<Snapshot, 'ref' | 'isNew'>> {
  const { git, repository } = context;
  for (let known = newest; ; known = await newestOf(context, agent)) {
    if (known?.commit === commit) return { ref: known.ref, isNew: false };
    const ref = newSnapshotName({ agent, why, nowMs: git.clock.now(), newest: known?.ref });
    const reason = 'musher: snapshot';
    if (await moveRef(git, repository.root, { ref, to: commit, from: undefined, reason }))
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
  const args = ['rev-list', '--objects', '--quiet', commit, '--not', '--branches', '--'];
  const [held] = await together(readRef(git, cwd, ref), git.run({ cwd, args }));
  if (held !== commit) throw new Error(`${ref} does not hold the snapshot`);
}
