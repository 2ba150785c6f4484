/** Files of a diff as the viewer takes them. Parsed once; a fold only picks another item. */
import { type CodeViewDiffItem, type FileDiffMetadata, processFile } from '@pierre/diffs';
import type { DiffFile } from './diff-document.ts';

export interface ViewerFile {
  readonly file: DiffFile;
  /** First changed line of each hunk, for going from one to the next. */
  readonly hunks: readonly HunkStart[];
  readonly open: CodeViewDiffItem;
  readonly folded: CodeViewDiffItem;
}

export interface HunkStart {
  readonly lineNumber: number;
  readonly side: 'additions' | 'deletions';
}

/** `diffHash` makes the keys under which highlighted code is kept. */
export function toViewerFile(file: DiffFile, diffHash: string): ViewerFile {
  const fileDiff = parse(file, diffHash);
  const item = { id: file.id, type: 'diff', fileDiff } as const;
  const folded = { ...item, collapsed: true, version: 1 };
  const hasLines = fileDiff.hunks.length > 0;
  const open = hasLines ? { ...item, collapsed: false, version: 0 } : folded;
  return { file, hunks: fileDiff.hunks.map(startOf), open, folded };
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
      return part.deletions > 0
        ? { lineNumber: hunk.deletionStart + before, side: 'deletions' }
        : { lineNumber: hunk.additionStart + before, side: 'additions' };
    }
    before += part.lines;
  }
  return { lineNumber: hunk.additionStart, side: 'additions' };
}
