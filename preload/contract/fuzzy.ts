/**
 * How well a text fits what was typed: words in any order, letters left out, and, where nothing else is found, letters
 * mistyped. The hub looks through files with it, the page through all else, so that both rank alike. Pure.
 */

/** A text made ready once, to be looked through with every key. */
export interface Haystack {
  /** In lower case and without accents, letter for letter as long as the text itself. */
  readonly text: string;
  /** Which letters are in it, a bit each: most texts are ruled out by this alone. */
  readonly letters: number;
  /** Where the part begins that people mean: the name in the path of a file. */
  readonly mainAt: number;
}

/** One that was typed, made ready once for all texts. */
export interface Word {
  readonly text: string;
  readonly letters: number;
  /** How many letters may be wrong in it. */
  readonly slips: number;
  /** What it consists of, where a sign parts it: `prat-7`. */
  readonly parts: readonly Word[];
}

/** From, and up to but not including. */
export type Mark = readonly [number, number];

const most = {
  words: 8,
  wordChars: 60,
  textChars: 400,
  starts: 12,
  skippedChars: 3,
  apartChars: 24,
};

export function toHaystack(text: string, mainAt = 0): Haystack {
  const folded = fold(text.slice(0, most.textChars));
  return { text: folded, letters: lettersOf(folded), mainAt };
}

/** What was typed, as words. */
export function toWords(typed: string): readonly Word[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const made = words.slice(0, most.words).map((word) => toWord(word.slice(0, most.wordChars)));
  // The order says nothing of how well they fit; those that cannot be mistyped rule out most texts at once.
  return made.sort((a, b) => a.slips - b.slips);
}

function toWord(text: string): Word {
  const parts = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  // Letters wrong, too many, left out, or in each other's place: as many as are typed in haste.
  const slips = text.length < 4 ? 0 : text.length < 8 ? 1 : 2;
  return {
    ...{ text, letters: lettersOf(text), slips },
    parts: parts.length > 1 ? parts.map(toWord) : [],
  };
}

/** 0 where a word is not in it; `isLoose`: also with letters mistyped. */
export function scoreOf(words: readonly Word[], hay: Haystack, isLoose = false): number {
  for (const { letters, slips } of words)
    if (bitCount(letters & ~hay.letters) > (isLoose ? slips : 0)) return 0;
  let sum = 0;
  let typed = 0;
  for (const word of words) {
    const score = placeOf(word, hay, { isLoose });
    if (score === 0) return 0;
    sum += score;
    typed += word.text.length;
  }
  if (words.length === 0) return 0;
  // What was typed is the whole of it, or nearly.
  const share = Math.min(1, typed / Math.max(1, hay.text.length - hay.mainAt));
  return sum / words.length + 0.05 * share;
}

