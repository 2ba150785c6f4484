/**
 * Whether two pairs of trees differ in the same way: by the same patch, with the lines around each change, but for the numbers of
 * the lines. Those are others' to change: what they did elsewhere in a file moves it.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { splitNul } from './ask.ts';
import { type DiffRange, diffTree, patchFlags } from './diff.ts';
import { type PlainGitDir, withPlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';

const lineEnd = 0x0a;
/** Of more all is read: a command line has an end. */
const mostNamed = 500;
/** First signs of headers; a line of content begins with one of its own. */
const hunk = '@'.charCodeAt(0);
const binary = 'B'.charCodeAt(0);
/** `index`, `similarity index`: ids and shares that what others did changes as well. */
const leftOut = new Set([hunk, 'i'.charCodeAt(0), 's'.charCodeAt(0)]);

/** Files that are changed in another way; none where all is the same. */
export function findOtherChanges(
  context: RepositoryContext,
  shown: DiffRange,
  result: DiffRange,
): Promise<string[]> {
  return withPlainGitDir(context, async (plain) => {
    const [before, after] = [
      await listEntries(context, plain, shown),
      await listEntries(context, plain, result),
    ];
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    const missing = keys.filter((key) => before.has(key) !== after.has(key));
    if (missing.length > 0) return pathsOf(missing);
    // Where both went from the same bytes to the same bytes, nothing has to be read.
    const only = pathsOf(keys.filter((key) => before.get(key) !== after.get(key)));
    // A name that is not UTF-8 cannot be asked for.
    if (only.length === 0 || only.some((path) => path.includes('\ufffd'))) return only;
    const bounded = only.length > mostNamed ? {} : { only };
    const lines = [
      await hashLines(context, plain, { ...shown, ...bounded }),
      await hashLines(context, plain, { ...result, ...bounded }),
    ];
    return lines[0] !== undefined && lines[0] === lines[1] ? [] : only;
  });
}

/** Of a renamed file both. */
function pathsOf(keys: readonly string[]): string[] {
  return keys.flatMap((key) => Buffer.from(key, 'latin1').toString('utf8').split('\0'));
}

/** Modes, ids and kind of each change, by path, its bytes as they are; of a renamed file by both. */
async function listEntries(
  context: RepositoryContext,
  plain: PlainGitDir,
  range: DiffRange,
): Promise<Map<string, string>> {
  const flags = ['--raw', '--no-abbrev', '-z'];
  const { stdout } = await diffTree(context, { plain, range, flags });
  const parts = splitNul(stdout).map((part) => part.toString('latin1'));
  const entries = new Map<string, string>();
  for (let at = 0; at < parts.length; ) {
    const facts = /^(.* [A-Z])\d*$/.exec(parts[at] ?? '')?.[1] ?? '';
    const names = /[RC]$/.test(facts) ? 2 : 1;
    entries.set(parts.slice(at + 1, at + 1 + names).join('\0'), facts);
    at += 1 + names;
  }
  return entries;
}

/** Of the lines, not of where they are; undefined where a file is binary, which has none. */
async function hashLines(
  context: RepositoryContext,
  plain: PlainGitDir,
  range: DiffRange,
): Promise<string | undefined> {
  const file = join(plain.folder, 'lines');
  const flags = [...patchFlags, '--unified=3', `--output=${file}`];
  await diffTree(context, { plain, range, flags });
  const hash = createHash('sha256');
  let isLeftOut = false;
  for await (const { bytes, isStart } of readPieces(file)) {
    const first = bytes[0] ?? 0;
    if (isStart && first === binary) return undefined;
    if (isStart) isLeftOut = leftOut.has(first);
    if (isStart && first === hunk) hash.update('@\n');
    if (!isLeftOut) hash.update(bytes);
  }
  return hash.digest('hex');
}

interface Piece {
  readonly bytes: Buffer;
  /** A line begins with it; else it is the rest of a long one. */
  readonly isStart: boolean;
}

/** At most a line each, so that one of any length takes no memory. */
async function* readPieces(file: string): AsyncGenerator<Piece> {
  let isStart = true;
  for await (const chunk of createReadStream(file)) {
    const bytes = chunk as Buffer;
    for (let at = 0; at < bytes.length; ) {
      const end = bytes.indexOf(lineEnd, at);
      const next = end === -1 ? bytes.length : end + 1;
      yield { bytes: bytes.subarray(at, next), isStart };
      isStart = end !== -1;
      at = next;
    }
  }
}
