/**
 * Files and patterns, compared as text; the disk is never read. `*` and `?` stay within a folder, `**` goes through folders, `{a,b}` is either;
 * all else stands for itself, brackets too. A folder stands for all below it. Case counts for nothing: on macOS and Windows it is one
 * file, and elsewhere hardly anybody has both.
 */
import picomatch from 'picomatch/posix.js';
import { withoutCase } from '../../base/without-case.ts';

/** So many wildcards a pattern may have: what it costs to match grows with the path to this power. */
export const mostWildcards = { ofSegment: 3, deep: 3, alternatives: 20 };
/** No file system has longer names; depth counts folders. */
const longest = { name: 255, depth: 100 };
/** So many patterns an intent may have: each is held against every file. */
export const mostPatterns = 20;

const wild = /[*?{]/;

/** As git writes it: `/` between folders, no `./`, no double `/`. A folder may end with `/`. */
export function normalPath(path: string): string {
  return path
    .normalize('NFC')
    .trim()
    .replaceAll('\\', '/')
    .replace(/\/{2,}/g, '/')
    .replace(/^(?:\.\/)+/, '')
    .replaceAll('/./', '/');
}

/** Why it cannot be what an agent is about to change; undefined when it can. */
export function pathProblem(path: string): string | undefined {
  const normal = normalPath(path);
  if (normal.startsWith('/') || /^[A-Za-z]:/.test(normal))
    return 'is absolute; expected one from the root of the repository, such as src/a.ts';
  if (normal.split('/').includes('..'))
    return 'leads out by ..; expected one from the root of the repository, such as src/a.ts';
  if (normal === '' || normal === '.') return 'names no file; for all of them write **';
  if (isTooLong(normal))
    return `is too long; at most ${longest.name} characters between two slashes, ${longest.depth} deep`;
  const { ofSegment, deep, alternatives } = mostWildcards;
  const segments = normal.split('/');
  const tooMany =
    segments.some((one) => one !== '**' && (one.match(/[*?]/g)?.length ?? 0) > ofSegment) ||
    segments.filter((one) => one.includes('**')).length > deep ||
    (normal.match(/[{,]/g)?.length ?? 0) > alternatives;
  return tooMany
    ? `has too many wildcards; at most ${ofSegment} between two slashes, ${deep} times ** and ${alternatives} alternatives`
    : undefined;
}

export function isPattern(path: string): boolean {
  return wild.test(path);
}

/** `src/` is all below it. */
export function asPattern(normal: string): string {
  return normal.endsWith('/') ? `${normal}**` : normal;
}

/** What looks like a file may be a folder, and the pattern may begin below it. What lies deeper than an intent may name meets none. */
export function fileMeets(file: string, pattern: string): boolean {
  return isMet(withoutCase(file), known(pattern));
}

/** The same, of a pattern that many files are held against, each given without case. */
export function metBy(pattern: string): (file: string) => boolean {
  const one = known(pattern);
  return (file) => isMet(file, one);
}

/** Exactly: with case, and only the file itself. For what is granted by a pattern, where `metBy` is for what is withheld. */
export function exactly(pattern: string): (file: string) => boolean {
  const matches = toMatcher(pattern);
  return (file) => !isTooLong(file) && matches(file);
}

function isMet(file: string, { begin, end, matches }: Pattern): boolean {
  if (!file.startsWith(begin)) return begin.startsWith(`${file}/`);
  return file.endsWith(end) && !isTooLong(file) && matches(file);
}

/** Where neither their beginnings nor their ends tell them apart. */
export function patternsMeet(a: string, b: string): boolean {
  const [one, other] = [known(a), known(b)];
  const isBegun = one.begin.startsWith(other.begin) || other.begin.startsWith(one.begin);
  return isBegun && (one.end.endsWith(other.end) || other.end.endsWith(one.end));
}

function isTooLong(path: string): boolean {
  if (path.length <= longest.name) return false;
  const segments = path.split('/');
  return segments.length > longest.depth || segments.some((one) => one.length > longest.name);
}

interface Pattern {
  /** What stands before the first wildcard and after the last. */
  readonly begin: string;
  readonly end: string;
  readonly matches: (path: string) => boolean;
}

const options = {
  ...{ dot: true, nobracket: true, noextglob: true, nonegate: true, strictSlashes: true },
};
const remembered = 5_000;
const patterns = new Map<string, Pattern>();

function known(text: string): Pattern {
  const found = patterns.get(text);
  if (found !== undefined) return found;
  if (patterns.size >= remembered) patterns.clear();
  const folded = withoutCase(text);
  const begin = folded.slice(0, folded.search(wild));
  const tail = /[^*?}]*$/.exec(folded)?.[0] ?? '';
  // The slash after `**` may be none.
  const isDeep = folded.slice(0, folded.length - tail.length).endsWith('**');
  const end = isDeep ? tail.replace(/^\//, '') : tail;
  const made = { begin, end, matches: toMatcher(folded) };
  patterns.set(text, made);
  return made;
}

function toMatcher(pattern: string): (path: string) => boolean {
  // It would take parentheses and quantifiers for a regular expression of its own.
  return picomatch(pattern.replace(/[^\p{L}\p{M}\p{N}\s/*?{},._-]/gu, '\\$&'), options);
}
