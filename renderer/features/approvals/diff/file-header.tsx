import {
  ChevronDown,
  ChevronRight,
  EyeOff,
  SquareArrowOutUpRight,
  UnfoldVertical,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { ChangeCounts } from '../../../ui/change-counts.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import type { DiffFile } from './diff-document.ts';
import { foldNote, hiddenNote, modeNote, placeholderOf } from './file-facts.ts';
import { PathLabel } from './path-label.tsx';
import { StatusLetter } from './status-letter.tsx';

export interface FileOpener {
  readonly open: (path: string, line: number) => void;
  /** Why nothing can be opened; undefined where it can. */
  readonly reason: string | undefined;
}

const smallButton =
  'inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-fg disabled:opacity-30';

export interface FileHeaderProps {
  file: DiffFile;
  isFolded: boolean;
  isViewed: boolean;
  isActive: boolean;
  onFold: (isFolded: boolean) => void;
  onViewed: (isViewed: boolean) => void;
  /** Shows more unchanged lines, or what was too large for the whole; undefined where there are none. */
  onWiden: (() => void) | undefined;
  editor: FileOpener | undefined;
  /** Beside its notes. */
  children?: ReactNode;
}

/** Stays on top while its file is scrolled by. Its height is known to the viewer: see diff-viewer.tsx. */
export function FileHeader(props: FileHeaderProps) {
  const { file, isFolded, isViewed, isActive, onFold, onViewed } = props;
  const placeholder = placeholderOf(file);
  return (
    <div
      className={classNames(
        '@container flex h-9 min-w-0 items-center gap-2 border-y bg-raised pr-3 pl-1 font-sans text-base',
        isActive && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <FoldButton isFolded={isFolded} canOpen={placeholder === undefined} {...{ file, onFold }} />
      <StatusLetter status={file.status} />
      <PathLabel path={file.path} oldPath={file.oldPath} className={isViewed ? 'opacity-70' : ''} />
      <FileNotes file={file} note={placeholder ?? (isFolded ? foldNote(file) : undefined)} />
      {props.children}
      <span className="flex-1" />
      {props.onWiden && !(isFolded && placeholder === undefined) && (
        <button
          type="button"
          title={isActive ? 'Show more unchanged lines (u)' : 'Show more unchanged lines'}
          aria-label={`Show more of ${toPlainLine(file.path)}`}
          onClick={props.onWiden}
          className={smallButton}
        >
          <UnfoldVertical size={14} strokeWidth={1.75} aria-hidden />
        </button>
      )}
      {props.editor && file.status !== 'deleted' && (
        <OpenButton {...{ file }} editor={props.editor} />
      )}
      <ChangeCounts additions={file.additions} deletions={file.deletions} />
      <label className="flex h-6 shrink-0 items-center gap-1.5 rounded-sm px-1 text-sm text-muted hover:text-fg">
        <input
          type="checkbox"
          className="size-3.5 accent-(--accent)"
          checked={isViewed}
          onChange={(event) => onViewed(event.target.checked)}
        />
        Viewed
      </label>
    </div>
  );
}

function OpenButton({ file, editor }: { file: DiffFile; editor: FileOpener }) {
  const { open, reason } = editor;
  return (
    <button
      type="button"
      title={reason ?? 'Open in your editor, as the agent has it now (e)'}
      aria-label={`Open ${toPlainLine(file.path)} in your editor`}
      disabled={reason !== undefined}
      onClick={() => open(file.path, 1)}
      className={classNames(smallButton, '@max-[480px]:hidden')}
    >
      <SquareArrowOutUpRight size={14} strokeWidth={1.75} aria-hidden />
    </button>
  );
}

interface FoldButtonProps {
  file: DiffFile;
  isFolded: boolean;
  canOpen: boolean;
  onFold: (isFolded: boolean) => void;
}

function FoldButton({ file, isFolded, canOpen, onFold }: FoldButtonProps) {
  const Icon = isFolded ? ChevronRight : ChevronDown;
  return (
    <button
      type="button"
      disabled={!canOpen}
      aria-expanded={!isFolded}
      aria-label={`${isFolded ? 'Unfold' : 'Fold'} ${toPlainLine(file.path)}`}
      className={smallButton}
      onClick={() => onFold(!isFolded)}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
    </button>
  );
}

function FileNotes({ file, note }: { file: DiffFile; note: string | undefined }) {
  const hidden = hiddenNote(file);
  const mode = modeNote(file);
  return (
    <span className="flex min-w-0 shrink-[2] items-center gap-2 overflow-hidden">
      {hidden && (
        <Badge tone={file.reorders ? 'red' : 'amber'}>
          <EyeOff size={12} aria-hidden /> {hidden}
        </Badge>
      )}
      {mode && <Badge>{mode}</Badge>}
      {note && <span className="truncate text-sm text-faint">{note}</span>}
    </span>
  );
}
