// What git tracks, on real git: the palette finds files by it.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTrackedFiles } from '../../main/adapters/git/tracked-files.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { openRepository } from '../../main/adapters/git/open-repository.ts';
import { systemClock } from '../../main/base/clock.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
beforeAll(async () => {
  repository = await makeRepository();
});
afterAll(() => repository.dispose());

it('lists what is tracked, once for each state of the index, whatever it is called', async () => {
  const git = createGit({ clock: systemClock, env: repository.env });
  const tracked = createTrackedFiles({
    git,
    repository: await openRepository(git, repository.root),
  });
  await repository.commit('one', { 'src/a.ts': 'a', 'ä b\n.txt': 'b' });
  await repository.write({ 'untracked.ts': 'c' });
  const first = await tracked.list();
  expect(first).toEqual(expect.arrayContaining(['src/a.ts', 'ä b\n.txt']));
  expect(first).not.toContain('untracked.ts');
  expect(await tracked.list()).toBe(first);
  await repository.commit('two', { 'src/new.ts': 'd' });
  expect(await tracked.list()).toContain('src/new.ts');
});
