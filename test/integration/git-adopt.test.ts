// Worktrees that somebody else made: how one becomes an agent's and is let go again, and why one does not.

import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGit } from '../../main/adapters/git/run.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { MusherError } from '../../main/base/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Worktrees } from '../../main/features/agents/ports.ts';
import { photograph } from '../harness/photograph.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let worktrees: Worktrees;
let mine: string;

beforeEach(async () => {
  repository = await makeRepository();
  const git = createGit({ clock: systemClock, env: repository.env });
  worktrees = createWorktrees({ git, repository });
  mine = join(dirname(repository.root), 'mine');
  await repository.git(['worktree', 'add', '-q', '-b', 'login', mine]);
});
afterEach(() => repository.dispose());

const adopt = { agent: 'ada', branch: 'login', base: 'main', adopts: true };

it('it is taken as it is, and let go as it is, with a snapshot; and made anew where it is gone', async () => {
  const base = await repository.git(['rev-parse', 'main']);
  await repository.commit('mine', { 'mine.txt': 'mine\n' }, mine);
  await repository.commit('theirs', { 'other.txt': 'x\n' });
  await repository.write({ '.worktreeinclude': '.env\n', '.env': 'secret\n' });
  await repository.write({ 'readme.md': 'not committed\n', 'new.txt': 'new\n' }, mine);
  const before = await photograph(mine);
  expect(await worktrees.inspect(mine)).toEqual({ path: mine, branch: 'login' });
  const facts = { worktreePath: mine, branch: 'login', base: { ref: 'main', commit: base } };
  expect(await worktrees.provision({ ...adopt, path: mine })).toEqual(facts);
  expect(await worktrees.provision({ ...adopt, path: mine })).toEqual(facts);
  const ask = { agent: 'ada', worktreePath: mine };
  const { snapshotRef = '', isGone } = await worktrees.retire({ ...ask, keepsFolder: true });
  expect(await photograph(mine)).toEqual(before);
  expect(await repository.git(['show', `${snapshotRef}:new.txt`])).toBe('new');
  expect(isGone).toBe(false);
  // Written since: it is taken up as it is by now, and not as the snapshot has it.
  await repository.write({ 'new.txt': 'newer\n' }, mine);
  await worktrees.provision({ ...adopt, path: mine, snapshotRef });
  expect(await repository.git(['status', '--porcelain'], mine)).toBe('M readme.md\n?? new.txt');
  await worktrees.retire(ask);
  await expect(photograph(mine)).rejects.toThrow();
  await worktrees.provision({ ...adopt, path: mine, snapshotRef });
  expect(await photograph(mine)).toMatchObject(before);
});

async function reasonOf(path: string): Promise<string> {
  return worktrees.inspect(path).then(
    () => 'adopted',
    (error) => {
      if (!(error instanceof MusherError)) throw error;
      expect(error.wire.code).toBe('WORKTREE_NOT_ADOPTABLE');
      return `${error.wire.message} ${error.wire.mend}`.replaceAll(dirname(repository.root), '');
    },
  );
}

it.each<[string, () => Promise<string>, RegExp]>([
  ['the main checkout', async () => repository.root, /it is the main checkout/],
  ['nothing', async () => `${mine}-not`, /there is no such folder/],
  ['a path that is relative', async () => 'mine', /its path is not absolute/],
  [
    'a locked one',
    async () => {
      await repository.git(['worktree', 'lock', '--reason', 'on a stick', mine]);
      return mine;
    },
    /locked \(on a stick\)\. Unlock it first: git worktree unlock \/mine/,
  ],
  [
    'one without a branch',
    async () => {
      await repository.git(['switch', '-q', '--detach'], mine);
      return mine;
    },
    /no branch is checked out.* Give it a branch: git -C \/mine switch -c/,
  ],
  [
    'one in the middle of a rebase',
    async () => {
      await repository.commit('theirs', { 'readme.md': 'theirs\n' });
      await repository.commit('mine', { 'readme.md': 'mine\n' }, mine);
      expect(await repository.gitPasses(['rebase', 'main'], mine)).toBe(false);
      return mine;
    },
    /a rebase of login is under way/,
  ],
  [
    'one without a commit',
    async () => {
      await repository.git(['switch', '-q', '--orphan', 'void'], mine);
      return mine;
    },
    /branch void has no commit yet/,
  ],
  [
    'a folder in one',
    async () => {
      await mkdir(join(mine, 'src'));
      return join(mine, 'src');
    },
    /a folder of the worktree \/mine\. Name that one/,
  ],
  [
    'one inside another',
    async () => {
      await repository.git(['worktree', 'add', '-q', '-b', 'deep', join(mine, 'deep')]);
      return join(mine, 'deep');
    },
    /inside the worktree \/mine, and would go with it/,
  ],
  [
    'one that was moved by hand',
    async () => {
      await rename(mine, `${mine}-2`);
      return `${mine}-2`;
    },
    /git looks for it elsewhere\. Mend that first: musher worktree repair/,
  ],
  [
    'one that git forgot',
    async () => {
      await rm(join(repository.commonDir, 'worktrees'), { recursive: true });
      return mine;
    },
    /git forgot it/,
  ],
  [
    'a clone',
    async () => {
      await repository.git(['clone', '-q', repository.root, `${mine}-clone`]);
      return `${mine}-clone`;
    },
    /of another repository/,
  ],
])('%s does not, and why and what helps is said', async (_what, prepare, said) => {
  const path = await prepare();
  expect(await reasonOf(path)).toMatch(said);
});

it('inside the main checkout, where other tools put theirs, one does', async () => {
  const inside = join(repository.root, '.worktrees', 'x');
  await repository.git(['worktree', 'add', '-q', '-b', 'x', inside]);
  expect(await worktrees.inspect(inside)).toEqual({ path: inside, branch: 'x' });
});
