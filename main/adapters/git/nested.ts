/**
 * Repositories inside a worktree: submodules that are checked out, and clones an agent made. git keeps no more than
 * the id of their commit, so their files and all their refs are fetched to `refs/musher/nested/<key>/…`, where the key
 * is the id of their own snapshot. Their configuration (remotes) is not kept.
 */
import { mkdir, readdir, realpath } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { askText, findCommit, splitNul } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import { restoreFiles } from './restore.ts';
import { readNote, type SnapshotAsk } from './snapshot-note.ts';
import { findInside, isPresent } from './worktree-list.ts';

export interface NestedPlace {
  /** Folder, relative to the worktree. */
  readonly name: string;
  readonly path: string;
  /** True when the worktree's index has it as a submodule. */
  readonly isTracked: boolean;
}

export interface Nested extends NestedPlace {
  /** Id of its snapshot. */
  readonly key: string;
}

/** Passed in, as taking a snapshot takes those of what is inside first. */
export type TakeSnapshot = (
  context: RepositoryContext,
  ask: SnapshotAsk,
) => Promise<{ readonly commit: string }>;

const fetchFlags = [
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
  '--no-auto-gc',
];

/** `env` leads to the worktree's index. Worktrees of this repository count also where they are ignored: git lists them. */
export async function findNested(
  context: RepositoryContext,
  { path, env }: { readonly path: string; readonly env: Readonly<Record<string, string>> },
): Promise<NestedPlace[]> {
  const { git, repository } = context;
  const list = async (flags: readonly string[]) => {
    const answer = await git.run({ cwd: path, args: ['ls-files', '-z', ...flags], env });
    return splitNul(answer.stdout).map((entry) => entry.toString('utf8'));
  };
  const others = (await list(['--others', '--exclude-standard'])).filter((name) =>
    name.endsWith('/'),
  );
  const links = (await list(['--stage'])).filter((entry) => entry.startsWith('160000 '));
  const worktrees = await findInside(git, repository.root, path);
  const tracked = new Set(links.map((entry) => entry.slice(entry.indexOf('\t') + 1)));
  const untracked = [
    ...others.map((name) => name.slice(0, -1)),
    ...worktrees.map((entry) => relative(path, entry.path).split(sep).join('/')),
  ];
  const found: NestedPlace[] = [];
  for (const name of new Set([...tracked, ...untracked])) {
    const inside = join(path, name);
    if (!(await isPresent(join(inside, '.git')))) continue;
    found.push({ name, path: inside, isTracked: tracked.has(name) });
  }
  return outermost(found);
}

/** What is deeper is found again from there. */
function outermost(places: readonly NestedPlace[]): NestedPlace[] {
  return places.filter(({ name }) => !places.some((other) => name.startsWith(`${other.name}/`)));
}

/** Makes files and refs of a nested repository reachable in this one. */
export async function keepNested(
  context: RepositoryContext,
  {
    agent,
    place,
    take,
  }: { readonly agent: string; readonly place: NestedPlace; readonly take: TakeSnapshot },
): Promise<Nested> {
  const { git, repository } = context;
  const args = ['rev-parse', '--path-format=absolute', '--git-common-dir', '--git-dir'];
  const [common = '', own = ''] = (await askText(git, { cwd: place.path, args })).split('\n');
  const commonDir = await realpath(common);
  const inner = { root: place.path, name: basename(place.path), commonDir, worktreesFolder: '' };
  const ask = { agent: `${agent}.nested`, path: place.path, admin: await realpath(own) };
  const { commit: key } = await take({ git, repository: inner }, ask);
  const home = `refs/musher/nested/${key}`;
  const cwd = repository.root;
  // A second worktree of this very repository has its objects here already.
  if (commonDir === repository.commonDir) {
    await git.run({ cwd, args: ['update-ref', `${home}/musher/snapshot`, key] });
  } else {
    await git.run({ cwd, args: ['fetch', ...fetchFlags, place.path, `+refs/*:${home}/*`] });
  }
  return { ...place, key };
}

/** Makes the nested repositories of a snapshot again where there is nothing in their place. */
export async function restoreNested(
  context: RepositoryContext,
  path: string,
  snapshot: string,
): Promise<void> {
  const { nested } = await readNote(context, snapshot);
  for (const { name, key } of nested) {
    const inside = join(path, name);
    await mkdir(inside, { recursive: true });
    if ((await readdir(inside)).length === 0) await cloneNested(context, inside, key);
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
