/** Places in files that a program names in its output: `src/a.ts:3:5`, `src/a.ts(3,5)`, `File "a.py", line 3`. */

export interface FilePlace {
  /** As it was written: relative to wherever the program ran, or absolute. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column?: number;
}

export interface FileLink extends FilePlace {
  /** Where it stands in the text. */
  readonly index: number;
  readonly length: number;
}

/** With an extension, or with a folder: `Makefile:3` alone may be anything. */
const patterns = [
  /(?<![\p{L}\p{N}_./\\@~+:-])(?<path>(?:[A-Za-z]:[\\/])?[\p{L}\p{N}_./\\@~+-]*[\p{L}\p{N}_@~+-](?:\.[A-Za-z]\w{0,15}|[\\/][\p{L}\p{N}_-]+))(?::(?<line>\d{1,7})(?::(?<column>\d{1,5}))?|\((?<inLine>\d{1,7})(?:,\s?(?<inColumn>\d{1,5}))?\))(?!\d)/gu,
  /File "(?<path>[^"\n]{1,1024})", line (?<line>\d{1,7})/g,
];

/** All of them in one line of output, from left to right. */
export function findFileLinks(text: string): FileLink[] {
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(toLink)
    .filter(({ line }) => line > 0)
    .sort((one, other) => one.index - other.index);
}

function toLink({ 0: whole, index, groups = {} }: RegExpExecArray): FileLink {
  const { path = '', line = groups.inLine, column = groups.inColumn } = groups;
  return {
    path,
    line: Number(line),
    ...(column === undefined ? {} : { column: Number(column) }),
    index,
    length: whole.length,
  };
}

/** As it was written, for whoever is told of it or pastes it. */
export function toText({ path, line, column }: FilePlace): string {
  return column === undefined ? `${path}:${line}` : `${path}:${line}:${column}`;
}

/** The path within the worktree, with `/`; undefined for what lies outside of it. */
export function toWorktreePath(path: string, worktreePath: string): string | undefined {
  const [asked, root] = [path, worktreePath].map((one) => one.replaceAll('\\', '/'));
  if (asked === undefined || root === undefined) return undefined;
  const isAbsolute = /^(?:[A-Za-z]:)?\//.test(asked);
  if (isAbsolute ? !asked.startsWith(`${root}/`) : asked.startsWith('~')) return undefined;
  const parts: string[] = [];
  for (const part of (isAbsolute ? asked.slice(root.length) : asked).split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.length > 0 ? parts.join('/') : undefined;
}

/** The one of these that is meant: itself, or the only one that ends so, as programs also run in folders below. */
export function findMeant(path: string, known: readonly string[]): string | undefined {
  if (known.includes(path)) return path;
  const [only, ...more] = known.filter((one) => one.endsWith(`/${path}`));
  return more.length === 0 ? only : undefined;
}
