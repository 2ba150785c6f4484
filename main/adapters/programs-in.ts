/** Whose working folder is in a folder: what would be pulled from under a program. */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { sep } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const longestMs = 10_000;
const mostBytes = 1 << 24;

interface Place {
  readonly pid: number;
  readonly name: string;
  readonly cwd: string;
}

/**
 * `node (pid 12)`, for each. `folder` without links. Other users' programs do not tell. On Windows a folder that a program
 * works in cannot be moved anyway, and there are none here.
 */
export async function programsIn(folder: string): Promise<string[]> {
  if (process.platform === 'win32') return [];
  const places = process.platform === 'linux' ? await placesByProc() : await placesByLsof();
  return places
    .filter(({ cwd }) => cwd === folder || cwd.startsWith(folder + sep))
    .map(({ name, pid }) => `${name} (pid ${pid})`);
}

async function placesByProc(): Promise<Place[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const places = await Promise.all(
    pids.map(async (pid) => {
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
      if (cwd === undefined) return undefined;
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'a program');
      return { pid: Number(pid), name: name.trim(), cwd };
    }),
  );
  return places.filter((place) => place !== undefined);
}

/** One line for each field: `p<pid>`, `c<name>`, `n<folder>`. It fails where it may not see all, and tells what it saw. */
async function placesByLsof(): Promise<Place[]> {
  const options = { timeout: longestMs, maxBuffer: mostBytes };
  const { stdout } = await run('lsof', ['-w', '-a', '-d', 'cwd', '-Fpcn'], options).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  return readLsof(stdout);
}

export function readLsof(text: string): Place[] {
  const places: Place[] = [];
  let pid = 0;
  let name = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    else if (line.startsWith('c')) name = line.slice(1);
    else if (line.startsWith('n')) places.push({ pid, name, cwd: line.slice(1) });
  }
  return places;
}
