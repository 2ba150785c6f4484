/**
 * Worktrees that stand ready for agents to come, detached, at `<worktreesFolder>/pool_<n>`. What is on the disk is all
 * there is to know of them: a crash at any point leaves one that is found again, ready or of no use.
 */
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Pool, PoolMember } from '../../features/worktrees/ports.ts';
import { must } from '../../base/assert.ts';
import { requireBase } from './check.ts';
import { copyIncluded } from './include.ts';
import { includedNow, isPoolName, poolName, readPoolNote, writePoolNote } from './pool-note.ts';
import type { RepositoryContext } from './repository-context.ts';
import { keepOrRefuse, retire } from './retire.ts';
import { callableOff } from './run.ts';
import { noteSetUp, setUpAs } from './setup-note.ts';
import { readAdmins } from './admins.ts';
import { findAdmin, isPresent } from './worktree-list.ts';
import { readMark } from './worktree-mark.ts';

/** A checkout of a very large repository on a slow disk. */
const checkoutMs = 600_000;
/** Whose files are kept before they are replaced: somebody may have written into one, though nobody was to. */
const keptAs = 'pool_';

export function createPool(context: RepositoryContext): Pool {
  const { commonDir } = context.repository;
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(context.git, signal),
  });
  return {
    list: (signal) => listMembers(under(signal)),
    commitOf: (base, signal) => requireBase(under(signal), base),
    make: (commit, signal) => makeMember(under(signal), commit),
    bringTo: (path, commit, signal) => bringTo(under(signal), path, commit),
    finish: (path, as) => finish(commonDir, path, as),
    remove: (path, signal) => removeMember(under(signal), path),
  };
}

export async function listMembers(context: RepositoryContext): Promise<PoolMember[]> {
  const { commonDir, worktreesFolder } = context.repository;
  const admins = (await readAdmins(commonDir)).filter(
    ({ path }) => dirname(path) === worktreesFolder && isPoolName(basename(path)),
  );
  if (admins.length === 0) return [];
  const now = await includedNow(context);
  const found = await Promise.all(
    admins.map(async ({ folder, path }): Promise<PoolMember | undefined> => {
      // Taken already: it is that agent's, whatever else is noted.
      if ((await readMark(folder)) !== undefined) return undefined;
      const { commit = '', included, ready = false } = (await readPoolNote(folder)) ?? {};
      const stands = (await findAdmin(commonDir, path)) !== undefined;
      const as = await setUpAs(commonDir, path);
      return {
        ...{ path, name: basename(path), commit, isReady: ready && stands },
        isStale: included !== now,
        ...(as !== undefined && { setUpAs: as }),
      };
    }),
  );
  return found
    .filter((one) => one !== undefined)
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** The note comes before the files: one that was cut off in between is known as such. */
async function makeMember(context: RepositoryContext, commit: string): Promise<string> {
  const { git, repository } = context;
  const path = await git.exclusive(`worktrees ${repository.commonDir}`, async () => {
    const free = await freePlace(context);
    await mkdir(dirname(free), { recursive: true });
    const flags = ['--detach', '--no-checkout', '--no-guess-remote', '--quiet'];
    const args = ['worktree', 'add', ...flags, '--', free, commit];
    await git.run({ cwd: repository.root, args });
    const admin = must(await findAdmin(repository.commonDir, free), 'git made the worktree');
    await writePoolNote(admin, { commit, included: '', ready: false });
    return free;
  });
  await fill(context, path, { commit, args: ['reset', '--hard', '--quiet'] });
  return path;
}

async function freePlace({ repository }: RepositoryContext): Promise<string> {
  const { commonDir, worktreesFolder } = repository;
  const known = new Set((await readAdmins(commonDir)).map(({ path }) => path));
  for (let at = 1; ; at++) {
    const path = join(worktreesFolder, poolName(at));
    if (!known.has(path) && !(await isPresent(path))) return path;
  }
}

async function bringTo(context: RepositoryContext, path: string, commit: string): Promise<void> {
  const admin = must(await findAdmin(context.repository.commonDir, path), 'it stands');
  await writePoolNote(admin, { commit, included: '', ready: false });
  await keepOrRefuse(context, { agent: keptAs, path, why: 'reuse' });
  await noteSetUp(context.repository.commonDir, path, undefined);
  await fill(context, path, {
    commit,
    args: ['checkout', '--detach', '--force', '--quiet', commit],
  });
}

async function fill(
  context: RepositoryContext,
  path: string,
  { commit, args }: { commit: string; args: string[] },
): Promise<void> {
  await context.git.run({ cwd: path, args, timeoutMs: checkoutMs });
  const included = await includedNow(context);
  await copyIncluded(context, path);
  const admin = must(await findAdmin(context.repository.commonDir, path), 'it stands');
  await writePoolNote(admin, { commit, included, ready: false });
}

async function finish(commonDir: string, path: string, as: string | undefined): Promise<void> {
  const admin = must(await findAdmin(commonDir, path), 'it stands');
  await noteSetUp(commonDir, path, as);
  const note = must(await readPoolNote(admin), 'it is of the pool');
  await writePoolNote(admin, { ...note, ready: true });
}

/** Nobody takes it meanwhile; one that was taken just now is left. */
async function removeMember(context: RepositoryContext, path: string): Promise<void> {
  const { git, repository } = context;
  const { commonDir } = repository;
  const isOurs = await git.exclusive(`worktrees ${commonDir}`, async () => {
    const admin = (await readAdmins(commonDir)).find((one) => one.path === path)?.folder;
    if (admin === undefined || (await readMark(admin)) !== undefined) return false;
    const note = await readPoolNote(admin);
    await writePoolNote(admin, { commit: '', included: '', ...note, ready: false });
    return true;
  });
  if (!isOurs) return;
  const { isGone } = await retire(context, { agent: keptAs, worktreePath: path });
  if (!isGone) return;
  const admin = (await readAdmins(commonDir)).find((one) => one.path === path)?.folder;
  if (admin !== undefined) await forgetGone(context, path);
}

async function forgetGone({ git, repository }: RepositoryContext, path: string): Promise<void> {
  const args = ['worktree', 'remove', '--force', '--force', path];
  await git.exclusive(`worktrees ${repository.commonDir}`, () =>
    git.run({ cwd: repository.root, args }),
  );
}
