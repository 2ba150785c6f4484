/**
 * Repositories inside a worktree: submodules that are checked out, and clones an agent made. git keeps no more than
 * the id of their commit, so their files and all their refs are fetched to `refs/musher/nested/<key>/…`, where the key
 * is the id of their own snapshot. Their configuration (remotes) is not kept. What did not arrive whole (git fetches
 * from a shallow clone, says all is well, and leaves its refs behind) is kept as files instead: `nested-files.ts`.
 */
import { lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { reasonOf } from '../../base/result.ts';
import { together } from '../../base/side-by-side.ts';
import { askText, findCommit, splitNul } from './ask.ts';
import { keepAsFiles, listFolder, restoreAsFiles } from './nested-files.ts';
import type { PassingIndex } from './passing-index.ts';
import { listRefs } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { restoreFiles } from './restore.ts';
import { snapshotsOf } from './snapshot-name.ts';
import { readNote, type SnapshotAsk } from './snapshot-note.ts';
import { readPointer } from './worktree-list.ts';
import { readInside } from './worktrees-inside.ts';

export interface NestedPlace {
  /** Folder, relative to the worktree. */
  readonly name: string;
  readonly path: string;
  /** True when the worktree's index has it as a submodule. */
  readonly isTracked: boolean;
}

export interface Nested extends NestedPlace {
  /** Id of its snapshot, or of its files. */
  readonly key: string;
  readonly kept: 'history' | 'files';
}

/** Passed in, as taking a snapshot takes those of what is inside first. */
export type TakeSnapshot = (
  context: RepositoryContext,
  ask: SnapshotAsk,
) => Promise<{ readonly commit: string }>;

/** Walking all of a large repository takes long. */
const longMs = 600_000;

const fetchFlags = [
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
  '--no-auto-gc',
];

export interface FoundInside {
  readonly places: NestedPlace[];
  /** There is no file that git does not know, and no such repository. */
  readonly isAllKnown: boolean;
}

/** Worktrees of this repository count also where they are ignored: it knows them. */
export async function findNested(
  { git, repository }: RepositoryContext,
  { path, filesEnv: env, entries }: Pick<PassingIndex, 'path' | 'filesEnv' | 'entries'>,
): Promise<FoundInside> {
  const args = ['ls-files', '-z', '--others', '--exclude-standard'];
  const [listed, worktrees] = await together(
    git.run({ cwd: path, args, env }),
    readInside(repository, path),
  );
  const others = splitNul(listed.stdout).map((name) => name.toString('utf8'));
  const links = entries.filter(({ what }) => what.startsWith('160000 '));
  const tracked = new Set(links.map(({ name }) => name.toString('utf8')));
  const untracked = [
    ...foldersIn(others),
    ...worktrees.map((inside) => relative(path, inside).split(sep).join('/')),
  ];
  const found = await onlyRepositories(path, new Set([...tracked, ...untracked]), tracked);
  return {
    places: outermost(found),
    isAllKnown: others.length === 0 && found.length === 0,
  };
}

/** Those of the folders that have a git folder, or a file or link in its place. */
async function onlyRepositories(
  path: string,
  names: Iterable<string>,
  tracked: ReadonlySet<string> = new Set(),
): Promise<NestedPlace[]> {
  const found: NestedPlace[] = [];
  for (const name of names) {
    const inside = join(path, name);
    const own = await lstat(join(inside, '.git')).catch(() => undefined);
    if (own !== undefined) found.push({ name, path: inside, isTracked: tracked.has(name) });
  }
  return found;
}

/**
 * All folders that hold what git does not know. Those that it ends with a slash are repositories to it; one that is
 * damaged is none to it, and its git folder would be passed over without a word.
 */
function foldersIn(names: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const name of names) {
    for (let end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
      const folder = name.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

/** Those that are not inside another of them: what is deeper is found again from there. */
export function outermost<Place extends Pick<NestedPlace, 'name'>>(
  places: readonly Place[],
): Place[] {
  return places.filter(({ name }) => !places.some((other) => name.startsWith(`${other.name}/`)));
}

export interface KeepAsk {
  readonly agent: string;
  readonly place: NestedPlace;
  /** The worktree that it is in, and that worktree's git folder: both go. */
  readonly doomed: readonly string[];
  readonly take: TakeSnapshot;
}

/**
 * Makes files and history of a nested repository reachable in this one, and proves it. Several, when it can only be
 * kept as files and has others inside. Throws with its name when a file of it cannot be read.
 */
export async function keepNested(context: RepositoryContext, ask: KeepAsk): Promise<Nested[]> {
  const { place } = ask;
  try {
    const key = await keepHistory(context, ask);
    if (key !== undefined) return [{ ...place, key, kept: 'history' }];
    return await keepFiles(context, ask);
  } catch (error) {
    const reason = `the repository in ${JSON.stringify(place.name)} cannot be kept (${reasonOf(error)}); move that folder out of ${ask.doomed[0] ?? 'the worktree'}, or mend it`;
    throw new Error(reason, { cause: error });
  }
}

/** Undefined when git does not hand it over whole; nothing of the try is left then. */
async function keepHistory(
  context: RepositoryContext,
  { agent, place, take }: KeepAsk,
): Promise<string | undefined> {
  const { git, repository } = context;
  const cwd = repository.root;
  let home: string | undefined;
  try {
    const args = ['rev-parse', '--path-format=absolute', '--git-common-dir', '--git-dir'];
    const [common = '', own = ''] = (await askText(git, { cwd: place.path, args })).split('\n');
    // In the folder of one that is damaged, git speaks of the repository around it.
    if ((await realpath(own)) !== (await ownGitDir(place.path))) return undefined;
    const commonDir = await realpath(common);
    const inner = { root: place.path, name: basename(place.path), commonDir, worktreesFolder: '' };
    const ask = { agent: `${agent}.nested`, path: place.path, admin: await realpath(own) };
    const { commit: key } = await take({ git, repository: inner }, ask);
    home = `refs/musher/nested/${key}`;
    // A second worktree of this very repository has its objects here already.
    if (commonDir === repository.commonDir) {
      await git.run({ cwd, args: ['update-ref', `${home}/musher/snapshot`, key] });
      await dropRefs(context, snapshotsOf(ask.agent).slice(0, -1)).catch(() => {});
      return key;
    }
    await git.run({
      cwd,
      args: ['fetch', ...fetchFlags, '--prune', place.path, `+refs/*:${home}/*`],
    });
    if (await hasArrived(context, place.path, { home, key })) {
      // Here it is kept; there, each would be one more to fetch the next time.
      await dropRefs({ git, repository: inner }, snapshotsOf(ask.agent).slice(0, -1)).catch(
        () => {},
      );
      return key;
    }
  } catch {
    // Whatever is wrong with it: its files are kept.
  }
  if (home !== undefined) await dropRefs(context, home);
  return undefined;
}

/** What its `.git` is, or leads to. */
async function ownGitDir(path: string): Promise<string> {
  return realpath((await readPointer(path)) ?? join(path, '.git'));
}

/** Every ref is here under the same id, and all that they and the snapshot reach can be read. */
async function hasArrived(
  { git, repository }: RepositoryContext,
  path: string,
  { home, key }: { home: string; key: string },
): Promise<boolean> {
  const cwd = repository.root;
  const format = '--format=%(objectname) %(refname)';
  const wanted = await askText(git, { cwd: path, args: ['for-each-ref', format] });
  const found = new Set(
    (await askText(git, { cwd, args: ['for-each-ref', format, `${home}/`] })).split('\n'),
  );
  const lines = wanted.split('\n').filter((line) => line !== '');
  if (!lines.every((line) => found.has(line.replace(' refs/', ` ${home}/`)))) return false;
  if (!lines.some((line) => line.startsWith(`${key} `))) return false;
  const args = ['rev-list', '--objects', '--quiet', '--stdin'];
  const input = `${lines.map((line) => line.split(' ')[0]).join('\n')}\n`;
  await git.run({ cwd, args, input, timeoutMs: longMs });
  return true;
}

async function dropRefs({ git, repository }: RepositoryContext, home: string): Promise<void> {
  const cwd = repository.root;
  const refs = await listRefs(git, cwd, `${home}/`);
  if (refs.length === 0) return;
  const input = `${refs.map((ref) => `delete ${ref}`).join('\n')}\n`;
  await git.run({ cwd, args: ['update-ref', '--stdin'], input });
}

async function keepFiles(
  context: RepositoryContext,
  { place, doomed }: Pick<KeepAsk, 'place' | 'doomed'>,
): Promise<Nested[]> {
  const names = [...foldersIn(await listFolder(context, place.path))];
  const found = await onlyRepositories(place.path, names);
  const without = outermost(found).map(({ name }) => name);
  const inside: Nested[] = [];
  for (const name of without) {
    const deeper = {
      name: `${place.name}/${name}`,
      path: join(place.path, name),
      isTracked: false,
    };
    inside.push(...(await keepFiles(context, { place: deeper, doomed })));
  }
  const key = await keepAsFiles(context, { path: place.path, without, doomed });
  return [{ ...place, key, kept: 'files' }, ...inside];
}

/** Makes the nested repositories of a snapshot again where there is nothing in their place. */
export async function restoreNested(
  context: RepositoryContext,
  path: string,
  snapshot: string,
): Promise<void> {
  const { nested } = await readNote(context, snapshot);
  for (const { name, key, kept } of nested) {
    const inside = join(path, name);
    await mkdir(inside, { recursive: true });
    if ((await readdir(inside)).length > 0) continue;
    if (kept === 'files') await restoreAsFiles(context, inside, key);
    else await cloneNested(context, inside, key);
  }
}

async function cloneNested(context: RepositoryContext, path: string, key: string): Promise<void> {
  const { git, repository } = context;
  const run = (...args: string[]) => git.run({ cwd: path, args });
  const format = key.length === 40 ? 'sha1' : 'sha256';
  await run('init', '--quiet', `--object-format=${format}`);
  const refs = `+refs/musher/nested/${key}/*:refs/*`;
  await run('fetch', ...fetchFlags, '--update-head-ok', repository.commonDir, refs);
  const commonDir = await realpath(join(path, '.git'));
  const inner = {
    git,
    repository: { root: path, name: basename(path), commonDir, worktreesFolder: '' },
  };
  const { branch, head } = await readNote(inner, key);
  if (branch !== undefined) await run('symbolic-ref', 'HEAD', branch);
  else if (head !== undefined) await run('update-ref', '--no-deref', 'HEAD', head);
  if (await findCommit(git, path, 'HEAD')) await run('reset', '--hard', '--quiet');
  await restoreFiles(inner, path, key);
  await restoreNested(inner, path, key);
}
