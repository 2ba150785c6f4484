// Repositories that are made once in a run of tests and copied for each test that wants the like: a copy starts no process,
// and git would take four.

import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Set and removed by who runs the tests (build/vitest.config.ts); without it nothing is kept. */
const folder = process.env.MUSHER_TEST_TEMPLATES;

/** Makes `root` as `make` would, which may be run somewhere else. `key`: all that it depends on. */
export async function copyOfTemplate(
  root: string,
  key: unknown,
  make: (root: string) => Promise<unknown>,
): Promise<void> {
  if (folder === undefined) return void (await make(root));
  const hash = createHash('sha256').update(JSON.stringify(key)).digest('hex');
  const template = join(folder, hash.slice(0, 32));
  if ((await lstat(template).catch(() => undefined)) === undefined) {
    await makeTemplate(folder, template, make);
  }
  cpSync(template, root, { recursive: true, verbatimSymlinks: true });
  await tellIndexOfCopies(root);
}

/** Made beside its place and moved there whole: another worker may be at the same. */
async function makeTemplate(
  folder: string,
  template: string,
  make: (root: string) => Promise<unknown>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const made = join(await mkdtemp(join(folder, 'making-')), 'repo');
  await make(made);
  const hooks = join(made, '.git', 'hooks');
  for (const name of await readdir(hooks)) await rm(join(hooks, name));
  await rename(made, template).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

/** Of an entry of version 2: ten numbers of `stat`, an id of 20 bytes, two of flags, the name and at least one NUL. */
const [statBytes, nameAt, flagsAt] = [40, 62, 60];

/** Git takes a file for changed whose times, inode or size are not those in its index: it is told those of the copies. */
async function tellIndexOfCopies(root: string): Promise<void> {
  const file = join(root, '.git', 'index');
  const index = await readFile(file);
  if (index.toString('latin1', 0, 4) !== 'DIRC' || index.readUInt32BE(4) !== 2)
    throw new Error(`${file} is no index of version 2`);
  let at = 12;
  for (let left = index.readUInt32BE(8); left > 0; left--) {
    const nameBytes = index.readUInt16BE(at + flagsAt) & 0xfff;
    const name = index.subarray(at + nameAt, at + nameAt + nameBytes).toString('utf8');
    (await statOf(join(root, name), index.readUInt32BE(at + 24))).copy(index, at);
    at += Math.ceil((nameAt + nameBytes + 1) / 8) * 8;
  }
  const end = index.length - 20;
  createHash('sha1').update(index.subarray(0, end)).digest().copy(index, end);
  await writeFile(file, index);
}

async function statOf(path: string, mode: number): Promise<Buffer> {
  const { ctimeNs, mtimeNs, dev, ino, uid, gid, size } = await lstat(path, { bigint: true });
  const second = 1_000_000_000n;
  const bytes = Buffer.alloc(statBytes);
  const times = [ctimeNs, mtimeNs].flatMap((ns) => [ns / second, ns % second]);
  for (const [n, value] of [...times, dev, ino, BigInt(mode), uid, gid, size].entries()) {
    bytes.writeUInt32BE(Number(BigInt.asUintN(32, value)), n * 4);
  }
  return bytes;
}
