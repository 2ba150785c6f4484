/** Writes an object into a scratch as git would, for those that are known byte for byte: a git of its own for each would take longer than all else. */
import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';

const compress = promisify(deflate);

/** `like`: an id of the same repository, which says how ids are made there. Gives the id. */
export async function writeObject(
  objectsFolder: string,
  type: 'commit' | 'tree',
  { body, like }: { readonly body: Buffer; readonly like: string },
): Promise<string> {
  const whole = Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body]);
  const id = createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(whole)
    .digest('hex');
  const folder = join(objectsFolder, id.slice(0, 2));
  const file = join(folder, id.slice(2));
  const passing = `${file}.${process.pid}-${count++}`;
  await mkdir(folder, { recursive: true });
  await writeFile(passing, await compress(whole));
  await rename(passing, file);
  return id;
}

let count = 0;

export interface TreeRow {
  readonly name: string;
  readonly id: string;
}

/** Of files alone; names must be in order of their bytes. */
export function treeBody(rows: readonly TreeRow[]): Buffer {
  return Buffer.concat(
    rows.flatMap(({ name, id }) => [Buffer.from(`100644 ${name}\0`), Buffer.from(id, 'hex')]),
  );
}

export function commitBody(tree: string, parent: string, message: string): Buffer {
  const who = 'Musher <musher@localhost> 0 +0000';
  return Buffer.from(
    `tree ${tree}\nparent ${parent}\nauthor ${who}\ncommitter ${who}\n\n${message}`,
  );
}
