/** Going through a diff by keys: the next file, the next change; and which file is at the top. */
import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import type { CodeViewLineSelection } from '@pierre/diffs';
import type { LinePlace } from '../review-comments.ts';
import { lineAt, type ViewerFile } from './diff-items.ts';
import { headerPx, type Viewer } from './diff-viewer.tsx';
import { indexAt, type Stop, stepHunk, stopAt } from './hunk-steps.ts';

export interface DiffNavigation {
  /** The file at the top, or the one that was gone to. */
  readonly activeId: string | undefined;
  readonly goToFile: (id: string) => void;
  readonly stepFile: (step: 1 | -1) => void;
  readonly stepChange: (step: 1 | -1) => void;
  /** The change where one is; undefined where there is none. */
  readonly placeHere: () => LinePlace | undefined;
  /** Goes to a line, and chooses it. */
  readonly goToLine: (place: LinePlace) => void;
  /** Chooses one line more, or one less, from where one is. */
  readonly stretch: (step: 1 | -1) => void;
  readonly handleScroll: () => void;
  /** The operator scrolled by hand: from now on the top of the screen says where one is. */
  readonly handleWheel: () => void;
}

interface NavigationOptions {
  readonly viewer: RefObject<Viewer | null>;
  readonly files: readonly ViewerFile[];
  readonly isFolded: (file: ViewerFile['file']) => boolean;
}

/** Room above a change, so that its header and some lines before it stay in sight. */
const abovePx = headerPx + 60;

export function useDiffNavigation({ viewer, files, isFolded }: NavigationOptions): DiffNavigation {
  const [activeId, setActiveId] = useState<string>();
  // Where the keys went last. At the end of the diff the screen cannot follow, so it alone does not tell.
  const last = useRef<Stop>(undefined);
  const counts = useMemo(
    () => files.map(({ file, hunks }) => (isFolded(file) ? 0 : hunks.length)),
    [files, isFolded],
  );
  const goTo = useCallback(
    (stop: Stop) => {
      const entry = files[stop.file];
      if (!entry) return;
      last.current = stop;
      setActiveId(entry.file.id);
      scrollTo(viewer.current, entry, stop.hunk);
    },
    [viewer, files],
  );
  const here = useCallback(
    () => last.current ?? stopOnScreen(viewer.current, files),
    [viewer, files],
  );
  const placeHere = (): LinePlace | undefined => {
    const { file, hunk } = here();
    const entry = files[file];
    const start = entry?.hunks[Math.max(hunk, 0)];
    if (!entry || !start) return undefined;
    const fileId = entry.file.id;
    const { newLine, lineNumber, side } = start;
    return newLine === undefined
      ? { fileId, lineNumber, side }
      : { fileId, lineNumber: newLine, side: 'additions' };
  };
  return {
    activeId: activeId ?? files[0]?.file.id,
    goToFile: (id) => goTo({ file: files.findIndex(({ file }) => file.id === id), hunk: -1 }),
    stepFile: (step) => goTo({ file: nextFile(here(), step), hunk: -1 }),
    stepChange: (step) => {
      const next = stepHunk(counts, here(), step);
      if (next) goTo(next);
    },
    goToLine: ({ fileId, side, lineNumber }) => {
      last.current = { file: files.findIndex(({ file }) => file.id === fileId), hunk: -1 };
      setActiveId(fileId);
      showLine(viewer.current, { fileId, side, lineNumber });
    },
    stretch: (step) => {
      const chosen = viewer.current?.getSelectedLines();
      if (!chosen) return;
      const { start, end, side } = begun(chosen, files);
      const range = { start, side, end: Math.max(1, end + step), endSide: side };
      const isThere = files.some((entry) => {
        const place = { fileId: chosen.id, side: side ?? 'additions', lineNumber: range.end };
        return entry.file.id === chosen.id && lineAt(entry, place) !== undefined;
      });
      if (isThere || range.end === start)
        viewer.current?.setSelectedLines({ id: chosen.id, range });
    },
    placeHere,
    handleScroll: useCallback(() => {
      if (last.current === undefined) setActiveId(fileOnScreen(viewer.current, files)?.file.id);
    }, [viewer, files]),
    handleWheel: useCallback(() => {
      last.current = undefined;
    }, []),
  };
}

/** From the middle of a file, back leads to its own top first. */
function nextFile({ file, hunk }: Stop, step: 1 | -1): number {
  return step === -1 && hunk >= 0 ? file : file + step;
}

function scrollTo(viewer: Viewer | null, { file, hunks }: ViewerFile, hunk: number): void {
  const start = hunks[hunk];
  const target = { id: file.id, align: 'start', behavior: 'instant' } as const;
  if (!start) {
    viewer?.clearSelectedLines();
    viewer?.scrollTo({ type: 'item', ...target });
    return;
  }
  const { lineNumber, side } = start;
  showLine(viewer, { fileId: file.id, side, lineNumber });
}

/** From the beginning of a change, it is its new lines that are chosen, as for a comment. */
function begun(
  { id, range }: CodeViewLineSelection,
  files: readonly ViewerFile[],
): CodeViewLineSelection['range'] {
  if (range.start !== range.end) return range;
  const hunks = files.find(({ file }) => file.id === id)?.hunks;
  const here = hunks?.find(({ lineNumber, side }) => {
    return lineNumber === range.start && side === range.side;
  });
  if (here?.newLine === undefined) return range;
  return { start: here.newLine, end: here.newLine, side: 'additions' };
}

/** Line 0 is the top of the file. */
function showLine(viewer: Viewer | null, { fileId: id, side, lineNumber }: LinePlace): void {
  const target = { id, align: 'start', behavior: 'instant' } as const;
  viewer?.clearSelectedLines();
  if (lineNumber === 0) {
    viewer?.scrollTo({ type: 'item', ...target });
    return;
  }
  viewer?.scrollTo({ type: 'line', ...target, lineNumber, side, offset: abovePx });
  const range = { start: lineNumber, end: lineNumber, side, endSide: side };
  viewer?.setSelectedLines({ id, range });
}

function fileOnScreen(viewer: Viewer | null, files: readonly ViewerFile[]): ViewerFile | undefined {
  const view = viewer?.getInstance();
  if (!view) return undefined;
  const topOf = (index: number) => view.getTopForItem(files[index]?.file.id ?? '') ?? 0;
  return files[indexAt(files.length, topOf, view.getScrollTop() + 1)];
}

function stopOnScreen(viewer: Viewer | null, files: readonly ViewerFile[]): Stop {
  const view = viewer?.getInstance();
  const entry = fileOnScreen(viewer, files);
  if (!view || !entry) return { file: 0, hunk: -1 };
  const { id } = entry.file;
  const drawn = view.getRenderedItems().find((item) => item.id === id);
  const top = view.getTopForItem(id) ?? 0;
  const tops = entry.hunks.map(({ lineNumber, side }) => {
    const position = drawn?.type === 'diff' && drawn.instance.getLinePosition(lineNumber, side);
    return position ? top + position.top : Number.POSITIVE_INFINITY;
  });
  return stopAt(files.indexOf(entry), tops, view.getScrollTop() + abovePx + 1);
}
