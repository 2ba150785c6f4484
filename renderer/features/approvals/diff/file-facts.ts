/** A file's change in words and letters: what stands beside its path. */
import type { ChangedFile } from '../../../../preload/contract/change-facts.ts';
import { formatBytes } from '../../../ui/format-bytes.ts';
import type { DiffFile } from './diff-document.ts';

interface StatusMark {
  readonly letter: string;
  readonly word: string;
  readonly tone: 'green' | 'amber' | 'red' | 'blue';
}

export const statusMarks: Readonly<Record<ChangedFile['status'], StatusMark>> = {
  added: { letter: 'A', word: 'Added', tone: 'green' },
  modified: { letter: 'M', word: 'Modified', tone: 'amber' },
  deleted: { letter: 'D', word: 'Deleted', tone: 'red' },
  renamed: { letter: 'R', word: 'Renamed', tone: 'blue' },
  copied: { letter: 'C', word: 'Copied', tone: 'blue' },
  'type-changed': { letter: 'T', word: 'Type changed', tone: 'amber' },
};

/** Why there is nothing to read, in a few words; undefined when there are lines. */
export function placeholderOf(file: DiffFile): string | undefined {
  switch (file.body) {
    case 'text':
      return undefined;
    case 'binary':
      return binaryNote(file);
    case 'cut':
      return 'Not in this view: the diff was too large';
    case 'empty':
      return 'Empty file';
    case 'same':
      return file.oldPath === undefined ? 'Content unchanged' : 'Moved, content unchanged';
  }
}

function binaryNote({ sizes }: DiffFile): string {
  const known = [sizes?.before, sizes?.after].filter((size) => size !== undefined);
  if (known.length === 0) return 'Binary file, its content is not shown';
  return `Binary file, ${known.map(formatBytes).join(' → ')}`;
}

/** True when its name is that of a picture, which can be looked at. */
export function isPicture({ body, path }: DiffFile): boolean {
  return body === 'binary' && /\.(png|jpe?g|gif|webp|bmp|ico)$/i.test(path);
}

const foldWords = {
  'long-lines': 'Folded: very long lines',
  generated: 'Folded: generated, says .gitattributes of its base',
  'lock-file': 'Folded: a lock file',
  minified: 'Folded: minified',
} as const;

/** Why a file starts folded, in a few words. */
export function foldNote(file: DiffFile): string | undefined {
  if (file.fold === 'large') return `Folded: ${file.lineCount.toLocaleString('en')} lines`;
  return file.fold && foldWords[file.fold];
}

/** What the git modes say, when it is worth a word; undefined for a plain file that stayed one. */
export function modeNote({ oldMode, newMode }: DiffFile): string | undefined {
  if (oldMode !== undefined && newMode !== undefined && oldMode !== newMode) {
    return modeChange(oldMode, newMode);
  }
  return kindOf(newMode ?? oldMode);
}

/** What makes the content of a file look other than it is; undefined when nothing does. */
export function hiddenNote({ hiddenCount, reorders }: DiffFile): string | undefined {
  if (hiddenCount === 0) return undefined;
  const characters = hiddenCount === 1 ? 'hidden character' : 'hidden characters';
  return `${hiddenCount} ${characters}${reorders ? ', some reorder the text' : ''}`;
}

function modeChange(oldMode: string, newMode: string): string {
  if (oldMode === '100644' && newMode === '100755') return 'made executable';
  if (oldMode === '100755' && newMode === '100644') return 'no longer executable';
  return `mode ${oldMode} → ${newMode}`;
}

function kindOf(mode: string | undefined): string | undefined {
  if (mode === '120000') return 'symbolic link';
  if (mode === '160000') return 'submodule';
  return mode === '100755' ? 'executable' : undefined;
}
