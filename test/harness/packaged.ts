// The app as people install it, made from this build with a stand-in for Electron's own program, and what is in it laid out
// in a folder where nothing of the repository is above it.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { extractAll } from '@electron/asar';

export interface Packaged {
  /** Electron's program, under the app's name. */
  readonly program: string;
  readonly archive: string;
  /** What was drawn for all systems. */
  readonly icons: string;
  /** All that the archive holds and what lies unpacked beside it, as Electron shows them to what runs in it. */
  readonly contents: string;
  dispose(): Promise<void>;
}

/** Before the fuses, in every Electron. */
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
/** Version 1, and all eight as Electron's releases have them. */
const releasedFuses = Buffer.from('\x01\x0810110001', 'latin1');
const root = fileURLToPath(new URL('../..', import.meta.url));

export async function makePackaged(): Promise<Packaged> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-package-'));
  const [electron, out, contents] = ['electron', 'out', 'contents'].map((name) =>
    join(folder, name),
  );
  try {
    await makeElectron(electron ?? '');
    await run('build/facts.mjs', '--with-electron');
    await run('build/package.mjs', '--dir', '--electron', electron ?? '', '--out', out ?? '');
    const app = join(out ?? '', 'linux-unpacked');
    const archive = join(app, 'resources', 'app.asar');
    extractAll(archive, contents ?? '');
    return {
      program: join(app, 'musher'),
      archive,
      icons: join(out ?? '', '.icons'),
      contents: contents ?? '',
      dispose: () => rm(folder, { recursive: true, force: true }),
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** How each fuse of a program stands: `1` is on. */
export async function readFuses(program: string): Promise<string> {
  const bytes = await readFile(program);
  const at = bytes.indexOf(sentinel) + sentinel.length;
  return bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0)).toString('latin1');
}

/** What a distribution of Electron for Linux has that the packager touches. */
async function makeElectron(folder: string): Promise<void> {
  for (const name of ['resources', 'locales']) await mkdir(join(folder, name), { recursive: true });
  const program = Buffer.concat([Buffer.from('#!/bin/sh\n# '), sentinel, releasedFuses]);
  await writeFile(join(folder, 'electron'), program, { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak'])
    await writeFile(join(folder, name), '');
}

async function run(script: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [script, ...args], { cwd: root, timeout: 150_000 });
}
