// Everything in a folder, to compare with later: bytes, links and who may run what.

import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Path to `x` or `-`, then text for what is UTF-8 and hex for what is not; links as `-> target`. No `.git`, no empty folders. */
export async function photograph(folder: string, prefix = ''): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const name of (await readdir(join(folder, prefix))).sort()) {
    if (name === '.git') continue;
    const path = prefix === '' ? name : `${prefix}/${name}`;
    const full = join(folder, path);
    const found = await lstat(full);
    if (found.isDirectory()) Object.assign(seen, await photograph(folder, path));
    else if (found.isSymbolicLink()) seen[path] = `-> ${await readlink(full)}`;
    else seen[path] = `${found.mode & 0o100 ? 'x' : '-'} ${show(await readFile(full))}`;
  }
  return seen;
}

function show(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : bytes.toString('hex');
}
