import {
  ChevronDown,
  ChevronUp,
  FoldVertical,
  ListTree,
  UnfoldVertical,
  WrapText,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { ChangeCounts } from '../../../ui/change-counts.tsx';
import type { DiffLook } from './diff-viewer.tsx';

const layouts = [
  { value: 'unified', label: 'Unified' },
  { value: 'split', label: 'Split' },
] as const;

/** Left out where the diff is narrow. */
const wideOnly = '@max-[600px]:hidden';

interface DiffToolbarProps {
  fileCount: number;
  additions: number;
  deletions: number;
  viewedCount: number;
  look: DiffLook;
  isTreeShown: boolean;
  onLook: (look: DiffLook) => void;
  onToggleTree: () => void;
  onStepFile: (step: 1 | -1) => void;
  onFoldAll: (isFolded: boolean) => void;
  /** Left of how it is shown. */
  tools?: ReactNode;
}

/** How much there is, how far one is, and how it is shown. */
export function DiffToolbar(props: DiffToolbarProps) {
  const { look, isTreeShown, onLook, onToggleTree, onStepFile, onFoldAll } = props;
  return (
    <div className="@container flex h-bar shrink-0 items-center gap-1 border-b px-2">
      <IconButton
        icon={ListTree}
        label={isTreeShown ? 'Hide files' : 'Show files'}
        shortcut="t"
        pressed={isTreeShown}
        onClick={onToggleTree}
      />
      <Progress {...props} />
      <span className="flex-1" />
      <IconButton
        icon={ChevronUp}
        label="Previous file"
        shortcut="["
        onClick={() => onStepFile(-1)}
      />
      <IconButton icon={ChevronDown} label="Next file" shortcut="]" onClick={() => onStepFile(1)} />
      <IconButton
        icon={FoldVertical}
        label="Fold all files"
        className={wideOnly}
        onClick={() => onFoldAll(true)}
      />
      <IconButton
        icon={UnfoldVertical}
        label="Unfold all files"
        className={wideOnly}
        onClick={() => onFoldAll(false)}
      />
      <IconButton
        icon={WrapText}
        label="Wrap long lines"
        shortcut="w"
        pressed={look.isWrapped}
        onClick={() => onLook({ ...look, isWrapped: !look.isWrapped })}
      />
      {props.tools}
      <Segmented
        label="Layout of the diff"
        value={look.layout}
        segments={layouts}
        onChange={(layout) => onLook({ ...look, layout })}
      />
    </div>
  );
}

function Progress({ fileCount, additions, deletions, viewedCount }: DiffToolbarProps) {
  return (
    <span className="flex min-w-0 items-center gap-2.5 truncate text-muted">
      <span className="shrink-0 text-fg">{fileCount === 1 ? '1 file' : `${fileCount} files`}</span>
      <ChangeCounts additions={additions} deletions={deletions} />
      <span className="flex min-w-0 items-center gap-2 truncate text-sm @max-[480px]:hidden">
        <progress
          aria-hidden="true"
          value={viewedCount}
          max={fileCount}
          className="h-1 w-12 shrink-0 appearance-none @max-[600px]:hidden overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-selected [&::-webkit-progress-value]:bg-(--muted)"
        />
        <span className="truncate">
          {viewedCount} of {fileCount} viewed
        </span>
      </span>
    </span>
  );
}
