/** Finds tracked files by what somebody types of their names. Pure. */
import {
  type Haystack,
  scoreOf,
  toHaystack,
  toWords,
  type Word,
} from '../../../preload/contract/fuzzy.ts';

/** With so few that fit, a slip of the fingers is likely. */
const fewHits = 4;

export interface FoundFiles {
  readonly files: readonly string[];
  /** How many fit, whatever the limit. */
  readonly total: number;
}

/** The best first, of those as good the shorter; without words none. */
export function findFiles(files: readonly string[], text: string, limit: number): FoundFiles {
  const words = toWords(text);
  const strict = scoredOf(files, words, false);
  const scored = strict.length < fewHits ? scoredOf(files, words, true) : strict;
  scored.sort((a, b) => b.score - a.score || a.file.length - b.file.length || order(a, b));
  return { files: scored.slice(0, limit).map(({ file }) => file), total: scored.length };
}

interface Scored {
  readonly file: string;
  readonly score: number;
}

function scoredOf(files: readonly string[], words: readonly Word[], isLoose: boolean): Scored[] {
  return haystacksOf(files).flatMap((hay, at) => {
    const score = scoreOf(words, hay, isLoose);
    return score === 0 ? [] : [{ file: files[at] ?? '', score }];
  });
}

function order(a: Scored, b: Scored): number {
  return a.file < b.file ? -1 : 1;
}

const made = new WeakMap<readonly string[], readonly Haystack[]>();

/** Of one list once: it is asked about with every key. */
function haystacksOf(files: readonly string[]): readonly Haystack[] {
  const hays = made.get(files) ?? files.map((file) => toHaystack(file, file.lastIndexOf('/') + 1));
  made.set(files, hays);
  return hays;
}
