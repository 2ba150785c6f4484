/** Descriptors that a process was started with, from number 3 on. */
import { close } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { firstMaster } from './words.ts';

/**
 * Masters of ptys that nobody asked for: of terminals that ended while this process began, and on Linux copies, for node-pty's
 * masters pass to whatever is started. One of them kept open, a program would never learn that its terminal is gone. Before any
 * pty is opened here. macOS passes nothing but what is named.
 */
export async function closeStrays(given: number, wanted: ReadonlySet<number>): Promise<void> {
  const numbers = new Set(Array.from({ length: given }, (_, at) => firstMaster + at));
  if (process.platform === 'linux') for (const stray of await masters()) numbers.add(stray);
  for (const wantedOne of wanted) numbers.delete(wantedOne);
  await Promise.all([...numbers].map(closeOne));
}

async function masters(): Promise<number[]> {
  const names = await readdir('/proc/self/fd');
  const found = await Promise.all(
    names.map(async (name) => {
      const leadsTo = await readlink(`/proc/self/fd/${name}`).catch(() => '');
      return /^\/dev\/(pts\/)?ptmx$/.test(leadsTo) ? [Number(name)] : [];
    }),
  );
  return found.flat();
}

function closeOne(descriptor: number): Promise<void> {
  return new Promise((resolve) => close(descriptor, () => resolve()));
}
