/**
 * Finds the terminal host of this user, or starts one. Starting is under a lock that goes with its holder, so that two
 * Mushers that begin together get one host.
 */
import { spawn } from 'node:child_process';
import { open, readFile, rename } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { type Clock, sleep } from '../../base/clock.ts';
import { musherError, reasonOf } from '../../base/result.ts';
import {
  greet,
  handshakeMs,
  type HostInfo,
  protocol,
} from '../../terminal-host/process/handshake.ts';
import { hostKey, type HostPlace, preparePlace } from '../../terminal-host/process/place.ts';
import { readState } from '../../terminal-host/process/state.ts';
import { Wire } from '../../terminal-host/process/wire.ts';
import { lockLog } from '../sqlite/log-lock.ts';

export interface FindHostOptions {
  readonly place: HostPlace;
  /** How the host is started: Node (or Electron, which is told to be one), then arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly clock: Clock;
  /** Of this Musher: a host of an older one is replaced. Left out: any will do. */
  readonly version?: string;
}

export interface Link {
  readonly wire: Wire;
  readonly info: HostInfo;
}

/** How long a host may take to listen, milliseconds. */
const startMs = 15_000;
const retryMs = { first: 5, last: 100 };
const logTailBytes = 2_000;
/**
 * Of V8. What a terminal says is garbage a moment later, and left to itself V8 makes ever more room for that: a flood
 * that is recorded for half a minute takes 230 MB where it takes 125 with this, at the same speed.
 */
const memoryFlags = ['--max-semi-space-size=4'];

/** Throws TERMINAL_HOST_FAILED, TERMINAL_HOST_FOREIGN, TERMINAL_HOST_OTHER, TERMINAL_HOST_SILENT. */
export async function findHost(options: FindHostOptions): Promise<Link> {
  try {
    await preparePlace(options.place);
    return (await linkTo(options)) ?? (await startHost(options));
  } catch (error) {
    if (error instanceof Error && error.name === 'MusherError') throw error;
    throw hostFailed(options.place, reasonOf(error), error);
  }
}

/** Undefined when nothing listens there, or what does hangs up. */
export async function linkTo({ place, clock }: FindHostOptions): Promise<Link | undefined> {
  const key = await hostKey(place);
  const socket = await dial(place.address);
  if (socket === undefined) return undefined;
  const wire = new Wire(socket);
  const greeting = await greet(wire, { key, clock });
  if (greeting.kind === 'host' && greeting.info.protocol === protocol)
    return { wire, info: greeting.info };
  wire.destroy();
  if (greeting.kind === 'host')
    throw musherError('TERMINAL_HOST_OTHER', { version: greeting.info.version });
  if (greeting.kind === 'gone') return undefined;
  if (greeting.kind === 'foreign')
    throw musherError('TERMINAL_HOST_FOREIGN', { path: place.address });
  throw await hostSilent(place, handshakeMs);
}

export async function hostSilent(place: HostPlace, boundMs: number): Promise<Error> {
  const state = await readState(place.stateFile);
  const seconds = Math.round(boundMs / 1000);
  return musherError('TERMINAL_HOST_SILENT', { pid: state?.pid ?? 'unknown', seconds });
}

/**
 * What a connection fails with when nobody listens, and when who did closes at this moment. What is no socket refuses as
 * well; the host that is started then says so.
 */
const nobody: ReadonlySet<string> = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTSOCK',
]);

/** Undefined when nobody is there, or goes at this moment. */
export function dial(address: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (nobody.has(error.code ?? '')) resolve(undefined);
      else reject(error);
    });
  });
}

async function startHost(options: FindHostOptions): Promise<Link> {
  const lock = await lockStart(options);
  try {
    const other = await linkTo(options);
    if (other !== undefined) return other;
    const child = await launch(options);
    return await untilItListens(options, child);
  } finally {
    lock.release();
  }
}

async function lockStart({ place, clock }: FindHostOptions) {
  const untilMs = clock.elapsed() + startMs;
  for (;;) {
    try {
      return await lockLog(`${place.folder}/start`, 0);
    } catch (error) {
      const isBusy = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
      if (!isBusy || clock.elapsed() > untilMs) throw error;
      await sleep(clock, retryMs.last);
    }
  }
}

interface Child {
  /** Why it ended, once it did. */
  ended(): string | undefined;
}

/** Program and arguments of a host. */
export function hostCommand({
  command: [program, ...args],
}: Pick<FindHostOptions, 'command'>): readonly [string, ...string[]] {
  return [program, ...memoryFlags, ...args];
}

async function launch(options: FindHostOptions): Promise<Child> {
  const { place } = options;
  const [program, ...args] = hostCommand(options);
  // What the one before had to say is kept: it may be why it is gone.
  await rename(place.logFile, `${place.logFile}.before`).catch(() => undefined);
  // At its end, whoever writes: a host that takes over writes to the same.
  const log = await open(place.logFile, 'a', 0o600);
  try {
    const child = spawn(program, args, {
      cwd: place.folder,
      env: hostEnv(process.env),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    let ended: string | undefined;
    child.once('error', (error) => {
      ended = reasonOf(error);
    });
    child.once('exit', (code, signal) => {
      ended = `it ended with ${signal ?? `exit code ${code ?? 'unknown'}`}`;
    });
    child.unref();
    return { ended: () => ended };
  } finally {
    await log.close();
  }
}

/** It outlives whoever starts it, and is no part of the terminal or the script that it was started from. */
function hostEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^(npm_|NODE_OPTIONS$|NODE_V8_COVERAGE$|VITEST|MUSHER_(TERMINAL|TOKEN|AGENT)$)/;
  const kept = Object.entries(env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}

async function untilItListens(options: FindHostOptions, child: Child): Promise<Link> {
  const { place, clock } = options;
  const untilMs = clock.elapsed() + startMs;
  let delayMs = retryMs.first;
  for (;;) {
    await sleep(clock, delayMs);
    const link = await linkTo(options);
    if (link !== undefined) return link;
    const ended = child.ended();
    if (ended !== undefined) throw hostFailed(place, `${ended}${await tailOf(place.logFile)}`);
    if (clock.elapsed() > untilMs)
      throw hostFailed(place, `it did not listen within ${startMs / 1000} s`);
    delayMs = Math.min(delayMs * 2, retryMs.last);
  }
}

async function tailOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const tail = text.slice(-logTailBytes).trim();
  return tail === '' ? '' : `: ${tail}`;
}

function hostFailed(place: HostPlace, reason: string, cause?: unknown): Error {
  return musherError('TERMINAL_HOST_FAILED', { reason, path: place.logFile }, cause);
}
