/**
 * Files and patterns, compared as text; the disk is never read. `*` and `?` stay within a folder, `**` goes through folders, `{a,b}` is either;
 * all else stands for itself, brackets too. A folder stands for all below it.
 */
import picomatch from 'picomatch/posix.js';

/** So many wildcards a pattern may have: what it costs to match grows with the path to this power. */
export const mostWildcards = { ofSegment: 3, deep: 3, alternatives: 20 };

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

/** Whether a path can be meant by both. Two patterns: where neither beginning nor end tells them apart. */
export function pathsMeet(one: string, other: string): boolean {
  const [a, b] = [asPattern(one), asPattern(other)];
  if (a === b) return true;
  if (!wild.test(a)) return wild.test(b) ? fileMeets(a, b) : isWithin(a, b) || isWithin(b, a);
  return wild.test(b) ? patternsMeet(a, b) : fileMeets(b, a);
}

/** `src/` is all below it. */
function asPattern(path: string): string {
  const normal = normalPath(path);
  return normal.endsWith('/') ? `${normal}**` : normal;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** What looks like a file may be a folder, and the pattern may begin below it. */
function fileMeets(file: string, pattern: string): boolean {
  return matcherOf(pattern)(file) || ends(pattern).begin.startsWith(`${file}/`);
}

function patternsMeet(a: string, b: string): boolean {
  const [one, other] = [ends(a), ends(b)];
  const isBegun = one.begin.startsWith(other.begin) || other.begin.startsWith(one.begin);
  return isBegun && (one.end.endsWith(other.end) || other.end.endsWith(one.end));
}

/** What stands before the first wildcard and after the last. The slash after `**` may be none. */
function ends(pattern: string): { readonly begin: string; readonly end: string } {
  const begin = pattern.slice(0, pattern.search(wild));
  const end = /[^*?}]*$/.exec(pattern)?.[0] ?? '';
  return {
    begin,
    end: pattern.slice(0, pattern.length - end.length).endsWith('**')
      ? end.replace(/^\//, '')
      : end,
  };
}

const options = {
  dot: true,
  nobracket: true,
  noextglob: true,
  nonegate: true,
  strictSlashes: true,
};
const remembered = 1_000;
const matchers = new Map<string, (path: string) => boolean>();

function matcherOf(pattern: string): (path: string) => boolean {
  const known = matchers.get(pattern);
  if (known !== undefined) return known;
  if (matchers.size >= remembered) matchers.clear();
  // It would take parentheses and quantifiers for a regular expression of its own.
  const made = picomatch(pattern.replace(/[^\p{L}\p{M}\p{N}\s/*?{},._-]/gu, '\\$&'), options);
  matchers.set(pattern, made);
  return made;
}
