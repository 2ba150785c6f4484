/** Where threads belong in an approval's diff: those of its own reviews as they are, earlier ones carried along. */
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { ThreadPlace, ThreadRecord } from '../../../preload/contract/reviews.ts';
import { carryPlace } from './carry.ts';
import type { FileHunks, ReviewDiffs } from './ports.ts';

/** Commits back to which threads are carried; older ones are outdated. Each costs a look of git. */
const maxCommits = 10;

export async function placeThreads(
  diffs: Pick<ReviewDiffs, 'hunks'>,
  threads: readonly ThreadRecord[],
  { pin, signal }: Pick<ApprovalRecord, 'pin'> & { readonly signal: AbortSignal },
): Promise<ThreadPlace[]> {
  const commitOf = ({ side, pin: own }: ThreadRecord) => (side === 'old' ? own.base : own.commit);
  const groups = Map.groupBy(threads, (thread) => `${thread.side} ${commitOf(thread)}`);
  const newest = [...groups.values()].reverse();
  const placed = await Promise.all(
    newest.map(async (group, index): Promise<ThreadPlace[]> => {
      const [first] = group;
      if (first === undefined) return [];
      const from = commitOf(first);
      const to = first.side === 'old' ? pin.base : pin.commit;
      if (index >= maxCommits) return group.map(outdated);
      const paths = [...new Set(group.map(({ path }) => path))];
      const files: ReadonlyMap<string, FileHunks> =
        from === to ? new Map() : await diffs.hunks({ from, to, paths, signal });
      return group.map((thread) => placeIn(thread, files));
    }),
  );
  return placed.flat();
}

function placeIn(thread: ThreadRecord, files: ReadonlyMap<string, FileHunks>): ThreadPlace {
  const { path, startLine, line } = thread;
  const found = carryPlace({ path, startLine, line }, files);
  if (found === undefined) return outdated(thread);
  const { path: now, ...lines } = found;
  return { thread: thread.id, side: thread.side, isOutdated: false, path: now, ...lines };
}

function outdated({ id: thread, path, side, startLine, line }: ThreadRecord): ThreadPlace {
  return { thread, isOutdated: true, path, side, startLine, line };
}
