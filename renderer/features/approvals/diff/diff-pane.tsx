import {
  type ReactNode,
  type Ref,
  useCallback,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import type { ViewerFile } from './diff-items.ts';
import type { DiffReview } from './diff-review.ts';
import { DiffToolbar } from './diff-toolbar.tsx';
import {
  chosenLines,
  type DiffLook,
  DiffViewer,
  type DiffViewerProps,
  type Viewer,
} from './diff-viewer.tsx';
import { SidePane } from './side-pane.tsx';
import { useCommentBoxes } from './use-comment-boxes.tsx';
import { useDiffNavigation } from './use-diff-navigation.ts';
import type { FileOpener } from './file-header.tsx';
import { useFolds } from './use-folds.ts';
import { useThreadSteps } from './use-thread-steps.ts';
import { type LoadFile, useWiderFiles } from './use-wider-files.ts';

export interface DiffPaneHandle {
  /** Goes to the file at that path; nothing when it is not in the diff. */
  openFile(path: string): void;
}

export interface DiffPaneProps {
  ref?: Ref<DiffPaneHandle>;
  /** In the order of the tree. */
  files: readonly ViewerFile[];
  /** Paths of files that could not be merged. */
  conflicts: ReadonlySet<string>;
  additions: number;
  deletions: number;
  look: DiffLook;
  theme: 'light' | 'dark';
  viewed: ReadonlySet<string>;
  onLook: (look: DiffLook) => void;
  onViewed: (path: string, isViewed: boolean) => void;
  /** Left out: nothing is commented here. */
  review?: DiffReview | undefined;
  /** The same diff has the same one. */
  subject: string;
  /** Left out: a file is shown as the diff has it. */
  loadFile?: LoadFile | undefined;
  /** Left out: there is no worktree to open files of. */
  editor?: FileOpener | undefined;
  /** Beside how the diff is shown. */
  tools?: ReactNode;
  /** Above the first file. */
  overview: ReactNode;
  renderPicture: DiffViewerProps['renderPicture'];
}

/** Files, toolbar and diff of one approval. Mount it anew for another diff: folds and place start over. */
export function DiffPane(props: DiffPaneProps) {
  const { ref, conflicts, additions, deletions, look, theme, viewed, onLook, overview } = props;
  const { review } = props;
  const viewer = useRef<Viewer>(null);
  const filterField = useRef<HTMLInputElement>(null);
  const { files, widen, canWiden } = useWiderFiles(props.files, props.subject, props.loadFile);
  const plain = useMemo(() => files.map(({ file }) => file), [files]);
  const { isFolded, fold, foldAll } = useFolds(viewed);
  const navigation = useDiffNavigation({ viewer, files, isFolded });
  const { activeId } = navigation;
  useImperativeHandle(ref, () => ({
    openFile(path) {
      const id = plain.find((file) => file.path === path)?.id;
      if (id !== undefined) navigation.goToFile(id);
    },
  }));
  const tree = useTreeToggle();
  const isViewed = useCallback((file: { path: string }) => viewed.has(file.path), [viewed]);
  const markViewed = useMarkViewed(props, fold);
  const { boxes, renderBox, write, writeOnFile, boxOf } = useCommentBoxes(files, review);
  const unfold = (id: string) => {
    const file = plain.find((one) => one.id === id);
    if (file && isFolded(file)) fold(id, false);
  };
  const { goToLine } = navigation;
  const { activeThread, openThread } = useThreadSteps({ review, boxOf, goToLine, unfold });
  // In a folded file nobody would see the box.
  const writeAt: typeof write = (place, startLine) => {
    unfold(place.fileId);
    write(place, startLine);
  };
  const writeHere = () => {
    const range = chosenLines(viewer.current);
    const place = range?.place ?? navigation.placeHere();
    if (place) writeAt(place, range?.startLine);
  };
  const acts = { writeHere, navigation, isFolded, fold, markViewed, tree, widen };
  useDiffShortcuts({
    ...props,
    ...acts,
    writeOnFile(id) {
      unfold(id);
      writeOnFile(id);
    },
    files,
    filterField,
  });
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <SidePane
        ref={tree.element}
        className={tree.className}
        files={plain}
        {...{ activeId, conflicts, isViewed, filterField, review, activeThread }}
        onOpen={navigation.goToFile}
        onOpenThread={openThread}
      />
      <div className="flex min-w-0 flex-1 flex-col">
        <DiffToolbar
          fileCount={files.length}
          viewedCount={plain.filter(isViewed).length}
          {...{ additions, deletions, look, onLook }}
          isTreeShown={tree.isShown}
          onToggleTree={tree.toggle}
          onStepFile={navigation.stepFile}
          onFoldAll={(fold) => foldAll(plain, fold)}
          tools={props.tools}
        />
        <DiffViewer
          {...{ files, look, theme, isFolded, isViewed, activeId, overview, viewer }}
          {...{ boxes, renderBox, canWiden }}
          onWiden={widen}
          editor={props.editor}
          renderPicture={props.renderPicture}
          onComment={review && writeAt}
          onFold={fold}
          onViewed={markViewed}
          onScroll={navigation.handleScroll}
          onWheel={navigation.handleWheel}
        />
      </div>
    </div>
  );
}

