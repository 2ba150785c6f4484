/** Sorts what a worktree changed by how it comes into an index. */
import { lstat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { TreeState } from '../../../features/worktrees/ports.ts';
import { askText } from '../ask.ts';
import type { Git } from '../run.ts';
import { findLfs, largest, markOf, pointerTo } from './stand-ins.ts';

export interface TreeFiles {
  /** Not there any more. */
  readonly gone: readonly string[];
  /** As git takes them. */
  readonly kept: readonly string[];
  /** Something else stands in their place. */
  readonly inPlace: readonly {
    readonly path: string;
    readonly mode: string;
    readonly id: string;
  }[];
}

export interface FilesAsk {
  readonly git: Git;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Which paths Git LFS keeps, as far as they were asked for; undefined where there is no LFS. */
  readonly lfs: Map<string, boolean> | undefined;
}

/** So many files are looked at at once. */
const width = 32;
/** Of so many paths it is remembered whether Git LFS keeps them. */
const mostAsked = 50_000;

export async function filesOf(
  changes: TreeState['changes'],
  paths: readonly string[],
  ask: FilesAsk,
): Promise<TreeFiles> {
  const gone: string[] = [];
  const there: string[] = [];
  for (const path of paths) (changes.get(path)?.kind === 'deleted' ? gone : there).push(path);
  await learnLfs(there, ask);
  const kept: string[] = [];
  const inPlace: { path: string; mode: string; id: string }[] = [];
  for (let at = 0; at < there.length; at += width)
    await Promise.all(
      there.slice(at, at + width).map(async (path) => {
        const isNew = changes.get(path)?.kind === 'untracked';
        const found = await lstat(join(ask.cwd, path)).catch(() => undefined);
        // A repository inside that git does not know: the id of its commit would tell nobody anything.
        if (isNew && found?.isDirectory()) return;
        const text = found?.isFile() ? await standIn(path, found.size, ask) : undefined;
        if (text === undefined) kept.push(path.replace(/\/$/, ''));
        else inPlace.push({ path, ...(await store(text, ask)), mode: modeOf(found?.mode ?? 0) });
      }),
    );
  return { gone, kept, inPlace };
}

/** What is asked once holds until attributes are written. */
async function learnLfs(paths: readonly string[], ask: FilesAsk): Promise<void> {
  const { lfs } = ask;
  if (lfs === undefined) return;
  const isOther = paths.some((path) => posix.basename(path) === '.gitattributes');
  if (isOther || lfs.size > mostAsked) lfs.clear();
  const unknown = paths.filter((path) => !lfs.has(path));
  if (unknown.length === 0) return;
  const found = await findLfs(ask.git, ask, unknown);
  for (const path of unknown) lfs.set(path, found.has(path));
}

async function standIn(path: string, size: number, ask: FilesAsk): Promise<string | undefined> {
  const file = join(ask.cwd, path);
  if (ask.lfs?.get(path)) return pointerTo(file, size, ask.signal);
  return size > largest ? markOf(file, size, ask.signal) : undefined;
}

async function store(text: string, { git, cwd, env, signal }: FilesAsk): Promise<{ id: string }> {
  const args = ['hash-object', '-w', '--stdin', '--no-filters'];
  return { id: await askText(git, { cwd, env, args, input: text, signal }) };
}

function modeOf(mode: number): string {
  return (mode & 0o100) === 0 ? '100644' : '100755';
}
