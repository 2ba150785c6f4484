// Which commit HEAD or a branch is at, as `git rev-parse` says it, from the files in which git keeps that.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const [id, plainName] = [/^[0-9a-f]{40}$/, /^(?:refs\/heads\/([\w./-]+)|([a-z]+))$/];

/**
 * The answer to `rev-parse <HEAD or branch>` in the top folder of a checkout; undefined for what only git can answer: any
 * other question, a branch that is packed or not there, a folder below.
 */
export async function readTip(args: readonly string[], cwd: string): Promise<string | undefined> {
  const [command, name = '', ...more] = args;
  if (command !== 'rev-parse' || more.length > 0) return undefined;
  try {
    const own = await gitFolder(cwd);
    const said = name === 'HEAD' ? await line(join(own, 'HEAD')) : `ref: ${branchOf(name)}`;
    if (id.test(said)) return said;
    const ref = /^ref: (refs\/heads\/.+)$/.exec(said)?.[1] ?? '';
    const shared = resolve(own, await line(join(own, 'commondir')).catch(() => '.'));
    // To git a tag comes before a branch.
    if (existsSync(join(shared, 'refs', 'tags', name))) return undefined;
    const tip = await line(join(shared, ref));
    return id.test(tip) ? tip : undefined;
  } catch {
    return undefined;
  }
}

/** Whether there is such a ref, as a file or packed. */
export async function hasRef(commonDir: string, ref: string): Promise<boolean> {
  if (existsSync(join(commonDir, ref))) return true;
  const packed = await readFile(join(commonDir, 'packed-refs'), 'utf8').catch(() => '');
  return packed.includes(` ${ref}\n`);
}

/** Names that could mean anything else are left to git. */
function branchOf(name: string): string {
  const [, full, short] = plainName.exec(name) ?? [];
  const branch = full ?? short;
  if (branch === undefined) throw new Error(`${name} is no plain name`);
  return `refs/heads/${branch}`;
}

async function gitFolder(cwd: string): Promise<string> {
  const link = await line(join(cwd, '.git')).catch(() => undefined);
  return link === undefined ? join(cwd, '.git') : resolve(cwd, link.replace(/^gitdir: /, ''));
}

async function line(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim();
}
