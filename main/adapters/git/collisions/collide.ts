/** The merge of two snapshots: what of it does not go together, and on which lines. */
import type { CollidingFile, LineRange } from '../../../../preload/contract/conflict-records.ts';
import { MusherError, reasonOf } from '../../../base/result.ts';
import { isGitFailure } from '../git-failure.ts';
import { type DiffPlace, lineChanges } from './line-changes.ts';
import { findOverlaps, type Overlap, type Span } from './line-overlap.ts';
import { type MergeReport, readMergeReport, type Unmerged } from './merge-report.ts';
import { Unproved } from './tree-snapshot.ts';

/** How many ranges a file names for each side. */
const namedRanges = 20;

const nothing: MergeReport = { files: [], fileCount: 0 };

/** Of two commits; the attributes are those of the tree that the place names, as at a merge there. Throws Unproved. */
export async function mergeOf(
  { git, objectsFolder: _o, ...at }: DiffPlace,
  ours: string,
  theirs: string,
): Promise<MergeReport> {
  if (ours === theirs) return nothing;
  const args = ['merge-tree', '--write-tree', '-z', '--messages', ours, theirs];
  try {
    const { exitCode, stdout, stderr } = await git.run({ ...at, args, okCodes: [0, 1] });
    const complaint = /^(?:error|fatal): (.*)$/m.exec(stderr)?.[1];
    if (complaint !== undefined) throw new Unproved(complaint);
    return exitCode === 0 ? nothing : readMergeReport(stdout);
  } catch (error) {
    if (isGitFailure(error, /unrelated histories/))
      throw new Unproved('their histories have no commit in common');
    throw error;
  }
}

/** Where the lines of these files do not go together, in the order given; undefined where there are none to tell. */
export async function overlapsOf(
  place: DiffPlace,
  files: readonly Unmerged[],
): Promise<(readonly Overlap[] | undefined)[]> {
  const texts = files.map((file) => (hasLines(file) ? file.stages : undefined));
  if (texts.every((stages) => stages === undefined)) return files.map(() => undefined);
  const column = (stage: 0 | 1 | 2) => texts.map((stages) => stages?.[stage]?.id);
  const isNew = texts.some((stages) => stages !== undefined && stages[0] === undefined);
  const pairs: (readonly [number, number])[] = [
    [0, 1],
    [0, 2],
    ...(isNew ? ([[1, 2]] as const) : []),
  ];
  const columns = [column(0), column(1), column(2)];
  const [left, right, across] = await lineChanges(place, columns, pairs);
  return texts.map((stages, n) => {
    if (stages === undefined) return undefined;
    if (stages[0] === undefined) return (across?.get(n) ?? []).map(fromNothing);
    return findOverlaps(left?.get(n) ?? [], right?.get(n) ?? []);
  });
}

/** Of two that have no common file, whatever differs. */
function fromNothing(change: {
  readonly baseStart: number;
  readonly baseCount: number;
  readonly start: number;
  readonly count: number;
}): Overlap {
  return {
    base: { start: 0, count: 0 },
    ours: { start: change.baseStart, count: change.baseCount },
    theirs: { start: change.start, count: change.count },
  };
}

function hasLines({ reason, stages }: Unmerged): boolean {
  const isText = reason === 'content' || reason === 'both-added';
  return isText && stages[1] !== undefined && stages[2] !== undefined;
}

export function toFile({ path, reason }: Unmerged, overlaps?: readonly Overlap[]): CollidingFile {
  if (overlaps === undefined || overlaps.length === 0) return { path, reason };
  const shown = overlaps.slice(0, namedRanges);
  const ours = shown.map((one) => rangeOf(one.ours));
  return { path, reason, ranges: [ours, shown.map((one) => rangeOf(one.theirs))] };
}

/** Where a side has no line left, the one before which they were. */
function rangeOf({ start, count }: Span): LineRange {
  return { start: start + 1, end: start + Math.max(count, 1) };
}

/** What a proof that did not come about says. */
export function reasonFor(error: unknown): string | undefined {
  if (error instanceof Unproved) return error.message;
  const isOutside = error instanceof MusherError || (error as NodeJS.ErrnoException).code;
  return isOutside ? reasonOf(error) : undefined;
}
