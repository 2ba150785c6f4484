/**
 * Text that others chose, as markdown that shows exactly that text: no emphasis, no code, no link under other words, no heading, no
 * HTML, so that no comment is opened over what follows, and none is closed. A bare address stays one; it shows where it leads.
 */
import { markHidden } from '../../../../preload/contract/hidden-characters.ts';

/** Its lines without those that are empty: an item of a list is one paragraph. At least one line. */
export function markdownLines(text: string): string[] {
  const plain = text.toWellFormed().replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n');
  const lines = markHidden(plain, { kind: 'words', mark: () => '' })
    .split('\n')
    .map((line) => escapeLine(line.trimEnd()))
    .filter((line) => line !== '');
  return lines.length === 0 ? [''] : lines;
}

function escapeLine(line: string): string {
  return line
    .replace(/[\\`*[\]|~$]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replaceAll('<', '&lt;')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^(\s*)([#+\-=>])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}
