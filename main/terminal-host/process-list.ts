/** The processes of this machine, as far as ending one of their trees needs it. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** The leader's pid; equal to `group` where the system does not tell. */
  readonly session: number;
  /** When it started, in whatever unit: with the pid it names one process for ever. */
  readonly start: string;
  /** Stopped by a signal, until another lets it go on. */
  readonly isStopped: boolean;
  /** The terminal that it was started in, by its environment; undefined also where that may not be read. */
  readonly mark?: string | undefined;
}

/** In the environment of all that is started in a terminal: it stays when a process leaves its group and its parent. */
export const markVariable = 'MUSHER_TERMINAL';

const run = promisify(execFile);

/** Place of the start time in /proc/<pid>/stat, counted from the state. */
const startField = 19;

let running: Promise<ProcessRow[]> | undefined;
let next: Promise<ProcessRow[]> | undefined;

/**
 * Without the dead that nobody has collected yet. Those who ask while a listing runs share the one after it: what they
 * get began after they asked, and fifty agents that end together cost two listings at a time and not fifty.
 */
export function listProcesses(): Promise<ProcessRow[]> {
  if (running === undefined) return begin();
  next ??= running.then(begin, begin);
  return next;
}

function begin(): Promise<ProcessRow[]> {
  next = undefined;
  const listing = process.platform === 'linux' ? listByProc() : listByPs();
  running = listing;
  const end = () => {
    if (running === listing) running = undefined;
  };
  listing.then(end, end);
  return listing;
}

/** When a process started, as its row says; undefined when it is gone, and on Windows. */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  if (process.platform === 'linux') return (await readRow(String(pid)))?.start;
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.trim().split(/\s+/).join(' ') || undefined;
}

/** Read directly: small containers have no `ps`. */
async function listByProc(): Promise<ProcessRow[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(names.map(readRow));
  return rows.filter((row) => row !== undefined);
}

async function readRow(name: string): Promise<ProcessRow | undefined> {
  const text = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => undefined);
  if (text === undefined) return undefined;
  // pid (program) state parent group session …; the program's name may hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ', startField + 1);
  const [state, parent, group, session] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  return {
    pid: Number(name),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    start: fields[startField] ?? '',
    isStopped: state === 'T',
    mark: await readMark(name),
  };
}

/** Other users' processes do not tell, and are never ours. */
async function readMark(name: string): Promise<string | undefined> {
  const text = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
  const found = text.split('\0').find((entry) => entry.startsWith(`${markVariable}=`));
  return found?.slice(markVariable.length + 1);
}

/** BSD's `ps`: with `-E` the environment follows the command, of one's own processes. */
async function listByPs(): Promise<ProcessRow[]> {
  const { stdout } = await run(
    'ps',
    ['-A', '-E', '-ww', '-o', 'pid=,ppid=,pgid=,stat=,lstart=,command='],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return stdout.split('\n').flatMap(readPsLine);
}

/** `Sun Nov 29 04:38:25 2026`. */
const startWords = 5;

export function readPsLine(line: string): ProcessRow[] {
  const [pid, parent, group, state, ...rest] = line.trim().split(/\s+/);
  // An environment may hold line breaks, and what comes after one is no process.
  const isRow = [pid, parent, group].every((field) => /^\d+$/.test(field ?? ''));
  if (!isRow || state === undefined || state.startsWith('Z')) return [];
  const found = rest.findLast((word) => word.startsWith(`${markVariable}=`));
  return [
    {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: Number(group),
      start: rest.slice(0, startWords).join(' '),
      isStopped: state.startsWith('T'),
      mark: found?.slice(markVariable.length + 1),
    },
  ];
}
