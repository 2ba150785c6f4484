// What other processes take of this machine, as Linux tells it.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const megabyte = 1024 * 1024;

/** Benches that need this say so, and give no number elsewhere. */
export const canMeasure = process.platform === 'linux';

/** Seconds of one core that the processes have used so far, all their threads together. */
export async function cpuSeconds(pids: readonly number[]): Promise<number> {
  const ticks = await Promise.all(pids.map(ticksOf));
  return ticks.reduce((sum, one) => sum + one, 0) / ticksPerSecond();
}

/** Resident memory of all of them together, MB; what they share counts for each. */
export async function residentMb(pids: readonly number[]): Promise<number> {
  const pages = await Promise.all(
    pids.map(async (pid) => {
      const [, resident] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
      return Number(resident);
    }),
  );
  return (pages.reduce((sum, one) => sum + one, 0) * pageBytes()) / megabyte;
}

async function ticksOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1');
  // pid (program) state …; the program's name may hold spaces and brackets. Of the rest, user and system are 12th and 13th.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

let known: { readonly ticks: number; readonly page: number } | undefined;

function constants() {
  const read = (name: string) => Number(execFileSync('getconf', [name], { encoding: 'utf8' }));
  known ??= { ticks: read('CLK_TCK'), page: read('PAGESIZE') };
  return known;
}

const ticksPerSecond = () => constants().ticks;
const pageBytes = () => constants().page;

/** Change per minute: the median of the slopes between all pairs, which a few collections of garbage do not bend. */
export function slopePerMinute(samples: ReadonlyArray<{ atMs: number; value: number }>): number {
  const slopes: number[] = [];
  for (const [index, from] of samples.entries())
    for (const to of samples.slice(index + 1))
      slopes.push((to.value - from.value) / ((to.atMs - from.atMs) / 60_000));
  return slopes.sort((a, b) => a - b)[Math.floor(slopes.length / 2)] ?? Number.NaN;
}

export function sleepMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