/** The letters that fit, in order and apart from each other, to be shown. */
export function marksOf(words: readonly Word[], hay: Haystack): readonly Mark[] {
  const all: Mark[] = [];
  for (const word of words) placeOf(word, hay, { isLoose: true, marks: all });
  const joined: Array<[number, number]> = [];
  for (const [from, to] of all.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

interface Look {
  readonly isLoose: boolean;
  /** Where the letters are to go that fit; left out for thousands of which the score alone is asked. */
  readonly marks?: Mark[];
}

/** Above 0, at most 1; 0 where it is not in it. */
function placeOf(word: Word, hay: Haystack, look: Look): number {
  const missing = word.letters & ~hay.letters;
  if (missing === 0) {
    const score = inOnePiece(word.text, hay, look) || withGaps(word.text, hay, look);
    if (score > 0) return score;
  }
  if (!look.isLoose) return 0;
  if (word.parts.length > 0) return inParts(word.parts, hay, look);
  return word.slips > 0 && bitCount(missing) <= word.slips ? mistyped(word, hay, look) : 0;
}

/** `prat-7` for `part-7`: each part by itself, the worst counts. */
function inParts(parts: readonly Word[], hay: Haystack, look: Look): number {
  let worst = 0.4;
  for (const part of parts) worst = Math.min(worst, placeOf(part, hay, look));
  return worst;
}

/** The beginning counts most, then the beginning of a word in it. */
function inOnePiece(word: string, { text, mainAt }: Haystack, { marks }: Look): number {
  let best = -1;
  let isBegun = false;
  let at = text.indexOf(word, mainAt);
  if (at < 0 && mainAt > 0) at = text.indexOf(word);
  while (at >= 0 && !isBegun) {
    isBegun = isBeginning(text, at);
    if (best < 0 || isBegun) best = at;
    at = text.indexOf(word, at + 1);
  }
  if (best < 0) return 0;
  marks?.push([best, best + word.length]);
  const score = best === mainAt ? 1 : isBegun ? (best < mainAt ? 0.8 : 0.9) : 0.6;
  return score - 0.00005 * best;
}

/** `gti` for `Go to Inbox`, `bckend` for `backend`: letters are left out within a word, and never its first. */
function withGaps(word: string, { text, mainAt }: Haystack, { marks }: Look): number {
  if (word.length < 2) return 0;
  const first = word.charAt(0);
  let tries = 0;
  for (let at = text.indexOf(first, mainAt); at >= 0; at = text.indexOf(first, at + 1)) {
    if (!isBeginning(text, at)) continue;
    const score = gapsFrom(word, text, { start: at, marks });
    if (score > 0) return score;
    tries += 1;
    if (tries === most.starts) return 0;
  }
  return 0;
}

interface From {
  readonly start: number;
  readonly marks: Mark[] | undefined;
}

function gapsFrom(word: string, text: string, { start, marks }: From): number {
  const pieces: Array<[number, number]> = [];
  let [from, at, gaps, jumps] = [start, start + 1, 0, 1];
  for (let n = 1; n < word.length; n += 1) {
    const letter = word.charCodeAt(n);
    if (text.charCodeAt(at) !== letter) {
      const next = nextOf(letter, text, at);
      if (next < 0) return 0;
      if (!isBeginning(text, next)) gaps += 1;
      if (marks) pieces.push([from, at]);
      jumps += 1;
      from = next;
      at = next;
    }
    at += 1;
  }
  if (gaps > word.length - 2) return 0;
  marks?.push(...pieces, [from, at]);
  return Math.max(0.4, 0.55 - 0.03 * gaps - 0.01 * jumps);
}

/** A few letters on in the same word, or where one of the words after it begins; -1 where there is none. */
function nextOf(letter: number, text: string, from: number): number {
  const far = Math.min(text.length, from + most.apartChars);
  let isSameWord = true;
  for (let at = from; at < far; at += 1) {
    const code = text.charCodeAt(at);
    const isNear = isSameWord && at - from <= most.skippedChars;
    if (code === letter && (isNear || isBeginning(text, at))) return at;
    if (!isWordChar(code)) isSameWord = false;
  }
  return -1;
}

function mistyped({ text: word, slips }: Word, { text }: Haystack, { marks }: Look): number {
  let best = 0;
  let mark: Mark | undefined;
  let from = 0;
  while (from < text.length) {
    let to = from;
    while (to < text.length && isWordChar(text.charCodeAt(to))) to += 1;
    if (to - from >= word.length - slips && mayBegin(word, text, from)) {
      const { distance, chars } = distanceToBeginning(word, text.slice(from, to), slips);
      const score = 0.35 - 0.1 * distance + (chars === to - from ? 0.05 : 0);
      if (distance <= slips && score > best) {
        best = score;
        mark = [from, from + chars];
      }
    }
    from = to + 1;
  }
  if (mark) marks?.push(mark);
  return best;
}

/** One of the first two letters is right in nearly all slips; others would make every word like every other. */
function mayBegin(word: string, text: string, from: number): boolean {
  const a = word.charCodeAt(0);
  const b = word.charCodeAt(1);
  const c = text.charCodeAt(from);
  const d = text.charCodeAt(from + 1);
  return a === c || b === d || a === d || b === c;
}

const widest = most.wordChars + 3;
/** Three rows of one table, used again and again: thousands of words are compared with every key. */
const rows = [new Uint8Array(widest), new Uint8Array(widest), new Uint8Array(widest)] as const;

/** Steps from the word to the best of the beginnings of the other; letters that changed places are one. */
function distanceToBeginning(
  word: string,
  whole: string,
  slips: number,
): { distance: number; chars: number } {
  const width = Math.min(whole.length, word.length + slips);
  let [before, row, next]: [Uint8Array, Uint8Array, Uint8Array] = [...rows];
  for (let x = 0; x <= width; x += 1) row[x] = x;
  for (let y = 1; y <= word.length; y += 1) {
    next[0] = y;
    let least = y;
    for (let x = 1; x <= width; x += 1) {
      const isSame = word.charCodeAt(y - 1) === whole.charCodeAt(x - 1);
      let steps = Math.min(
        (row[x - 1] ?? 0) + (isSame ? 0 : 1),
        (row[x] ?? 0) + 1,
        (next[x - 1] ?? 0) + 1,
      );
      const isSwapped =
        y > 1 && x > 1 && word[y - 1] === whole[x - 2] && word[y - 2] === whole[x - 1];
      if (isSwapped) steps = Math.min(steps, (before[x - 2] ?? 0) + 1);
      next[x] = steps;
      least = Math.min(least, steps);
    }
    if (least > slips) return { distance: least, chars: 0 };
    [before, row, next] = [row, next, before];
  }
  const ends = row.subarray(0, width + 1);
  const distance = Math.min(...ends);
  // Of beginnings that are as near, the longest: what was typed is the word and not a part of it.
  return { distance, chars: ends.lastIndexOf(distance) };
}

function isBeginning(text: string, at: number): boolean {
  return at === 0 || !isWordChar(text.charCodeAt(at - 1));
}

function isWordChar(code: number): boolean {
  const isDigit = code >= 48 && code <= 57;
  return isDigit || (code >= 97 && code <= 122) || code > 127;
}

function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) letters |= 1 << (code - 97);
    else if (code >= 48 && code <= 57) letters |= 1 << (26 + (code & 3));
  }
  return letters;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** Place by place, so that what is found stands at the same place in the text itself. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length && /^[\0-\x7f]*$/.test(lower)) return lower;
  let folded = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const plain = char.normalize('NFD').charAt(0).toLowerCase();
    folded += plain.length === 1 ? plain : char;
  }
  return folded;
}
