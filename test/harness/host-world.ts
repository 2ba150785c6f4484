// The terminal host behind a Musher, seen past it: what runs there, its viewers, and its death.

import { readFile } from 'node:fs/promises';
import { remoteTerminals } from '../../main/adapters/terminals/remote-terminals.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { listProcesses } from '../../main/terminal-host/process-list.ts';
import type { HostPlace } from '../../main/terminal-host/process/place.ts';
import type { HostState } from '../../main/terminal-host/process/state.ts';
import { placeOf } from './serve.ts';
import { waitFor } from './wait.ts';

type Env = Readonly<Record<string, string>>;

export function hostState(env: Env): Promise<HostState> {
  return hostStateAt(placeOf(env));
}

export async function hostStateAt({ stateFile }: HostPlace): Promise<HostState> {
  return JSON.parse(await readFile(stateFile, 'utf8')) as HostState;
}

/** A client of its own, which no hub's death touches. It finds the host that is there, and starts none. */
export function beside(env: Env): Terminals {
  const nothing = [process.execPath, '-e', 'process.exit(1)'] as const;
  return remoteTerminals({
    place: placeOf(env),
    command: nothing,
    clock: systemClock,
    log: silentLogger,
  });
}

/** Also what it ran is gone then: it dies with its pty, or the next host ends it. */
export async function killHost(env: Env): Promise<void> {
  const { pid, hostId } = await hostState(env);
  process.kill(pid, 'SIGKILL');
  await waitFor('its processes to be gone', async () => {
    const left = await markedBy(hostId);
    return left.length === 0 || `left: ${left.join(' ')}`;
  });
}

/** Processes that a host's terminals started, by their environment. */
export async function markedBy(hostId: string): Promise<number[]> {
  const rows = await listProcesses();
  return rows.filter(({ mark }) => mark?.startsWith(`${hostId}.`)).map(({ pid }) => pid);
}
