/**
 * The files of an approval's diff as the review shows them: what the hub lists, joined with what the patch
 * holds. A file that is listed and not in the patch (cut, or without content) is shown as such, never left out.
 */
import type { ChangedFile } from '../../../../preload/contract/change-facts.ts';
import { cutLongLines } from './long-lines.ts';
import { revealInSection } from './hidden-text.ts';
import { type PatchSection, readSection, splitPatch } from './patch-section.ts';

/** Why there are no lines to show, or `text` when there are. */
export type DiffBody = 'text' | 'binary' | 'empty' | 'same' | 'cut';

/** Why a file starts folded. */
export type FoldReason = 'large' | 'long-lines' | 'generated' | 'lock-file' | 'minified';

export interface DiffFile {
  /** Unique in this diff; a path can be there twice, when a file became a link. */
  readonly id: string;
  readonly path: string;
  readonly oldPath: string | undefined;
  readonly status: ChangedFile['status'];
  /** Undefined for binary files. */
  readonly additions: number | undefined;
  readonly deletions: number | undefined;
  /** Of binary files, in bytes. */
  readonly sizes: ChangedFile['sizes'];
  readonly oldMode: string | undefined;
  readonly newMode: string | undefined;
  readonly body: DiffBody;
  /** The section with hidden characters made visible; empty unless the body is text. */
  readonly patch: string;
  readonly lineCount: number;
  readonly fold: FoldReason | undefined;
  /** Characters that were made visible, and whether some of them reorder text. */
  readonly hiddenCount: number;
  readonly reorders: boolean;
}

/** Folded above: nobody reads so much at once, and it would push the rest out of sight. */
export const maxOpenLines = 1_500;
/** Minified code: wrapping such a line would lay out a screen-high block. */
export const maxOpenLineLength = 5_000;

/** In the order of the list; what only the patch holds follows. `generated`: paths that the base calls so. */
export function toDiffFiles(
  files: readonly ChangedFile[],
  patch: string,
  generated: ReadonlySet<string> = new Set(),
): DiffFile[] {
  const sections = Map.groupBy(splitPatch(patch).map(readSection), ({ path }) => path);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const listed = [...byPath.values()].flatMap((file) => {
    const found = sections.get(file.path);
    sections.delete(file.path);
    return found?.map((section) => fromSection(section, file)) ?? [fromList(file)];
  });
  const rest = [...sections.values()].flat().map((section) => fromSection(section));
  return [...listed, ...rest].map((file, index) => ({
    ...file,
    id: `${index}:${file.path}`,
    fold: file.body === 'text' ? (file.fold ?? foldByName(file.path, generated)) : undefined,
  }));
}

type Nameless = Omit<DiffFile, 'id'>;

function fromSection(section: PatchSection, file?: ChangedFile): Nameless {
  const body = bodyOf(section);
  const shown = section.longestLine > maxOpenLineLength ? cutLongLines(section.text) : section.text;
  const revealed = body === 'text' ? revealInSection(shown) : undefined;
  return {
    path: section.path,
    oldPath: section.oldPath ?? file?.oldPath,
    status: section.status === 'modified' && file ? file.status : section.status,
    additions: section.isBinary ? undefined : section.additions,
    deletions: section.isBinary ? undefined : section.deletions,
    sizes: file?.sizes,
    oldMode: section.oldMode,
    newMode: section.newMode,
    body,
    patch: revealed?.text ?? '',
    lineCount: section.lineCount,
    fold: foldOf(section),
    hiddenCount: revealed?.count ?? 0,
    reorders: revealed?.reorders ?? false,
  };
}

function fromList({ path, oldPath, status, additions, deletions, sizes }: ChangedFile): Nameless {
  const modes = { oldMode: undefined, newMode: undefined };
  const shown = { patch: '', lineCount: 0, fold: undefined, hiddenCount: 0, reorders: false };
  const facts = { path, oldPath, status, additions, deletions, sizes };
  return { ...facts, ...modes, body: 'cut', ...shown };
}

function bodyOf(section: PatchSection): DiffBody {
  if (section.isBinary) return 'binary';
  if (section.lineCount > 0) return 'text';
  return section.status === 'added' || section.status === 'deleted' ? 'empty' : 'same';
}

function foldOf({ lineCount, longestLine }: PatchSection): FoldReason | undefined {
  if (longestLine > maxOpenLineLength) return 'long-lines';
  return lineCount > maxOpenLines ? 'large' : undefined;
}

/** Written by package managers; `.lock` is what most of them call it. */
const lockFiles =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go\.sum|bun\.lockb|[^/]+\.lock)$/;
const minified = /\.(min\.(js|mjs|cjs|css)|(js|css)\.map)$/;

/** What a tool wrote is read by nobody line by line. */
function foldByName(path: string, generated: ReadonlySet<string>): FoldReason | undefined {
  if (generated.has(path)) return 'generated';
  if (lockFiles.test(path)) return 'lock-file';
  return minified.test(path) ? 'minified' : undefined;
}
