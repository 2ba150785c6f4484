/**
 * What a text is searched by: its words. One definition for the index, for what is not in it yet, and for the page that
 * marks the hits. Words are runs of letters and digits, compared without case and accents. Scripts that are written
 * without spaces (Chinese, Japanese, Korean with its endings, Thai and its neighbours) have no such runs: there every
 * character is a word, and a row of them is a phrase, so any part of a sentence is found. Pure.
 */

export interface Word {
  /** As it is compared. */
  readonly word: string;
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Words that follow one another. With `isPrefix` the last one may go on. */
export interface Term {
  readonly words: readonly string[];
  readonly isPrefix: boolean;
}

/** What is longer than this is told apart by its beginning alone: keys and hashes, not words. */
const wordChars = 64;
/** The beginning of a word that is searched by itself; one letter would be in nearly every text. */
const prefixChars = 2;

const unspaced =
  '[[\\p{L}\\p{N}]&&[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}]]';
const pattern = new RegExp(
  `${unspaced}\\p{M}*|\\p{Extended_Pictographic}|[[\\p{L}\\p{N}\\p{M}]--${unspaced}]+`,
  'gv',
);

export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(pattern)) {
    const word = comparable(match[0]);
    if (word !== '') words.push({ word, start: match.index, end: match.index + match[0].length });
  }
  return words;
}

function comparable(text: string): string {
  // Nearly all there is needs no more.
  if (/^[a-zA-Z0-9]+$/.test(text)) return text.toLowerCase().slice(0, wordChars);
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]|[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]/gv, '')
    .normalize('NFC')
    .slice(0, wordChars)
    .toWellFormed();
}

/**
 * What somebody typed: words that must all be there, `"words in a row"`, `beginn*`. Nothing is an error: what has no word in it
 * says nothing.
 */
export function parseSearch(typed: string): Term[] {
  const terms: Term[] = [];
  for (const [part, phrase] of typed.matchAll(/"([^"]*)(?:"\*?|$)|[^\s"]+/gu)) {
    const words = wordsOf(phrase ?? part).map(({ word }) => word);
    const last = words.at(-1);
    if (last === undefined) continue;
    terms.push({ words, isPrefix: part.endsWith('*') && last.length >= prefixChars });
  }
  return terms;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where the terms stand, in order and without overlaps; undefined when one of them is missing. */
export function hitsIn(text: string, terms: readonly Term[]): Range[] | undefined {
  const words = wordsOf(text);
  const hits: Range[] = [];
  for (const term of terms) {
    const found = placesOf(term, words);
    if (found.length === 0) return undefined;
    hits.push(...found);
  }
  return joined(hits);
}

/** Where any of the terms stands, in order and without overlaps. */
export function marksIn(text: string, terms: readonly Term[]): Range[] {
  if (terms.length === 0) return [];
  const words = wordsOf(text);
  return joined(terms.flatMap((term) => placesOf(term, words)));
}

function placesOf({ words: wanted, isPrefix }: Term, words: readonly Word[]): Range[] {
  const places: Range[] = [];
  const last = wanted.length - 1;
  for (let at = 0; at + last < words.length; at++) {
    const isHit = wanted.every((word, index) => {
      const there = words[at + index]?.word ?? '';
      return index === last && isPrefix ? there.startsWith(word) : there === word;
    });
    if (isHit) places.push({ start: words[at]?.start ?? 0, end: words[at + last]?.end ?? 0 });
  }
  return places;
}

function joined(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last === undefined || range.start > last.end) all.push(range);
    else if (range.end > last.end) all.splice(-1, 1, { start: last.start, end: range.end });
  }
  return all;
}
