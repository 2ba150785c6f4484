// Everything in a folder, to compare with later: bytes, links and who may run what.

import { lstat, readdir, readFile, readlink } from 'node:fs/promises';

/** Path to `x` or `-`, then text for what is UTF-8 and hex for what is not; links as `-> target`. No `.git`, no empty folders. */
export async function photograph(folder: string): Promise<Record<string, string>> {
  return photographOf(Buffer.from(folder), '');
}

/** Names are bytes: some are no text. */
async function photographOf(folder: Buffer, prefix: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  const names = await readdir(folder, { encoding: 'buffer' });
  for (const name of names.sort(Buffer.compare)) {
    if (name.toString() === '.git') continue;
    const path = prefix === '' ? show(name) : `${prefix}/${show(name)}`;
    const full = Buffer.concat([folder, Buffer.from('/'), name]);
    const found = await lstat(full);
    if (found.isDirectory()) Object.assign(seen, await photographOf(full, path));
    else if (found.isSymbolicLink()) seen[path] = `-> ${await readlink(full)}`;
    else seen[path] = `${found.mode & 0o100 ? 'x' : '-'} ${show(await readFile(full))}`;
  }
  return seen;
}

function show(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : bytes.toString('hex');
}
