/**
 * The files of a diff as rows of a tree. Folders with one child folder are one row, so that deep trees stay
 * narrow. The order of the tree is the order of the diff beside it.
 */
import { toPlainLine } from '../../../ui/plain-text.ts';
import type { DiffFile } from './diff-document.ts';

export type TreeRow =
  | {
      readonly kind: 'folder';
      readonly path: string;
      /** Harmless to show, as all labels. */
      readonly label: string;
      readonly depth: number;
      readonly fileCount: number;
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'file';
      readonly file: DiffFile;
      readonly label: string;
      readonly depth: number;
    };

interface Folder {
  readonly path: string;
  readonly folders: Map<string, Folder>;
  /** Children as they were met: names of folders, and files. */
  readonly order: Array<string | DiffFile>;
  fileCount: number;
}

/** Files in the order of the tree: those of one folder stand together. `first`: paths that come before all others. */
export function orderFiles(
  files: readonly DiffFile[],
  first: ReadonlySet<string> = new Set(),
): DiffFile[] {
  const rank = ({ path }: DiffFile) => (first.has(path) ? 0 : 1);
  const ranked = files.toSorted((a, b) => rank(a) - rank(b));
  return toTreeRows(ranked, new Set()).flatMap((row) => (row.kind === 'file' ? [row.file] : []));
}

/** Rows from the top down; what is below a closed folder is left out. */
export function toTreeRows(files: readonly DiffFile[], closed: ReadonlySet<string>): TreeRow[] {
  const root = newFolder('');
  for (const file of files) insert(root, file);
  return rowsOf(root, { depth: 0, closed });
}

/** Every word has to be somewhere in the path; letters of either case. */
export function filterFiles(files: readonly DiffFile[], filter: string): readonly DiffFile[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return files;
  return files.filter(({ path, oldPath }) => {
    const text = `${path} ${oldPath ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * The folder with its slash, and the name. Where both do not fit, the folder is cut at its end: the path loses its
 * middle, and its first folders and its name stay readable.
 */
export function splitPath(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, slash + 1), name: path.slice(slash + 1) };
}

function newFolder(path: string): Folder {
  return { path, folders: new Map(), order: [], fileCount: 0 };
}

function insert(root: Folder, file: DiffFile): void {
  let folder = root;
  folder.fileCount += 1;
  for (const name of file.path.split('/').slice(0, -1)) {
    let child = folder.folders.get(name);
    if (!child) {
      child = newFolder(folder.path === '' ? name : `${folder.path}/${name}`);
      folder.folders.set(name, child);
      folder.order.push(name);
    }
    child.fileCount += 1;
    folder = child;
  }
  folder.order.push(file);
}

function rowsOf(
  folder: Folder,
  { depth, closed }: { depth: number; closed: ReadonlySet<string> },
): TreeRow[] {
  return folder.order.flatMap((child) => {
    if (typeof child !== 'string') {
      return [
        {
          kind: 'file',
          file: child,
          label: toPlainLine(splitPath(child.path).name),
          depth,
        } as const,
      ];
    }
    const { end, label } = compact(folder, child);
    const isOpen = !closed.has(end.path);
    const { path, fileCount } = end;
    const row = {
      kind: 'folder',
      path,
      label: toPlainLine(label),
      depth,
      fileCount,
      isOpen,
    } as const;
    return isOpen ? [row, ...rowsOf(end, { depth: depth + 1, closed })] : [row];
  });
}

/** Walks down while a folder holds nothing but one folder. */
function compact(parent: Folder, name: string): { end: Folder; label: string } {
  let end = parent.folders.get(name) ?? newFolder(name);
  let label = name;
  for (;;) {
    const [only] = end.order;
    const next = end.order.length === 1 && typeof only === 'string' && end.folders.get(only);
    if (!next) return { end, label };
    label = `${label}/${only}`;
    end = next;
  }
}
