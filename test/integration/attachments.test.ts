import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { attachments } from '../../main/adapters/attachments.ts';
import { attachmentBytes } from '../../preload/contract/questions.ts';
import { MusherError } from '../../main/base/result.ts';

let folder: string;
let worktree: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'musher-attachments-'));
  worktree = join(folder, 'worktree');
  await mkdir(join(worktree, 'db'), { recursive: true });
  await mkdir(join(worktree, '.git'));
  await writeFile(join(folder, 'secret'), 'secret');
  await writeFile(join(worktree, 'db', 'schema.sql'), 'create table a;');
  await writeFile(join(worktree, '.git', 'config'), 'x');
  await writeFile(join(worktree, 'full'), Buffer.alloc(attachmentBytes, 'x'));
  await writeFile(join(worktree, 'large'), Buffer.alloc(attachmentBytes + 1));
  await writeFile(join(worktree, 'picture'), Buffer.from([0x89, 0x50, 0xff]));
  await writeFile(join(worktree, '..beside'), 'of the worktree');
  await symlink(join('..', 'secret'), join(worktree, 'out'));
  await symlink('..', join(worktree, 'up'));
  await symlink(join('db', 'schema.sql'), join(worktree, 'in'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const why = async (path: string) => {
  const thrown = await attachments.read(worktree, path).catch((error: unknown) => error);
  return thrown instanceof MusherError ? thrown.message : thrown;
};

it('a file of the worktree is read, by any way that leads to it', async () => {
  for (const path of ['db/schema.sql', './db/../db/schema.sql', 'in', join(worktree, 'in')]) {
    const file = await attachments.read(worktree, path);
    expect([file.path, file.sizeBytes]).toEqual(['db/schema.sql', 15]);
    expect(file.text).toBe('create table a;');
  }
  expect((await attachments.read(worktree, 'full')).sizeBytes).toBe(attachmentBytes);
  expect((await attachments.read(worktree, '..beside')).path).toBe('..beside');
  expect(await attachments.read(worktree, 'picture')).not.toHaveProperty('text');
});

it.each([
  ['../secret', 'is outside of your worktree'],
  ['out', 'is outside of your worktree'],
  ['up/secret', 'is outside of your worktree'],
  ['/etc/hostname', 'is outside of your worktree'],
  ['.git/config', 'is of git itself'],
  ['large', `more than ${attachmentBytes}`],
  ['db', 'is no file'],
  ['.', 'is no file'],
  ['nothing', 'does not exist'],
  ['db/schema.sql/x', 'does not exist'],
  ['a\0b', 'cannot be read'],
])('"%s" is refused: %s', async (path, reason) => {
  expect(await why(path)).toContain(reason);
});
