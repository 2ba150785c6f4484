/** Files of a diff as the viewer takes them. Parsed once; a fold only picks another item. */
import { type CodeViewDiffItem, type FileDiffMetadata, processFile } from '@pierre/diffs';
import type { LinePlace } from '../review-comments.ts';
import type { DiffFile } from './diff-document.ts';

/** With a box below each line that has a comment. */
export type DiffItem = CodeViewDiffItem<LinePlace>;

export interface ViewerFile {
  readonly file: DiffFile;
  /** First changed line of each hunk, for going from one to the next. */
  readonly hunks: readonly HunkStart[];
  readonly open: DiffItem;
  readonly folded: DiffItem;
}

export interface HunkStart {
  readonly lineNumber: number;
  readonly side: 'additions' | 'deletions';
  /** First new line of the same change, if it has one: what a comment is about. */
  readonly newLine: number | undefined;
}

/** More than any set of places adds to a version. */
const versionsApart = 2_000_000;

/**
 * `diffHash` makes the keys under which highlighted code is kept; `round` tells the same file with other unchanged lines apart,
 * counted from 0.
 */
export function toViewerFile(file: DiffFile, diffHash: string, round = 0): ViewerFile {
  const fileDiff = parse(file, round === 0 ? diffHash : `${diffHash}:${round}`);
  const item = { id: file.id, type: 'diff', fileDiff } as const;
  const first = round * versionsApart;
  const folded = { ...item, collapsed: true, version: first + 1 };
  const hasLines = fileDiff.hunks.length > 0;
  const open = hasLines ? { ...item, collapsed: false, version: first } : folded;
  return { file, hunks: fileDiff.hunks.map(startOf), open, folded };
}

/** The item with boxes at these places; the viewer compares versions alone, so each set of places has its own. */
export function withBoxes(item: DiffItem, places: readonly LinePlace[]): DiffItem {
  if (places.length === 0 || item.collapsed) return item;
  const annotations = places.map((place) => ({
    side: place.side,
    lineNumber: place.lineNumber,
    metadata: place,
  }));
  const version = places.reduce((sum, { side, lineNumber }) => {
    return (sum * 31 + lineNumber * 2 + (side === 'additions' ? 1 : 0)) % 1_000_003;
  }, places.length);
  return { ...item, annotations, version: (item.version ?? 0) + version + 2 };
}

/** Where a line is drawn: one that did not change is drawn by its new number. Undefined where it is not shown. */
export function drawnAt(entry: ViewerFile, place: LinePlace): LinePlace | undefined {
  if (lineAt(entry, place) === undefined) return undefined;
  if (place.side === 'additions') return place;
  for (const hunk of entry.open.fileDiff.hunks) {
    let [old, fresh] = [hunk.deletionStart, hunk.additionStart];
    for (const part of hunk.hunkContent) {
      const isContext = part.type === 'context';
      const deletions = isContext ? part.lines : part.deletions;
      if (place.lineNumber >= old && place.lineNumber < old + deletions)
        return isContext
          ? { ...place, side: 'additions', lineNumber: fresh + place.lineNumber - old }
          : place;
      old += deletions;
      fresh += isContext ? part.lines : part.additions;
    }
  }
  return place;
}

/** A line as the patch has it; undefined where the patch shows none. */
export function lineAt({ open }: ViewerFile, { side, lineNumber }: LinePlace): string | undefined {
  const { hunks, additionLines, deletionLines } = open.fileDiff;
  for (const hunk of hunks) {
    const isNew = side === 'additions';
    const at = lineNumber - (isNew ? hunk.additionStart : hunk.deletionStart);
    if (at < 0 || at >= (isNew ? hunk.additionCount : hunk.deletionCount)) continue;
    return isNew
      ? additionLines[hunk.additionLineIndex + at]
      : deletionLines[hunk.deletionLineIndex + at];
  }
  return undefined;
}

function parse(file: DiffFile, diffHash: string): FileDiffMetadata {
  if (file.body !== 'text') return withoutLines(file);
  const cacheKey = `${diffHash}:${file.id}`;
  // The lines stay in the order of the patch: what is shown is what is approved.
  const options = { isGitDiff: true, disableLineMatching: true, cacheKey };
  return processFile(file.patch, options) ?? withoutLines(file);
}

function withoutLines({ path }: DiffFile): FileDiffMetadata {
  const lines = { deletionLines: [], additionLines: [] };
  const counts = { splitLineCount: 0, unifiedLineCount: 0 };
  const characters = { deletionCharacterCount: 0, additionCharacterCount: 0 };
  return {
    name: path,
    type: 'change',
    hunks: [],
    isPartial: true,
    ...lines,
    ...counts,
    ...characters,
  };
}

function startOf(hunk: FileDiffMetadata['hunks'][number]): HunkStart {
  let before = 0;
  for (const part of hunk.hunkContent) {
    if (part.type === 'change') {
      const newLine = part.additions > 0 ? hunk.additionStart + before : undefined;
      return part.deletions > 0
        ? { lineNumber: hunk.deletionStart + before, side: 'deletions', newLine }
        : { lineNumber: hunk.additionStart + before, side: 'additions', newLine };
    }
    before += part.lines;
  }
  return { lineNumber: hunk.additionStart, side: 'additions', newLine: undefined };
}
