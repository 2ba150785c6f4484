/** How many folders the system would still watch for this user. Only Linux counts them. */
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import type { WatchFacts } from '../../features/doctor/ports.ts';

const byOthers: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'FSEvents tells of changes',
  win32: 'Windows tells of changes by folder tree',
};

export interface WatchAsk {
  readonly platform: NodeJS.Platform;
  readonly signal: AbortSignal;
  /** Folders that one worktree has, and how many worktrees there are. */
  readonly size: () => Promise<{ readonly foldersPerTree: number; readonly trees: number }>;
}

export async function lookAtWatches({ platform, signal, size }: WatchAsk): Promise<WatchFacts> {
  if (platform !== 'linux')
    return { kind: 'unlimited', by: byOthers[platform] ?? 'the system tells of changes' };
  const [maxWatches, maxInstances, used, needed] = await Promise.all([
    limit('max_user_watches'),
    limit('max_user_instances'),
    inUse(signal),
    size(),
  ]);
  return { kind: 'inotify', maxWatches, maxInstances, ...used, ...needed };
}

async function limit(name: string): Promise<number> {
  return Number(await readFile(`/proc/sys/fs/inotify/${name}`, 'utf8'));
}

/** By the programs of this user alone: the limits are each user's own. */
async function inUse(signal: AbortSignal) {
  const uid = process.getuid?.();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  let [usedWatches, usedInstances] = [0, 0];
  for (const pid of pids) {
    signal.throwIfAborted();
    const owner = await stat(`/proc/${pid}`).catch(() => undefined);
    if (owner?.uid !== uid) continue;
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (target !== 'anon_inode:inotify') continue;
      usedInstances += 1;
      const info = await readFile(`/proc/${pid}/fdinfo/${fd}`, 'utf8').catch(() => '');
      usedWatches += info.split('\n').filter((line) => line.startsWith('inotify ')).length;
    }
  }
  return { usedWatches, usedInstances };
}
