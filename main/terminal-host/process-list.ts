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
}

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
  const start = fields[startField] ?? '';
  return {
    pid: Number(name),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    start,
  };
}

async function listByPs(): Promise<ProcessRow[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart='], {
    maxBuffer: 16 * 1024 * 1024,
  });
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([pid, , , state]) => pid && !state?.startsWith('Z'))
    .map(([pid, parent, group, , ...start]) => ({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: Number(group),
      start: start.join(' '),
    }));
}
