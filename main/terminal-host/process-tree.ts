/**
 * Ends a program with everything it started: its session (a pty's program leads one), its descendants, and what left
 * both, which its environment still tells. First it asks, after the grace it forces, and it looks again until nobody is left,
 * for a tree can grow while it is being ended.
 */
import { execFile } from 'node:child_process';
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import { listProcesses } from './process-list.ts';
import { Family, familyOf } from './process-family.ts';

export interface EndTreeOptions {
  readonly clock: Clock;
  readonly pid: number;
  /** What its environment says; left out: only kinship counts. */
  readonly mark?: string | undefined;
  readonly graceMs: number;
}

export interface EndLeftoversOptions {
  readonly clock: Clock;
  /** What began with it in their environment is to go. */
  readonly markPrefix: string;
  /** Programs of terminals, as they were recorded; those whose number another process has by now are left alone. */
  readonly leaders: ReadonlyArray<{ readonly pid: number; readonly start: string | undefined }>;
  readonly graceMs: number;
}

/** How long the kernel may take to clear away what was killed. */
const killMs = 3000;
const lookMs = { first: 10, last: 100 };

/** The pids that are still there: empty when it worked. */
export function endTree(options: EndTreeOptions): Promise<readonly number[]> {
  return process.platform === 'win32' ? endByTaskkill(options) : endBySignals(options);
}

/** What a host that is gone left running. Windows ends it by itself: a console goes with the last handle on it. */
export async function endLeftovers(options: EndLeftoversOptions): Promise<readonly number[]> {
  if (process.platform === 'win32') return [];
  const { clock, markPrefix, leaders, graceMs } = options;
  const starts = new Map(leaders.map(({ pid, start }) => [pid, start]));
  const family = new Family(
    ({ pid, start, mark }) => starts.get(pid) === start || mark?.startsWith(markPrefix) === true,
  );
  return endFamily({ clock, family, graceMs });
}

function endBySignals({ clock, graceMs, ...whose }: EndTreeOptions): Promise<readonly number[]> {
  return endFamily({ clock, family: familyOf(whose), graceMs });
}

async function endFamily({
  clock,
  family,
  graceMs,
}: Pick<Pursuit, 'clock' | 'family'> & { graceMs: number }): Promise<readonly number[]> {
  const polite = await pursue({
    clock,
    family,
    forMs: graceMs,
    signals: ['SIGHUP', 'SIGTERM', 'SIGCONT'],
  });
  if (polite.length === 0) return [];
  return pursue({ clock, family, forMs: killMs, signals: ['SIGKILL'] });
}

interface Pursuit {
  readonly clock: Clock;
  readonly family: Family;
  readonly forMs: number;
  readonly signals: readonly NodeJS.Signals[];
}

/** Signals each member once, and newcomers as they appear, until all are gone or the time is over. */
async function pursue({ clock, family, forMs, signals }: Pursuit): Promise<readonly number[]> {
  const untilMs = clock.elapsed() + forMs;
  const signalled = new Set<number>();
  let delayMs = lookMs.first;
  for (;;) {
    const members = family.find(await listProcesses());
    const fresh = members.filter((member) => !signalled.has(member.pid));
    for (const member of fresh) {
      signalled.add(member.pid);
      for (const signal of signals) sendSignal(member.pid, signal);
    }
    if (members.length === 0 || clock.elapsed() >= untilMs) return members.map(({ pid }) => pid);
    await sleep(clock, Math.min(delayMs, Math.max(1, untilMs - clock.elapsed())));
    delayMs = Math.min(delayMs * 2, lookMs.last);
  }
}

export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone since it was listed.
  }
}

function endByTaskkill({ pid }: EndTreeOptions): Promise<readonly number[]> {
  return new Promise((resolve) => {
    execFile('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true }, (error) => {
      // 128: there is no such process.
      resolve(error === null || error.code === 128 ? [] : [pid]);
    });
  });
}
