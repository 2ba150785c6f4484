import { Check, ChevronDown, ChevronRight, Search } from 'lucide-react';
import { type RefObject, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { classNames } from '../../../ui/class-names.ts';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import { ChangeCounts } from '../../../ui/change-counts.tsx';
import type { DiffFile } from './diff-document.ts';
import { filterFiles, type TreeRow, toTreeRows } from './file-tree.ts';
import { StatusLetter } from './status-letter.tsx';

interface FileTreePaneProps {
  files: readonly DiffFile[];
  activeId: string | undefined;
  /** Paths. */
  conflicts: ReadonlySet<string>;
  isViewed: (file: DiffFile) => boolean;
  onOpen: (id: string) => void;
  /** For the key that goes to it. */
  filterField: RefObject<HTMLInputElement | null>;
}

/** The files as a tree, with a filter above. */
export function FileTreePane(props: FileTreePaneProps) {
  const { files, activeId, conflicts, isViewed, onOpen, filterField } = props;
  const [filter, setFilter] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const shown = useDeferredValue(filter);
  const found = useMemo(() => filterFiles(files, shown), [files, shown]);
  const rows = useMemo(() => toTreeRows(found, closed), [found, closed]);
  const activeIndex = rows.findIndex((row) => row.kind === 'file' && row.file.id === activeId);
  const toggle = useCallback((path: string) => {
    setClosed((old) => {
      const next = new Set(old);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  }, []);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <FilterField {...{ filter, setFilter, filterField }} onEnter={() => open(rows, onOpen)} />
      {rows.length === 0 && <p className="px-3 py-2 text-sm text-muted">No file matches.</p>}
      <VirtualList
        // What is found begins at its top, wherever the whole list stood.
        key={shown}
        label="Changed files"
        items={rows}
        keyOf={keyOf}
        estimatePx={rowPx}
        activeIndex={shown === '' ? activeIndex : -1}
        className="pb-2"
      >
        {(row) =>
          row.kind === 'folder' ? (
            <FolderRow row={row} onToggle={toggle} />
          ) : (
            <FileRow
              row={row}
              isActive={row.file.id === activeId}
              isConflicted={conflicts.has(row.file.path)}
              isViewed={isViewed(row.file)}
              onOpen={onOpen}
            />
          )
        }
      </VirtualList>
    </div>
  );
}

const rowPx = 28;

interface FilterFieldProps {
  filter: string;
  setFilter: (filter: string) => void;
  filterField: RefObject<HTMLInputElement | null>;
  onEnter: () => void;
}

function FilterField({ filter, setFilter, filterField, onEnter }: FilterFieldProps) {
  const handleKey = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // The key that empties the filter does not also leave the view.
    event.preventDefault();
    if (event.key === 'Enter') onEnter();
    else setFilter('');
    event.currentTarget.blur();
  };
  return (
    <div className="flex h-bar shrink-0 items-center gap-2 border-b px-3 text-faint focus-within:text-fg">
      <Search size={14} aria-hidden className="shrink-0" />
      <input
        ref={filterField}
        type="text"
        aria-label="Filter files"
        placeholder="Filter files"
        spellCheck={false}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={handleKey}
        className="text-selectable h-7 min-w-0 flex-1 bg-transparent text-fg outline-none"
      />
    </div>
  );
}

function open(rows: readonly TreeRow[], onOpen: (id: string) => void): void {
  const first = rows.find((row) => row.kind === 'file');
  if (first) onOpen(first.file.id);
}

function keyOf(row: TreeRow): string {
  return row.kind === 'folder' ? `folder:${row.path}` : row.file.id;
}

const rowLook = 'flex h-7 w-full min-w-0 items-center gap-1.5 pr-3 text-left hover:bg-hover';

function indent(depth: number): { paddingLeft: number } {
  return { paddingLeft: 8 + Math.min(depth, 8) * 12 };
}

type FolderRowData = Extract<TreeRow, { kind: 'folder' }>;

function FolderRow({ row, onToggle }: { row: FolderRowData; onToggle: (path: string) => void }) {
  const Icon = row.isOpen ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      title={toPlainLine(row.path)}
      aria-expanded={row.isOpen}
      onClick={() => onToggle(row.path)}
      className={classNames(rowLook, 'text-muted')}
      style={indent(row.depth)}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1 truncate text-sm">{row.label}</span>
      {!row.isOpen && <span className="text-xs text-faint">{row.fileCount}</span>}
    </button>
  );
}

interface FileRowProps {
  row: Extract<TreeRow, { kind: 'file' }>;
  isActive: boolean;
  isConflicted: boolean;
  isViewed: boolean;
  onOpen: (id: string) => void;
}

function FileRow({ row, isActive, isConflicted, isViewed, onOpen }: FileRowProps) {
  const { file, label, depth } = row;
  return (
    <button
      type="button"
      title={toPlainLine(file.oldPath === undefined ? file.path : `${file.oldPath} → ${file.path}`)}
      aria-current={isActive ? 'true' : undefined}
      onClick={() => onOpen(file.id)}
      className={classNames(rowLook, isActive && 'bg-selected hover:bg-selected')}
      style={indent(depth)}
    >
      <StatusLetter status={file.status} />
      <span
        className={classNames(
          'min-w-0 flex-1 truncate text-sm',
          isViewed ? 'text-faint' : 'text-fg',
          file.status === 'deleted' && 'line-through',
        )}
      >
        {label}
      </span>
      {isConflicted && <StatusDot shape="square" tone="red" word="in conflict" />}
      {isViewed && <Check size={14} aria-label="viewed" className="shrink-0 text-muted" />}
      <ChangeCounts additions={file.additions} deletions={file.deletions} />
    </button>
  );
}
