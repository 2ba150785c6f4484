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

/** Writes one at a time, and of those that wait only the newest. */
export class StateWriter {
  private readonly file: string;
  private readonly onFailure: (error: unknown) => void;
  private next: HostState | undefined;
  private writing: Promise<void> | undefined;

  constructor(file: string, onFailure: (error: unknown) => void) {
    this.file = file;
    this.onFailure = onFailure;
  }

  /** Resolves when it, or a newer one, is on disk; a failure is told once each time and costs nothing else. */
  write(state: HostState): Promise<void> {
    this.next = state;
    this.writing ??= this.run().finally(() => {
      this.writing = undefined;
    });
    return this.writing;
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async run(): Promise<void> {
    for (let state = this.next; state !== undefined; state = this.next) {
      this.next = undefined;
      try {
        const fresh = `${this.file}.new`;
        await writeFile(fresh, JSON.stringify(state), { mode: 0o600 });
        await rename(fresh, this.file);
      } catch (error) {
        this.onFailure(error);
      }
    }
  }
}
