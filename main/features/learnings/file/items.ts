/**
 * Items of Musher's in the file: a list item that ends with an invisible mark of its id, of what Musher wrote, and of how often that had
 * happened. An item is as it was written while its words still have the hash in its mark; any other is its editor's.
 */
import { shortHash } from '../../../base/short-hash.ts';
import { isIndented, type Row } from './rows.ts';

/** What is to stand in the file. */
export interface FileItem {
  readonly id: string;
  /** `notes`, or a category of findings. */
  readonly section: string;
  /** How often it was noted or happened: what has not grown is not written again. */
  readonly count: number;
  /** Markdown, without the bullet. At least one. */
  readonly lines: readonly string[];
}

/** One that is there. */
export interface PlacedItem {
  readonly id: string;
  /** Its rows, the last one included. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly isAsWritten: boolean;
  /** Somebody wrote on below it. */
  readonly isContinued: boolean;
}

const mark = /<!-- musher ([\w-]{1,40}) ([0-9a-z]{1,16}) (\d{1,9}) -->/g;
/** Of before there were hashes: it says that the item is there, and nothing of what was written. */
const oldMark = /<!-- (l-[0-9a-z]{1,40}) -->/g;

export function itemLines({ id, count, lines }: FileItem): string[] {
  const words = lines.map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`));
  const last = words.length - 1;
  return words.map((line, at) =>
    at === last ? `${line} <!-- musher ${id} ${hashOf(words)} ${count} -->` : line,
  );
}

export function isItemEnd({ text }: Row): boolean {
  return text.endsWith('-->') && (text.search(mark) !== -1 || text.search(oldMark) !== -1);
}

const none: readonly PlacedItem[] = [];

/** In the order they stand. Of an id that stands twice, each. */
export function findItems(rows: readonly Row[]): PlacedItem[] {
  return rows.flatMap((row, at) => {
    if (!row.text.includes('<!-- ')) return none;
    const below = rows[at + 1];
    const isContinued = below !== undefined && isIndented(below);
    const marks = [...row.text.matchAll(mark)];
    const others = [...row.text.matchAll(oldMark)].map(([, id = '']) => ({
      ...{ id, from: at, to: at, count: 1, isAsWritten: false, isContinued },
    }));
    const isAlone = marks.length === 1 && others.length === 0;
    return [
      ...marks.map(([whole, id = '', hash, count]): PlacedItem => {
        const from = firstRow(rows, at);
        const words = rows.slice(from, at + 1).map(({ text }) => text);
        const end = row.text.indexOf(whole);
        const isLast = row.text.slice(end + whole.length).trim() === '';
        words[words.length - 1] = row.text.slice(0, end).trimEnd();
        const isAsWritten = isAlone && isLast && hashOf(words) === hash;
        return { id, from, to: at, count: Number(count), isAsWritten, isContinued };
      }),
      ...others,
    ];
  });
}

/** A hash of `words` holds only where they begin with the bullet, so a wrong first row is none that was written. */
function firstRow(rows: readonly Row[], last: number): number {
  let first = last;
  while (first > 0 && isIndented(rows[first] as Row)) first -= 1;
  return first;
}

function hashOf(words: readonly string[]): string {
  return shortHash(words.join('\n')).slice(-8);
}
