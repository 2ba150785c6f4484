/**
 * Holds a program with everything it started (SIGSTOP), and lets it go on (SIGCONT). Parents are held before their children
 * and go on after them: a shell that saw its job stop would take the terminal back and leave the job in the background.
 */
import { musherError } from '../base/result.ts';
import { listProcesses, type ProcessRow } from './process-list.ts';
import { familyOf, sendSignal } from './process-tree.ts';

export interface PausedTree {
  /** What had been stopped before stays so: a shell's job that somebody suspended is nobody else's to wake. */
  resume(): Promise<void>;
}

/** A tree grows while it is being held, but what is held starts nothing: more looks than this see a fork bomb. */
const maxLooks = 10;

/** Resolves when all of it is held. Throws PAUSE_UNSUPPORTED. */
export async function pauseTree(
  whose: { readonly pid: number; readonly mark: string },
  platform: NodeJS.Platform = process.platform,
): Promise<PausedTree> {
  if (platform === 'win32') {
    const reason = 'Windows has no way to hold a program and let it go on';
    throw musherError('PAUSE_UNSUPPORTED', { reason });
  }
  const family = familyOf(whose);
  const seen = new Set<string>();
  const stoppedBefore = new Set<string>();
  for (let look = 0; look < maxLooks; look++) {
    const fresh = family.find(await listProcesses()).filter((row) => !seen.has(nameOf(row)));
    if (fresh.length === 0) break;
    for (const row of parentsFirst(fresh)) {
      seen.add(nameOf(row));
      if (row.isStopped) stoppedBefore.add(nameOf(row));
      else sendSignal(row.pid, 'SIGSTOP');
    }
  }
  return {
    async resume() {
      const rows = parentsFirst(family.find(await listProcesses())).reverse();
      for (const row of rows) if (!stoppedBefore.has(nameOf(row))) sendSignal(row.pid, 'SIGCONT');
    },
  };
}

/** One process for ever. */
function nameOf({ pid, start }: ProcessRow): string {
  return `${pid} ${start}`;
}

export function parentsFirst(rows: readonly ProcessRow[]): ProcessRow[] {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const ordered = new Set<ProcessRow>();
  for (const row of rows) {
    const line: ProcessRow[] = [];
    for (
      let one: ProcessRow | undefined = row;
      one !== undefined && !ordered.has(one) && !line.includes(one);
      one = byPid.get(one.parent)
    )
      line.push(one);
    for (const one of line.reverse()) ordered.add(one);
  }
  return [...ordered];
}
