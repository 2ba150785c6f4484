import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findDemoFolder } from './demo-folder.ts';

it('is found beside the archive of the installed app, where a Node of its own can read it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'musher-demo-folder-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = join(root, 'app.asar.unpacked', 'main', 'demo');
  await mkdir(join(folder, 'scripts'), { recursive: true });
  expect(await findDemoFolder(join(root, 'app.asar', 'dist', 'main', 'chunks'))).toBe(folder);
});

it('is in the repository otherwise', async () => {
  expect(await findDemoFolder()).toBe(import.meta.dirname);
});
