/** `musher stop`: the Musher that has a repository open ends in order, or its agents are ended where none runs. */
import { systemClock, sleep } from './base/clock.ts';
import type { Logger } from './base/logger.ts';
import { MusherError, musherError } from './base/result.ts';
import { askToStop } from './broker/hand-over.ts';
import { probePort } from './broker/probe.ts';
import type { App } from './compose/app.ts';
import { openApp } from './compose/app.ts';
import { handOverKeyAt, openAppData } from './compose/app-data.ts';
import { lastRun, resolveRoot } from './compose/offline.ts';
import type { Project } from './compose/project.ts';
import { openHostLog } from './host.ts';

export interface StopOptions {
  readonly repo: string;
  readonly endAgents: boolean;
}

export interface StopResult {
  readonly musher: boolean;
  readonly running: readonly string[];
  readonly ended: readonly string[];
}

/** An orderly end with all its agents takes less, milliseconds. */
const stopMs = 30_000;
const lookMs = 50;

/** Throws REPOSITORY_*, REPOSITORY_BUSY when it did not end, and what a hub that is opened for it throws. */
export async function stopMusher({ repo, endAgents }: StopOptions): Promise<StopResult> {
  const log = openHostLog();
  const root = await resolveRoot(repo);
  const named = await stopRunning(root, endAgents, log);
  const musher = named !== undefined;
  if (!endAgents) return { musher, running: named ?? [], ended: [] };
  // What is left then: no Musher ran, or it could not end them in its time.
  const ended = new Set([...(named ?? []), ...(await endLeft(root, log))]);
  return { musher, running: [], ended: [...ended] };
}

/** Names of the agents that it left running or ended; undefined when none runs. */
async function stopRunning(
  root: string,
  endAgents: boolean,
  log: Logger,
): Promise<readonly string[] | undefined> {
  const last = await lastRun(root);
  if (last === undefined) return undefined;
  const port = Number(new URL(last.url).port);
  const isThere = async () => {
    const probe = await probePort(port);
    return probe.kind === 'musher' && probe.repositories.includes(root);
  };
  if (!(await isThere())) return undefined;
  const key = (await openAppData(log)).value(handOverKeyAt(port));
  const agents = key === undefined ? undefined : await askToStop(last.url, { key, endAgents });
  // An older one, or one of the desktop: a signal is an orderly end as well.
  if (agents === undefined) process.kill(last.pid, 'SIGTERM');
  const untilMs = systemClock.elapsed() + stopMs;
  while (await isThere()) {
    if (systemClock.elapsed() > untilMs) throw busy(root, last.pid);
    await sleep(systemClock, lookMs);
  }
  return agents ?? [];
}

/** Ends the agents of a repository that no Musher has open any more, in order, and notes it. Their names. */
async function endLeft(root: string, log: Logger): Promise<readonly string[]> {
  const app = await openApp({ port: 0, log });
  try {
    const project = await openFree(app, root);
    const agents = await project.runningAgents();
    await app.dispose({ endAgents: true });
    return agents;
  } finally {
    await app.dispose();
  }
}

/** The one that is ending closes its doors first, and its log last. */
async function openFree(app: App, root: string): Promise<Project> {
  const untilMs = systemClock.elapsed() + stopMs;
  for (;;) {
    try {
      return await app.open(root);
    } catch (error) {
      const isBusy = error instanceof MusherError && error.wire.code === 'REPOSITORY_BUSY';
      if (!isBusy || systemClock.elapsed() > untilMs) throw error;
    }
  }
}

function busy(root: string, pid: number): Error {
  return musherError('REPOSITORY_BUSY', { path: root, pid });
}
