/** Whether a copy is what was made: every file, no other, nobody else may write to it, and it starts. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { reasonOf } from '../../base/result.ts';
import { withoutMount } from '../app-image.ts';
import { type CopyFile, hostScript, listName, programIn } from './copy-files.ts';
import { chunksOf, requireOwn } from './make-copy.ts';

export interface CheckOptions {
  readonly platform: NodeJS.Platform;
  readonly signal: AbortSignal;
}

/** For a start that does nothing, milliseconds: a scanner may read all of it first. */
const tryMs = 20_000;

/** Why it is not to be run; undefined: it is whole. */
export async function faultOf(folder: string, options: CheckOptions): Promise<string | undefined> {
  try {
    // Whoever may write there puts another folder in its place.
    await requireOwn(path.dirname(folder), options.platform);
    const { files } = JSON.parse(await readFile(path.join(folder, listName), 'utf8')) as {
      files: readonly CopyFile[];
    };
    const found = await listOwn(folder, '', options.platform);
    const wanted = new Set([listName, ...files.map((file) => file.path)]);
    const strange = found.find((name) => !wanted.has(name));
    if (strange !== undefined) return `${strange} is no part of it`;
    for (const file of files) {
      const { sizeBytes, sha256 } = await sumOf(path.join(folder, file.path), options.signal);
      if (sizeBytes !== file.sizeBytes || sha256 !== file.sha256) return `${file.path} has changed`;
    }
    return undefined;
  } catch (error) {
    options.signal.throwIfAborted();
    return reasonOf(error);
  }
}

/** Rejects where it does not start: without the right to run programs there, or without a library. */
export async function tryOut(folder: string, { platform, signal }: CheckOptions): Promise<void> {
  const program = path.join(folder, programIn(platform));
  await promisify(execFile)(program, [path.join(folder, hostScript), '--try'], {
    env: { ...withoutMount(process.env), ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    ...{ timeout: tryMs, windowsHide: true, signal },
  });
}

async function listOwn(
  root: string,
  folder: string,
  platform: NodeJS.Platform,
): Promise<readonly string[]> {
  await requireOwn(path.join(root, folder), platform);
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      found.push(...(await listOwn(root, name, platform)));
      continue;
    }
    if (!entry.isFile()) throw new Error(`${name} is no file`);
    await requireOwn(path.join(root, name), platform);
    found.push(name);
  }
  return found;
}

async function sumOf(file: string, signal: AbortSignal) {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of chunksOf(file)) {
    signal.throwIfAborted();
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
