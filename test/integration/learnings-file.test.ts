// The shared file on a real disk: whatever stands in its place is left as it was, and named.

import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLearningsFile } from '../../main/adapters/learnings-file.ts';
import type { LearningsFile } from '../../main/features/learnings/ports.ts';
import { fillDisk, mountSmall, unmountAll } from '../harness/small-disk.ts';

let base: string;
let root: string;
let folder: string;
let path: string;
let file: LearningsFile;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'musher-learnings-')));
  root = join(base, 'r');
  folder = join(root, '.musher');
  path = join(folder, 'learnings.md');
  await mkdir(folder, { recursive: true });
  file = createLearningsFile(root);
});
afterEach(() => rm(base, { recursive: true, force: true }));
afterAll(unmountAll);

it('is made with its folder, keeps its mode, and leaves nothing beside it', async () => {
  await rm(folder, { recursive: true });
  expect(await file.read()).toBeUndefined();
  expect(await file.replace(undefined, 'one\n')).toBe(true);
  await chmod(path, 0o640);
  expect(await file.replace('one\n', '\ufefftwo\r\n')).toBe(true);
  expect(await file.read()).toBe('\ufefftwo\r\n');
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  expect(await readdir(folder)).toEqual(['learnings.md']);
});

it('that is not as it was read is not replaced', async () => {
  await writeFile(path, 'mine');
  expect(await file.replace('other', 'x')).toBe(false);
  expect(await file.replace(undefined, 'x')).toBe(false);
  await rm(path);
  expect(await file.replace('mine', 'x')).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

it('behind a link inside of the repository is written where it is', async () => {
  await writeFile(join(root, 'NOTES.md'), 'one');
  await symlink('../NOTES.md', path);
  expect(await file.replace('one', 'two')).toBe(true);
  expect(await readFile(join(root, 'NOTES.md'), 'utf8')).toBe('two');
  expect(await realpath(path)).toBe(join(root, 'NOTES.md'));
});

describe('left alone, and said why', () => {
  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['a folder', () => mkdir(path), /it is a folder/],
    ['bytes that are no text', () => writeFile(path, Buffer.from([0x80, 0xff])), /no UTF-8/],
    ['five megabytes', () => writeFile(path, 'x'.repeat(5 << 20)), /5242880 bytes, and at most/],
    ['a link to nothing', () => symlink(join(base, 'out.md'), path), /a link that leads nowhere/],
    [
      'a link to a file outside',
      async () => {
        await writeFile(join(base, 'out.md'), 'mine');
        await symlink(join(base, 'out.md'), path);
      },
      /a link that leads out of the repository, to .*out\.md/,
    ],
    [
      'a folder that is a link outside',
      async () => {
        await rm(folder, { recursive: true });
        await mkdir(join(base, 'r-out'));
        await symlink(join(base, 'r-out'), folder);
      },
      /leads out of the repository/,
    ],
  ])('%s', async (_, make, reason) => {
    await make();
    const failure = { wire: { code: 'FILE_FAILED', message: expect.stringMatching(reason) } };
    await expect(file.read()).rejects.toMatchObject(failure);
    await expect(file.replace(undefined, 'x')).rejects.toMatchObject(failure);
    expect(await readFile(join(base, 'out.md'), 'utf8').catch(() => 'mine')).toBe('mine');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a folder that may not be written',
    async () => {
      await writeFile(path, 'one');
      await chmod(folder, 0o500);
      await expect(file.replace('one', 'x')).rejects.toMatchObject({
        wire: { code: 'FILE_FAILED' },
      });
      await chmod(folder, 0o700);
      expect(await file.read()).toBe('one');
    },
  );

  it('a disk that is full', async () => {
    if (!(await mountSmall(folder, 1))) return;
    await writeFile(path, 'one');
    const free = await fillDisk(folder);
    const failure = { wire: { code: 'FILE_FAILED', message: expect.stringContaining('ENOSPC') } };
    await expect(file.replace('one', 'x'.repeat(100_000))).rejects.toMatchObject(failure);
    expect(await file.read()).toBe('one');
    await free();
    expect(await file.replace('one', 'two')).toBe(true);
    expect(await readdir(folder)).toEqual(['learnings.md']);
    unmountAll();
  });
});
