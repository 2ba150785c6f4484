import type { CodeViewItem } from '@pierre/diffs';
import { CodeView, type CodeViewHandle, type CodeViewReactOptions } from '@pierre/diffs/react';
import { Plus } from 'lucide-react';
import { type ReactNode, type RefObject, useCallback, useMemo } from 'react';
import type { LinePlace } from '../review-comments.ts';
import './diff-viewer.css';
import { type ViewerFile, withBoxes } from './diff-items.ts';
import { isPicture } from './file-facts.ts';
import { FileHeader, type FileOpener } from './file-header.tsx';
import { codeThemes } from './highlight-pool.tsx';
import { quietUnlikeLines } from './word-marks.ts';

export type Viewer = CodeViewHandle<LinePlace, undefined>;

export interface DiffLook {
  readonly layout: 'unified' | 'split';
  readonly isWrapped: boolean;
}

/** Pixels that the viewer reckons with before it has drawn anything; the components below keep to them. */
export const headerPx = 36;
const lineHeightPx = 20;
/** Lines that come and go together at the edges: line by line, every frame of a scroll would lay the file out again. */
const linesAtOnce = 10;

/** Where the viewer has no handle: its note about a missing newline, marks of unlike lines, and its hunk headers, which are no code to be scrolled to. */
const innerCss = `
  [data-indicators=classic] [data-no-newline] { padding-inline-start: 2ch; font-style: italic; }
  [data-no-newline] span { opacity: 1; color: var(--muted); }
  [data-unlike] [data-diff-span] { background-color: transparent; }
  [data-selected-line] {
    --mix-selection-light: 93% !important; --mix-selection-dark: 88% !important;
    --diffs-selection-number-fg: var(--fg);
  }
  [data-gutter] [data-selected-line] { box-shadow: inset 3px 0 0 var(--accent); }
  [data-separator] { font-family: var(--diffs-font-family); }
  [data-gutter] [data-separator-wrapper] {
    box-sizing: border-box; min-width: 0 !important; max-width: calc(100cqi - 100%);
  }
  [data-diff-type=split] [data-gutter] [data-separator-wrapper] { max-width: calc(50cqi - 100% - 1px); }`;

export interface DiffViewerProps {
  files: readonly ViewerFile[];
  look: DiffLook;
  theme: 'light' | 'dark';
  isFolded: (file: ViewerFile['file']) => boolean;
  isViewed: (file: ViewerFile['file']) => boolean;
  activeId: string | undefined;
  onFold: (id: string, isFolded: boolean) => void;
  onViewed: (id: string, isViewed: boolean) => void;
  onScroll: () => void;
  /** The operator scrolls by hand. */
  onWheel: () => void;
  /** Above the first file; scrolls with them. */
  overview: ReactNode;
  /** Lines with a box below them, and what is in it. */
  boxes: readonly LinePlace[];
  renderBox: (place: LinePlace) => ReactNode;
  /** `startLine` where several lines are chosen. */
  onComment: ((place: LinePlace, startLine?: number) => void) | undefined;
  /** Shows more unchanged lines of a file; undefined where it cannot. */
  onWiden: ((id: string) => void) | undefined;
  canWiden: (file: ViewerFile['file']) => boolean;
  editor: FileOpener | undefined;
  /** What a file that is a picture offers in its header. */
  renderPicture: (file: ViewerFile['file']) => ReactNode;
  viewer: RefObject<Viewer | null>;
}

