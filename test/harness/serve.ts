// `musher serve` as a process of its own, the way it is shipped, and the end of everything it started.

import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { shutDownHost } from '../../main/adapters/terminals/remote-terminals.ts';
import { userDataFolder } from '../../main/adapters/user-data.ts';
import { systemClock } from '../../main/base/clock.ts';
import { type HostPlace, hostPlace } from '../../main/terminal-host/process/place.ts';
import type { MusherClient } from './musher-client.ts';
import { musherClient } from './musher-client.ts';
import { waitFor } from './wait.ts';

/** The built command; another one by MUSHER_CLI. */
export const cliFile =
  process.env.MUSHER_CLI ?? fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url));

export interface ServeOptions {
  readonly port?: number;
  /** The whole environment; default: this process's without what belongs to another Musher. */
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Where the command is typed. */
  readonly cwd?: string;
  /** Another build than `cliFile`. */
  readonly cli?: string;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Serving {
  readonly url: string;
  readonly loginUrl: string;
  readonly operatorToken: string;
  readonly pid: number;
  readonly operator: MusherClient;
  readonly ended: Promise<Ended>;
  /** All that it printed so far, errors too. */
  output(): string;
  /** An agent (or nobody) by its token. */
  as(token?: string): MusherClient;
  kill(signal: NodeJS.Signals): Promise<Ended>;
  /** Orderly; by force when that takes too long. Nothing that it started is left. */
  stop(): Promise<Ended>;
}

export interface Finished extends Ended {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command to its end. `input` is its stdin; left out, it has none. */
export async function runMusher(
  args: readonly string[],
  options: Pick<ServeOptions, 'env' | 'cli'> & { cwd?: string; input?: string } = {},
): Promise<Finished> {
  const { child, closed } = start(args, options);
  child.stdin?.end(options.input);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk));
  return { ...(await closed), stdout, stderr };
}

/** Runs the command once for each list of words, all in one process: for what it says, not for how its process lives. */
export async function runMusherOften(
  lists: readonly (readonly string[])[],
  options: Pick<ServeOptions, 'env'> = {},
): Promise<Pick<Finished, 'code' | 'stdout' | 'stderr'>[]> {
  const driver = fileURLToPath(new URL('cli-runs.mjs', import.meta.url));
  const running = promisify(execFile)(process.execPath, [driver, cliFile], {
    env: options.env ?? cleanEnv(),
    maxBuffer: 1 << 26,
  });
  running.child.stdin?.end(JSON.stringify(lists));
  return JSON.parse((await running).stdout);
}

/** More than a machine takes that has ten times too much to do. */
const startMs = 30_000;

/** Resolves when it listens. */
export function startServe(repo: string, options: ServeOptions = {}): Promise<Serving> {
  return startListening(['serve', '--repo', repo], options);
}

/** The same where the command is typed in a folder that is no repository: a page lets one be chosen. */
export function startWelcome(folder: string, options: ServeOptions = {}): Promise<Serving> {
  return startListening(['serve'], { ...options, cwd: folder });
}

/** The same of a gateway; its log is in the user's own folder of that environment. */
export function startGateway(options: ServeOptions = {}): Promise<Serving> {
  return startListening(['gateway'], options);
}

async function startListening(words: readonly string[], options: ServeOptions): Promise<Serving> {
  const { port = 0, args = [] } = options;
  const { child, ended } = start([...words, '--port', String(port), '--json', ...args], options);
  const chunks: string[] = [];
  let stdout = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk;
    chunks.push(String(chunk));
  });
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(String(chunk)));
  const output = () => chunks.join('');
  const ready = await Promise.race([
    // An error is one JSON line as well; then it ends.
    waitFor('musher serve to listen', () => readReady(stdout) ?? output(), {
      timeoutMs: startMs,
    }),
    ended.then(() => Promise.reject(new Error(`musher serve ended instead:\n${output()}`))),
  ]).catch((error: unknown) => {
    // Nobody else knows of it.
    child.kill('SIGTERM');
    throw error;
  });
  return {
    ...ready,
    operator: musherClient(ready.url, ready.operatorToken),
    ended,
    output,
    as: (token) => musherClient(ready.url, token),
    kill(signal) {
      child.kill(signal);
      return ended;
    },
    stop: () => stop(child, ended).finally(() => endTerminals(options.env ?? cleanEnv())),
  };
}

type Ready = Pick<Serving, 'url' | 'loginUrl' | 'operatorToken' | 'pid'>;

function readReady(stdout: string): Ready | undefined {
  const [line = '', ...more] = stdout.split('\n');
  return more.length > 0 && line.startsWith('{"url"') ? (JSON.parse(line) as Ready) : undefined;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Also everything that was printed has come in. */
  readonly closed: Promise<Ended>;
}

function start(
  args: readonly string[],
  {
    env,
    cwd,
    input,
    cli = cliFile,
  }: Pick<ServeOptions, 'env' | 'cli' | 'cwd'> & { input?: string },
): Started {
  if (!existsSync(cli)) throw new Error(`${cli} is missing: run \`npm run build\``);
  const child = spawn(process.execPath, [cli, ...args], {
    env: env ?? cleanEnv(),
    ...(cwd === undefined ? {} : { cwd }),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const until = (event: 'exit' | 'close') =>
    new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once(event, (code: number | null, signal: string | null) => resolve({ code, signal }));
    });
  return { child, ended: until('exit'), closed: until('close') };
}

function cleanEnv(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(MUSHER_|VITEST|GIT_)/.test(name));
  // Never the terminals of whoever runs the tests.
  const data = join(tmpdir(), `musher-test-data-${process.pid}`);
  return { ...(Object.fromEntries(kept) as Record<string, string>), MUSHER_DATA: data };
}

/** The terminal host that Mushers of this environment share, with all agents. */
export async function endTerminals(env: Readonly<Record<string, string>>): Promise<void> {
  await shutDownHost({ place: placeOf(env), command: [process.execPath], clock: systemClock });
}

export function placeOf(env: Readonly<Record<string, string>>): HostPlace {
  const { platform } = process;
  return hostPlace(userDataFolder({ env, platform, home: env.HOME ?? '' }), platform);
}

/** Longer than the grace that Musher gives its agents. */
const patienceMs = 12_000;

async function stop(child: ChildProcess, ended: Promise<Ended>): Promise<Ended> {
  if (child.exitCode !== null || child.signalCode !== null) return ended;
  const tree = await processTree(child.pid ?? 0);
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  const how = await ended;
  clearTimeout(timer);
  for (const pid of tree.filter(isAlive)) killHard(pid);
  return how;
}

/** Its descendants, not itself. Empty where there is no `ps`. */
export async function processTree(pid: number): Promise<number[]> {
  const table = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid='])
    .then(({ stdout }) => stdout.trim().split('\n'))
    .catch(() => []);
  const rows = table.map((row) => row.trim().split(/\s+/).map(Number));
  const found = new Set([pid]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const [child = 0, parent = 0] of rows) if (found.has(parent)) found.add(child);
  }
  found.delete(pid);
  return [...found];
}

/** A zombie has ended; only its parent has not looked yet. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
