/** Which program listens on a port, where the system lets this user know. */
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { askProgram } from '../ask-program.ts';

const boundMs = 3_000;

/** `python3 (pid 4711)`; undefined where it is another user's or cannot be told. */
export async function portOwner(port: number, signal: AbortSignal): Promise<string | undefined> {
  const { platform, env } = process;
  const ask = async (program: string, ...args: string[]) => {
    const said = await askProgram({ program, args, env, boundMs, signal });
    return said.kind === 'said' ? said.text : '';
  };
  if (platform === 'linux') return ownerByProc(port);
  if (platform === 'win32') {
    const pid = pidInNetstat(await ask('netstat', '-ano', '-p', 'tcp'), port);
    if (pid === undefined) return undefined;
    const row = await ask('tasklist', '/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH');
    return `${/^"([^"]+)"/.exec(row.trim())?.[1] ?? 'a program'} (pid ${pid})`;
  }
  return ownerInLsof(await ask('lsof', '-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'));
}

async function ownerByProc(port: number): Promise<string | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const sockets = new Set(tables.flatMap((table) => listeners(table, port)));
  if (sockets.size === 0) return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const fds = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of fds) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (!sockets.has(target)) continue;
      return `${await nameOf(pid)} (pid ${pid})`;
    }
  }
  return undefined;
}

/** By its file: the name that it has for itself may be that of a thread. */
async function nameOf(pid: string): Promise<string> {
  const file = await readlink(`/proc/${pid}/exe`).catch(() => undefined);
  if (file !== undefined) return path.basename(file.replace(/ \(deleted\)$/, ''));
  const own = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'a program');
  return own.trim();
}

/** Of those that listen (state 0A), as a link of a file descriptor names them. */
export function listeners(table: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return local.endsWith(wanted) && state === '0A' && inode !== undefined
      ? [`socket:[${inode}]`]
      : [];
  });
}

/** `  TCP    127.0.0.1:9119   0.0.0.0:0   LISTENING   4711`; the word is translated, the address of nobody is not. */
export function pidInNetstat(text: string, port: number): number | undefined {
  for (const line of text.split(/\r?\n/)) {
    const [kind, local = '', remote = '', , pid] = line.trim().split(/\s+/);
    const listens = kind === 'TCP' && /^(0\.0\.0\.0|\[::\]):0$/.test(remote);
    if (listens && local.endsWith(`:${port}`) && /^\d+$/.test(pid ?? '')) return Number(pid);
  }
  return undefined;
}

/** One line for each field: `p<pid>`, `c<name>`. */
export function ownerInLsof(text: string): string | undefined {
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  const name = /^c(.+)$/m.exec(text)?.[1];
  return pid === undefined ? undefined : `${name ?? 'a program'} (pid ${pid})`;
}
