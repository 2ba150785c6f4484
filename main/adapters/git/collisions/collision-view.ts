/** One file that collides, three ways. */
import type {
  CollidingHunk,
  CollidingView,
} from '../../../../preload/contract/conflict-records.ts';
import { overlapsOf } from './collide.ts';
import { type DiffPlace, largestText } from './line-changes.ts';
import type { Overlap, Span } from './line-overlap.ts';
import type { Unmerged } from './merge-report.ts';

const shownHunks = 50;
/** Of one hunk on one side. */
const shownLines = 200;
const shownCharacters = 2_000;

export async function viewOf(
  place: DiffPlace,
  file: Unmerged,
  all: readonly Unmerged[],
): Promise<CollidingView> {
  const [overlaps = []] = await overlapsOf(place, [file]);
  const texts = await Promise.all(
    [0, 1, 2].map((stage) =>
      overlaps.length === 0 ? [] : linesOf(place, file.stages[stage as 0 | 1 | 2]?.id),
    ),
  );
  const hunks = overlaps.slice(0, shownHunks).map((overlap) => hunkOf(overlap, texts));
  const sides: [string, string] = [fateOf(file, 1, all), fateOf(file, 2, all)];
  return { path: file.path, reason: file.reason, hunks, hunkCount: overlaps.length, sides };
}

async function linesOf(
  { git, objectsFolder: _o, ...at }: DiffPlace,
  id: string | undefined,
): Promise<readonly string[]> {
  if (id === undefined) return [];
  const { stdout } = await git.run({ ...at, args: ['cat-file', 'blob', id] });
  return stdout.length > largestText ? [] : stdout.toString('utf8').split('\n');
}

function hunkOf(
  { base, ours, theirs }: Overlap,
  [baseLines = [], ourLines = [], theirLines = []]: readonly (readonly string[])[],
): CollidingHunk {
  return {
    base: cut(baseLines, base),
    sides: [cut(ourLines, ours), cut(theirLines, theirs)],
  };
}

function cut(lines: readonly string[], { start, count }: Span): CollidingHunk['base'] {
  const shown = lines.slice(start, start + Math.min(count, shownLines));
  return {
    start: start + 1,
    lines: shown.map((line) => line.replace(/\r$/, '').slice(0, shownCharacters)),
  };
}

/** What one side made of the file. */
function fateOf(file: Unmerged, side: 1 | 2, all: readonly Unmerged[]): string {
  const [base] = file.stages;
  if (file.stages[side] !== undefined) return base === undefined ? 'added' : 'changed';
  if (base === undefined) return 'not there';
  const other = all.find(
    ({ path, stages }) =>
      path !== file.path && file.names.includes(path) && stages[side] !== undefined && !stages[0],
  );
  return other === undefined ? 'deleted' : `renamed to ${other.path}`;
}