/** A tick folds its file; taking it away unfolds. A path that is there twice is ticked as one. */
function useMarkViewed(
  { files, onViewed }: DiffPaneProps,
  fold: (id: string, isFolded: boolean) => void,
): (id: string, isViewed: boolean) => void {
  return useCallback(
    (id, isViewed) => {
      const path = files.find(({ file }) => file.id === id)?.file.path;
      if (path === undefined) return;
      onViewed(path, isViewed);
      for (const { file } of files) if (file.path === path) fold(file.id, isViewed);
    },
    [files, onViewed, fold],
  );
}

interface TreeToggle {
  readonly element: (node: HTMLElement | null) => void;
  readonly className: string;
  readonly isShown: boolean;
  readonly toggle: () => void;
}

/** Shown where there is room, until the operator says otherwise. */
function useTreeToggle(): TreeToggle {
  const [chosen, setChosen] = useState<boolean>();
  const [hasRoom, setHasRoom] = useState(true);
  const element = useCallback((node: HTMLElement | null) => {
    const pane = node?.parentElement;
    if (!pane) return;
    const observer = new ResizeObserver(() => setHasRoom(pane.clientWidth >= roomyPx));
    observer.observe(pane);
    return () => observer.disconnect();
  }, []);
  const isShown = chosen ?? hasRoom;
  return {
    element,
    className: isShown ? 'flex' : 'hidden',
    isShown,
    toggle: () => setChosen(!isShown),
  };
}

const roomyPx = 800;

interface DiffShortcutOptions extends DiffPaneProps {
  navigation: ReturnType<typeof useDiffNavigation>;
  isFolded: (file: ViewerFile['file']) => boolean;
  fold: (id: string, isFolded: boolean) => void;
  markViewed: (id: string, isViewed: boolean) => void;
  writeHere: () => void;
  writeOnFile: (id: string) => void;
  widen: ((id: string) => void) | undefined;
  tree: TreeToggle;
  filterField: { readonly current: HTMLInputElement | null };
}

function useDiffShortcuts(options: DiffShortcutOptions): void {
  const { files, look, viewed, onLook, navigation, isFolded, fold, markViewed, tree } = options;
  const { writeHere, writeOnFile, widen, review } = options;
  const lineHere = () => {
    const place = navigation.placeHere();
    return place?.side === 'additions' ? place.lineNumber : 1;
  };
  const active = files.find(({ file }) => file.id === navigation.activeId)?.file;
  const viewAndGoOn = () => {
    if (!active) return;
    const isViewed = !viewed.has(active.path);
    markViewed(active.id, isViewed);
    if (isViewed) navigation.stepFile(1);
  };
  useShortcuts([
    { keys: ']', run: () => navigation.stepFile(1) },
    { keys: '[', run: () => navigation.stepFile(-1) },
    { keys: 'n', run: () => navigation.stepChange(1) },
    { keys: 'p', run: () => navigation.stepChange(-1) },
    { keys: 'v', run: viewAndGoOn },
    { keys: 'x', run: () => active && fold(active.id, !isFolded(active)) },
    { keys: 'c', run: () => review && writeHere() },
    { keys: 'Shift+c', run: () => active && review && writeOnFile(active.id) },
    { keys: 'Shift+n', run: () => navigation.stretch(1) },
    { keys: 'Shift+p', run: () => navigation.stretch(-1) },
    { keys: 'u', run: () => active && widen?.(active.id) },
    { keys: 'e', run: () => active && options.editor?.open(active.path, lineHere()) },
    { keys: 's', run: () => onLook({ ...look, layout: other(look.layout) }) },
    { keys: 'w', run: () => onLook({ ...look, isWrapped: !look.isWrapped }) },
    { keys: 't', run: tree.toggle },
    { keys: '/', run: () => goToFilter(options) },
  ]);
}

function goToFilter({ tree, filterField }: DiffShortcutOptions): void {
  if (!tree.isShown) tree.toggle();
  requestAnimationFrame(() => filterField.current?.focus());
}

function other(layout: DiffLook['layout']): DiffLook['layout'] {
  return layout === 'split' ? 'unified' : 'split';
}
