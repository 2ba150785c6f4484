/** Paths as git writes them into a patch: with `a/` or `b/` before, and quoted like C when they hold odd bytes. */

const escapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/** The path without quotes; text that is not quoted is returned as it is. */
export function unquotePath(text: string): string {
  if (!text.startsWith('"')) return text;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [piece] of text.slice(1, text.lastIndexOf('"')).matchAll(/\\([0-7]{3}|.)|[^\\"]+/gu)) {
    if (piece.startsWith('\\')) bytes.push(toByte(piece.slice(1)));
    else bytes.push(...encoder.encode(piece));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** The path of a `---`, `+++`, `rename` or `diff --git` line; undefined for `/dev/null`. */
export function readPatchPath(text: string, prefix: 'a/' | 'b/' | ''): string | undefined {
  // A tab ends the name when it has a space in it.
  const path = unquotePath(text.startsWith('"') ? text : (text.split('\t')[0] ?? ''));
  if (path === '/dev/null') return undefined;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

/**
 * Both paths of a `diff --git` line. Unquoted names with spaces make it ambiguous; git itself then takes it
 * that both names are the same, which is so whenever no other line of the header says the names.
 */
export function readHeaderPaths(line: string): { old: string; new: string } | undefined {
  const rest = line.slice('diff --git '.length);
  const quoted = /^("(?:[^"\\]|\\.)*"|\S+) ("(?:[^"\\]|\\.)*"|\S+)$/.exec(rest);
  const half = (rest.length - 1) / 2;
  const [first, second] = quoted ? quoted.slice(1) : [rest.slice(0, half), rest.slice(half + 1)];
  if (!first || !second) return undefined;
  const [before, after] = [readPatchPath(first, 'a/'), readPatchPath(second, 'b/')];
  return before === undefined || after === undefined ? undefined : { old: before, new: after };
}

function toByte(escaped: string): number {
  return escapes[escaped] ?? Number.parseInt(escaped, 8);
}
