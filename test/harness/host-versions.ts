// Terminal hosts of several versions that follow on one another in one data folder, and the hubs that make them.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { remoteTerminals, shutDownHost } from '../../main/adapters/terminals/remote-terminals.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { listProcesses } from '../../main/terminal-host/process-list.ts';
import { hostPlace } from '../../main/terminal-host/process/place.ts';
import type { HostState } from '../../main/terminal-host/process/state.ts';
import { hostStateAt, markedBy } from './host-world.ts';
import { isAlive } from './terminals.ts';
import { waitFor } from './wait.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../dist/main/terminal-host-process.js', import.meta.url));

export class HostVersions {
  readonly folder: string;
  readonly recordings: string;
  /** What hosts that are started from now on give a newer one to begin and to take over, milliseconds. */
  giveMs = 10_000;
  private readonly hubs: Terminals[] = [];

  private constructor(folder: string) {
    this.folder = folder;
    this.recordings = join(folder, 'recordings');
  }

  static async make(): Promise<HostVersions> {
    return new HostVersions(await mkdtemp(join(tmpdir(), 'musher-hosts-')));
  }

  get place() {
    return hostPlace(this.folder, process.platform);
  }

  /** A hub of that version; `script`: what it starts hosts with, instead of the program that is shipped. */
  hub(version: string, script: readonly string[] = [program]): Terminals {
    const args = ['--data', this.folder, '--version', version, '--give-ms', String(this.giveMs)];
    const made = remoteTerminals({
      place: this.place,
      command: [process.execPath, ...script, ...args],
      clock: systemClock,
      version,
      log: silentLogger,
    });
    this.hubs.push(made);
    return made;
  }

  state(): Promise<HostState> {
    return hostStateAt(this.place);
  }

  log(): Promise<string> {
    return readFile(this.place.logFile, 'utf8');
  }

  /** Kills the host that is there; the next hub starts another. Resolves when nothing that it ran is left. */
  async kill(): Promise<void> {
    const { pid, hostId, keepers = [] } = await this.state();
    process.kill(pid, 'SIGKILL');
    const before = this.hub('99.0.0');
    await before.list();
    await waitFor('its processes to be gone', async () => {
      const left = await markedBy(hostId);
      for (const keeper of keepers) if (await isAlive(keeper.pid)) left.push(keeper.pid);
      return left.length === 0 || `left: ${left.join(' ')}`;
    });
  }

  async dispose(): Promise<void> {
    for (const hub of this.hubs.splice(0)) await hub.dispose();
    await shutDownHost({
      place: this.place,
      command: [process.execPath, program],
      clock: systemClock,
    });
    await waitFor('all hosts to be gone', async () => {
      const left = await this.processes();
      return left.length === 0 || `left: ${left.join(' ')}`;
    });
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Hosts of this folder, parents that old ones have become, and programs that name it; `word`: only those that say it. */
  async processes(word = ''): Promise<number[]> {
    const lines = await commandLines();
    const isOurs = (line: string) => line.includes(this.folder) && line.includes(word);
    return lines.filter(({ line }) => isOurs(line)).map(({ pid }) => pid);
  }
}

interface CommandLine {
  readonly pid: number;
  readonly line: string;
}

async function commandLines(): Promise<CommandLine[]> {
  if (process.platform !== 'linux') {
    const { stdout } = await run('ps', ['-A', '-ww', '-o', 'pid=,command='], {
      maxBuffer: 1 << 26,
    });
    return stdout.split('\n').map((line) => ({ pid: Number.parseInt(line, 10), line }));
  }
  const lines = (await listProcesses()).map(async ({ pid }) => ({
    pid,
    line: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  }));
  return Promise.all(lines);
}
