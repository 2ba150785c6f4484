/**
 * What the next host must know of this one in case it cannot say goodbye: which processes were its terminals. Written
 * whole and renamed into place whenever a terminal begins or ends.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';

export interface TerminalState {
  readonly id: string;
  readonly pid: number;
  /** With the pid it names one process for ever; undefined where the system does not tell. */
  readonly start: string | undefined;
}

export interface HostState {
  readonly hostId: string;
  readonly pid: number;
  readonly start: string | undefined;
  readonly terminals: readonly TerminalState[];
}

/** Undefined when there is none, or none that can be read: then only the environment mark tells whose a process is. */
export async function readState(file: string): Promise<HostState | undefined> {
  try {
    const state = JSON.parse(await readFile(file, 'utf8')) as HostState;
    return typeof state.hostId === 'string' && Array.isArray(state.terminals) ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Whole at once: who reads meets the old state or the new one. */
export async function writeState(file: string, state: HostState): Promise<void> {
  const fresh = `${file}.new`;
  await writeFile(fresh, JSON.stringify(state), { mode: 0o600 });
  await rename(fresh, file);
}
