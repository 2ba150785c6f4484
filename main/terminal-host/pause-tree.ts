/**
 * Holds a program with everything it started (SIGSTOP), and lets it go on (SIGCONT). Parents are held before their children
 * and go on after them: a shell that saw its job stop would take the terminal back and leave the job in the background.
 */
import { musherError } from '../base/result.ts';
import { listProcesses, type ProcessRow } from './process-list.ts';
import { sendSignal } from './process-tree.ts';
import { familyOf } from './process-family.ts';

export interface PausedTree {
  /** What had been stopped before stays so: a shell's job that somebody suspended is nobody else's to wake. */
  resume(): Promise<void>;
  /** For another process that lets it go on. */
  readonly state: PausedState;
}

/** Who is held, and who of them (`<pid> <start>`) had been stopped before. */
export interface PausedState {
  readonly members: readonly ProcessRow[];
  readonly stoppedBefore: readonly string[];
}

interface Whose {
  readonly pid: number;
  readonly mark: string;
}

/** A tree grows while it is being held, but what is held starts nothing: more looks than this see a fork bomb. */
const maxLooks = 10;
/** Each takes some milliseconds; a process that can be stopped is within the first. */
const maxSettling = 20;

/** Resolves when all of it is held. Throws PAUSE_UNSUPPORTED. */
export async function pauseTree(
  whose: Whose,
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
    for (const row of fresh) {
      seen.add(nameOf(row));
      if (row.isStopped) stoppedBefore.add(nameOf(row));
    }
    for (const generation of generationsOf(fresh)) await hold(generation);
  }
  return pausedTree(whose, { members: family.members, stoppedBefore: [...stoppedBefore] });
}

/** One that is held already. */
export function pausedTree(whose: Whose, state: PausedState): PausedTree {
  const stoppedBefore = new Set(state.stoppedBefore);
  return {
    state,
    async resume() {
      const family = familyOf(whose, state.members);
      const rows = parentsFirst(family.find(await listProcesses())).reverse();
      for (const row of rows) if (!stoppedBefore.has(nameOf(row))) sendSignal(row.pid, 'SIGCONT');
    },
  };
}

/**
 * A signal is on its way for a moment: a shell that has not stopped yet still sees its job stop. So the children wait for
 * that; what cannot be stopped now (it waits for a disk) is not waited for.
 */
async function hold(rows: readonly ProcessRow[]): Promise<void> {
  const running = rows.filter(({ isStopped }) => !isStopped);
  for (const { pid } of running) sendSignal(pid, 'SIGSTOP');
  let left = running.map(nameOf);
  for (let look = 0; look < maxSettling && left.length > 0; look++) {
    const now = new Map((await listProcesses()).map((row) => [nameOf(row), row]));
    left = left.filter((name) => now.get(name)?.isStopped === false);
  }
}

/** One process for ever. */
function nameOf({ pid, start }: ProcessRow): string {
  return `${pid} ${start}`;
}

/** Those that have no parent among them, then their children, and so on. */
export function generationsOf(rows: readonly ProcessRow[]): ProcessRow[][] {
  const depths = new Map<number, number>();
  const generations: ProcessRow[][] = [];
  for (const row of parentsFirst(rows)) {
    const depth = (depths.get(row.parent) ?? -1) + 1;
    depths.set(row.pid, depth);
    generations[depth] = [...(generations[depth] ?? []), row];
  }
  return generations;
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
