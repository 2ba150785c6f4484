/**
 * What the next host must know of this one in case it cannot say goodbye: which processes were its terminals, and where
 * what they showed is recorded. Written whole and renamed into place whenever a terminal begins or ends.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RecordedEnd } from '../last-screens.ts';
import { maxRecordedEnds } from '../limits.ts';
import { isRecordingName } from '../recording/file-names.ts';
import type { RecordedAt } from '../recording/last-screen.ts';

export interface TerminalState {
  readonly id: string;
  readonly pid: number;
  /** With the pid it names one process for ever; undefined where the system does not tell. */
  readonly start: string | undefined;
  /** Left out: it is not recorded. */
  readonly recorded?: RecordedAt | undefined;
}

export interface HostState {
  readonly hostId: string;
  readonly pid: number;
  readonly start: string | undefined;
  readonly terminals: readonly TerminalState[];
  /** Parents of programs that this host took over; left out: there are none. */
  readonly keepers?: ReadonlyArray<{ readonly pid: number; readonly start: string | undefined }>;
  /** Those that ended and were recorded, also under hosts before it; the newest last. */
  readonly ended: readonly RecordedEnd[];
}

/** Undefined when there is none, or none that can be read: then only the environment mark tells whose a process is. */
export async function readState(file: string): Promise<HostState | undefined> {
  try {
    const state = JSON.parse(await readFile(file, 'utf8')) as HostState;
    if (typeof state.hostId !== 'string' || !Array.isArray(state.terminals)) return undefined;
    const [ended, keepers] = [state.ended, state.keepers].map((list) =>
      Array.isArray(list) ? list : [],
    );
    return { ...state, ended, keepers } as HostState;
  } catch {
    return undefined;
  }
}

/** What is left of a host that died: how its terminals ended nobody saw. What is not as it should be is left out. */
export function endsAfter({ terminals, ended }: HostState): readonly RecordedEnd[] {
  const died = terminals.map(({ id, recorded }) => ({
    exit: { id, exitCode: null, signal: null },
    recorded,
  }));
  return [...ended, ...died].filter(isRecordedEnd).slice(-maxRecordedEnds);
}

/** Its name becomes part of a path. */
function isRecordedEnd(end: { exit: unknown; recorded: unknown }): end is RecordedEnd {
  const { id, exitCode, signal } = (end.exit ?? {}) as Record<string, unknown>;
  const { folder, name, startMs } = (end.recorded ?? {}) as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    (exitCode === null || Number.isSafeInteger(exitCode)) &&
    (signal === null || typeof signal === 'string') &&
    typeof folder === 'string' &&
    path.isAbsolute(folder) &&
    typeof name === 'string' &&
    isRecordingName(name) &&
    Number.isSafeInteger(startMs)
  );
}

/** Whole at once: who reads meets the old state or the new one. */
export async function writeState(file: string, state: HostState): Promise<void> {
  const fresh = `${file}.new`;
  await writeFile(fresh, JSON.stringify(state), { mode: 0o600 });
  await rename(fresh, file);
}
