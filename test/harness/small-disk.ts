// A small disk of its own under a folder, where this machine lets tests mount one (root on Linux does).

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const mounts: string[] = [];
/** So often a full disk is filled again, milliseconds. */
const againMs = 5;

/** False, and said, where none can be had. Gone with `unmountAll`. */
export async function mountSmall(folder: string, sizeMb: number): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const options = `size=${sizeMb}m,mode=0700`;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    const [reason] = String(error).split('\n');
    console.log(`not tried, because no small disk can be mounted here: ${reason}`);
    return false;
  }
  mounts.push(folder);
  return true;
}

/** Lazily: what is open stays so until its program has ended, and the folder can be removed. */
export function unmountAll(): void {
  for (const folder of mounts.splice(0)) execFileSync('umount', ['--lazy', folder]);
}

/** To its last byte; returns how it is made free again. */
export async function fillDisk(folder: string): Promise<() => Promise<void>> {
  const files: string[] = [];
  for (let sizeBytes = 1024 * 1024; sizeBytes > 0; ) {
    const file = join(folder, `ballast-${files.length}`);
    files.push(file);
    const isFull = await writeFile(file, Buffer.alloc(sizeBytes)).then(
      () => false,
      () => true,
    );
    if (isFull) sizeBytes = Math.floor(sizeBytes / 16);
  }
  // What others remove meanwhile is room again: it is taken too.
  let more = join(folder, `ballast-${files.length}`);
  files.push(more);
  const timer = setInterval(() => {
    try {
      writeFileSync(more, Buffer.alloc(4096));
      more = join(folder, `ballast-${files.length}`);
      files.push(more);
    } catch {
      // It is full.
    }
  }, againMs);
  return async () => {
    clearInterval(timer);
    for (const file of files) await rm(file, { force: true });
  };
}