/** Every file of the diff in one scroll; only what is in sight is drawn. */
export function DiffViewer(props: DiffViewerProps) {
  const { files, look, theme, isFolded, isViewed, activeId, overview, viewer } = props;
  const { boxes, renderBox, renderPicture, onComment, onFold, onViewed, onScroll, onWheel } = props;
  const { onWiden, canWiden, editor } = props;
  const byId = useMemo(() => new Map(files.map((entry) => [entry.file.id, entry.file])), [files]);
  const items = useMemo(
    () =>
      files.map(({ file, folded, open }) => {
        const own = boxes.filter(({ fileId }) => fileId === file.id);
        return isFolded(file) ? folded : withBoxes(open, own);
      }),
    [files, isFolded, boxes],
  );
  const canComment = onComment !== undefined;
  const options = useMemo(
    () => ({
      ...toOptions(look, theme),
      enableGutterUtility: canComment,
      enableLineSelection: canComment,
    }),
    [look, theme, canComment],
  );
  const renderCustomHeader = useCallback(
    ({ id, collapsed }: CodeViewItem<LinePlace>) => {
      const file = byId.get(id);
      if (!file) return null;
      return (
        <FileHeader
          file={file}
          isFolded={collapsed === true}
          isViewed={isViewed(file)}
          isActive={id === activeId}
          onFold={(fold) => onFold(id, fold)}
          onViewed={(mark) => onViewed(id, mark)}
          editor={editor}
          onWiden={onWiden && canWiden(file) ? () => onWiden(id) : undefined}
        >
          {isPicture(file) && renderPicture(file)}
        </FileHeader>
      );
    },
    [byId, isViewed, activeId, onFold, onViewed, onWiden, canWiden, editor, renderPicture],
  );
  const renderOverview = useCallback(() => overview, [overview]);
  return (
    <div className="flex min-h-0 min-w-0 flex-1" onWheel={onWheel} onPointerDown={onWheel}>
      <CodeView<LinePlace, undefined>
        ref={viewer}
        className="min-w-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain"
        containerRef={makeReachable}
        items={items}
        options={options}
        onScroll={onScroll}
        renderCustomHeader={renderCustomHeader}
        renderCodeViewHeader={renderOverview}
        renderGutterUtility={(getHovered, { id }) => (
          <CommentButton
            onPress={() => {
              const line: HoveredLine | undefined = getHovered();
              if (!line) return;
              const { lineNumber, side = 'additions' } = line;
              const range = chosenLines(viewer.current);
              if (range && isWithin(range, { fileId: id, lineNumber, side }))
                onComment?.(range.place, range.startLine);
              else onComment?.({ fileId: id, lineNumber, side });
            }}
          />
        )}
        renderAnnotation={(...[annotation]) => renderBox(annotation.metadata)}
      />
    </div>
  );
}

export interface ChosenLines {
  /** The last one. */
  readonly place: LinePlace;
  readonly startLine: number;
}

/** Several lines of one side, chosen by dragging over their numbers or by keys; undefined where it is one, or none. */
export function chosenLines(viewer: Viewer | null): ChosenLines | undefined {
  const chosen = viewer?.getSelectedLines();
  if (!chosen) return undefined;
  const { start, end, side = 'additions', endSide = side } = chosen.range;
  if (start === end || side !== endSide) return undefined;
  const place = { fileId: chosen.id, side, lineNumber: Math.max(start, end) };
  return { place, startLine: Math.min(start, end) };
}

function isWithin({ place, startLine }: ChosenLines, line: LinePlace): boolean {
  const isSameSide = place.fileId === line.fileId && place.side === line.side;
  return isSameSide && startLine <= line.lineNumber && line.lineNumber <= place.lineNumber;
}

type HoveredLine = Pick<LinePlace, 'lineNumber'> & Partial<Pick<LinePlace, 'side'>>;

/** At the line under the pointer; the keyboard has `c`. */
function CommentButton({ onPress }: { onPress: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label="Comment on this line"
      onClick={onPress}
      className="-mr-2.5 flex size-5 items-center justify-center rounded-sm bg-accent text-accent-fg"
    >
      <Plus size={14} strokeWidth={2.5} aria-hidden />
    </button>
  );
}

function toOptions(
  { layout, isWrapped }: DiffLook,
  themeType: 'light' | 'dark',
): CodeViewReactOptions<LinePlace, undefined> {
  return {
    diffStyle: layout,
    overflow: isWrapped ? 'wrap' : 'scroll',
    themeType,
    theme: codeThemes,
    hunkSeparators: 'metadata',
    diffIndicators: 'classic',
    stickyHeaders: true,
    unsafeCSS: innerCss,
    onPostRender: quietUnlikeLines,
    itemMetrics: {
      hunkLineCount: linesAtOnce,
      lineHeight: lineHeightPx,
      diffHeaderHeight: headerPx,
      spacing: 0,
    },
    layout: { paddingTop: 0, paddingBottom: 96, gap: 12 },
  };
}

/** What scrolls can be reached and scrolled by keyboard. */
function makeReachable(container: HTMLDivElement | null): void {
  if (!container) return;
  container.tabIndex = 0;
  container.setAttribute('role', 'region');
  container.setAttribute('aria-label', 'Diff');
}
