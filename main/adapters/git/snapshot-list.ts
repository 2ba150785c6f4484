/** Which snapshots there are, as the refs say: they outlive a lost log. */
import { agentIdPattern } from '../../../preload/contract/agent-id.ts';
import type { Snapshot } from '../../../preload/contract/snapshots.ts';
import { musherError } from '../../base/result.ts';
import { splitNul } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import { byAge, readSnapshotName, snapshotsOf } from './snapshot-name.ts';
import { parseNote, type SnapshotNote } from './snapshot-note.ts';

export interface ListedSnapshot extends Snapshot {
  readonly note: SnapshotNote;
}

/** Newest first, of one agent or of all. */
export async function listSnapshots(
  { git, repository }: RepositoryContext,
  agent?: string,
): Promise<ListedSnapshot[]> {
  const format = '--format=%(objectname)%00%(refname)%00%(contents)%00';
  const args = ['for-each-ref', format, snapshotsOf(agent)];
  const { stdout } = await git.run({ cwd: repository.root, args });
  const fields = splitNul(stdout).map((field) => field.toString('utf8'));
  const found: (ListedSnapshot & { readonly count: number })[] = [];
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [commit = '', ref = '', message = ''] = fields.slice(at, at + 3);
    const name = readSnapshotName(ref);
    // What was kept of repositories inside has names below these as well, and is no agent's.
    if (name === undefined || !agentIdPattern.test(name.agent)) continue;
    found.push({ ...toListed({ commit: commit.trim(), ref, message }), count: name.count });
  }
  found.sort(byAge).reverse();
  return found.map(({ count: _, ...snapshot }) => snapshot);
}

const idLength = 12;

/** What a snapshot is called by. */
export function idOf(commit: string): string {
  return commit.slice(0, idLength);
}

interface Kept {
  readonly commit: string;
  readonly ref: string;
  readonly message: string;
}

/** By its name and what it says of itself. */
export function toListed({ commit, ref, message }: Kept): ListedSnapshot {
  const note = parseNote(message);
  const { agent = '', atMs = 0, why } = readSnapshotName(ref) ?? {};
  const { branch, head, counts, nested } = note;
  return {
    id: idOf(commit),
    agent,
    ref,
    commit,
    atMs,
    ...(head !== undefined && { head }),
    ...(branch !== undefined && { branch: branch.replace(/^refs\/heads\//, '') }),
    ...(why !== undefined && { why }),
    ...counts,
    nested: nested.map(({ name }) => name),
    note,
  };
}

/** The newest of that id. Throws SNAPSHOT_UNKNOWN and SNAPSHOT_AMBIGUOUS. */
export async function requireSnapshot(
  context: RepositoryContext,
  id: string,
): Promise<ListedSnapshot> {
  const fits = (await listSnapshots(context)).filter(({ commit }) => commit.startsWith(id));
  const commits = [...new Set(fits.map(({ commit }) => commit))];
  const [newest] = fits;
  if (newest === undefined) throw musherError('SNAPSHOT_UNKNOWN', { snapshot: id });
  if (commits.length === 1) return newest;
  const found = commits.slice(0, 5).map(idOf);
  throw musherError('SNAPSHOT_AMBIGUOUS', { snapshot: id, found: found.join(', ') });
}
