// Settings that are changed in config files on a real disk: modes and links stay, and what the disk refuses leaves the file as it was.

import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSettingsStore } from '../../main/adapters/config/settings-store.ts';
import { openRepository } from '../../main/adapters/git/open-repository.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { SettingsStore } from '../../main/features/settings/ports.ts';
import type { Origin } from '../../preload/contract/settings-facts.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { fillDisk, mountSmall, unmountAll } from '../harness/small-disk.ts';

let repository: TestRepository;
let home: string;

beforeEach(async () => {
  repository = await makeRepository({ 'readme.md': 'hello\n' });
  home = dirname(repository.root);
});
afterEach(() => {
  unmountAll();
  return repository.dispose();
});

async function open(userFolder: string): Promise<SettingsStore> {
  const git = createGit({ clock: systemClock, env: repository.env });
  const opened = await openRepository(git, repository.root);
  return createSettingsStore({ git, repository: opened, userFolder, reserved: [] });
}

async function write(store: SettingsStore, origin: Origin, text: string): Promise<unknown> {
  try {
    const { hash } = await store.look(origin);
    return await store.write(origin, { fromHash: hash, text });
  } catch (error) {
    return (error as Error).message;
  }
}

it('makes the file and its folder, keeps its mode, and leaves a link a link', async () => {
  const data = join(home, 'data');
  const store = await open(data);
  const own = join(data, 'config.toml');
  expect(await write(store, 'user', 'a = 1\n')).toBe(true);
  expect([await readFile(own, 'utf8'), (await stat(own)).mode & 0o777]).toEqual(['a = 1\n', 0o600]);
  await chmod(own, 0o640);
  await write(store, 'user', 'a = 2\n');
  expect((await stat(own)).mode & 0o777).toBe(0o640);
  expect(await readdir(data)).toEqual(['config.toml']);

  const linked = join(home, 'linked');
  await mkdir(linked);
  await symlink(own, join(linked, 'config.toml'));
  await write(await open(linked), 'user', 'a = 3\n');
  expect((await lstat(join(linked, 'config.toml'))).isSymbolicLink()).toBe(true);
  expect(await readFile(own, 'utf8')).toBe('a = 3\n');
});

it('is refused where a link leads to nothing, a repository has one, or it is no file or huge', async () => {
  const data = join(home, 'data');
  await mkdir(data);
  await symlink(join(home, 'nothing'), join(data, 'config.toml'));
  const store = await open(data);
  expect(await write(store, 'user', 'a = 1\n')).toContain('leads to nothing');
  const shared = join(repository.root, '.musher');
  await mkdir(shared);
  await symlink(join(home, 'x'), join(shared, 'config.toml'));
  expect(await write(store, 'repository', 'a = 1\n')).toContain('it is a symbolic link');
  const other = join(home, 'other');
  await mkdir(join(other, 'config.toml'), { recursive: true });
  expect(await write(await open(other), 'user', 'a = 1\n')).toContain('it is a folder');
  const huge = join(home, 'huge');
  await mkdir(huge);
  await writeFile(join(huge, 'config.toml'), '#'.repeat(300_000));
  expect(await write(await open(huge), 'user', 'a = 1\n')).toContain('300000 bytes, more than');
});

it('says whether git keeps the repository’s file', async () => {
  const store = await open(join(home, 'data'));
  expect(await write(store, 'repository', 'a = 1\n')).toBe(true);
  expect(await store.isTracked('repository')).toBe(false);
  await repository.git(['add', '.musher/config.toml']);
  expect(await store.isTracked('repository')).toBe(true);
});

it('on a full disk leaves the file as it was', async () => {
  const disk = join(home, 'disk');
  if (!(await mountSmall(disk, 1))) return;
  const store = await open(disk);
  expect(await write(store, 'user', 'a = 1\n')).toBe(true);
  const free = await fillDisk(disk);
  expect(await write(store, 'user', `a = 2\n${'# long\n'.repeat(3_000)}`)).toContain(
    'there is no room left on its disk',
  );
  await free();
  expect(await readFile(join(disk, 'config.toml'), 'utf8')).toBe('a = 1\n');
});
