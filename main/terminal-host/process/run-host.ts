/**
 * The life of a terminal host: it takes over from the one before, listens, and ends when it is told to, or when it has
 * had no terminal and no hub for a while. A hub that goes, by whatever death, changes nothing for its terminals.
 */
import { randomBytes } from 'node:crypto';
import { chmod, lstat, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import { createTerminalHost, type TerminalHost } from '../host.ts';
import type { RecordedEnd } from '../last-screens.ts';
import { startOf } from '../process-list.ts';
import { endLeftovers } from '../process-tree.ts';
import { type HostInfo, protocol } from './handshake.ts';
import type { HostPlace } from './place.ts';
import { hostKey, preparePlace } from './place.ts';
import { serveTerminals } from './serve-terminals.ts';
import { endsAfter, type HostState, readState, writeState } from './state.ts';

export interface RunHostOptions {
  readonly place: HostPlace;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Without a terminal and a hub it ends after this long, milliseconds. */
  readonly idleMs: number;
  /** How often it looks whether its address still leads to it, milliseconds. */
  readonly checkMs: number;
  /** Aborted when it is to end, terminals and all. */
  readonly signal: AbortSignal;
}

/** What a host before this one left running has this long to end by itself. */
const leftoverGraceMs = 1_000;

/** A disk that took nothing is tried again after this long, milliseconds. */
const noteAgainMs = 5_000;

/** Resolves when it has ended. Rejects when it could not begin; another host may listen already. */
export async function runHost(options: RunHostOptions): Promise<void> {
  const { place, log, clock } = options;
  await preparePlace(place);
  const key = await hostKey(place);
  const before = await readDead(place.stateFile);
  const host = new LivingHost(options, before === undefined ? [] : endsAfter(before));
  const ready = before === undefined ? Promise.resolve() : endLeft(before, { clock, log });
  await host.begin();
  const listening = await listen(place, (socket) => {
    const serving = serveTerminals(socket, {
      ...{ terminals: host.terminals, key, info: host.info, clock, log, ready },
      onEnd: (how) => host.mayEnd(how),
    });
    host.connected(socket, serving);
  });
  const stopChecking = keepAddress(listening, options, () => host.finish());
  await host.over;
  stopChecking();
  // No longer reachable; those who are connected stay until all is told.
  listening.server.close();
  await host.end();
}

class LivingHost {
  readonly terminals: TerminalHost;
  readonly info: HostInfo;
  /** Resolves when it is to end, which `finish` asks for. */
  readonly over: Promise<void>;
  finish: () => void = () => undefined;
  private readonly options: RunHostOptions;
  private readonly starts = new Map<number, string | undefined>();
  private readonly sockets = new Set<Socket>();
  private isStale = false;
  private noting: Promise<void> | undefined;
  private cancelNote: (() => void) | undefined;
  private cancelIdle: (() => void) | undefined;

  constructor(options: RunHostOptions, before: readonly RecordedEnd[]) {
    const { clock, log, version } = options;
    const hostId = randomBytes(8).toString('hex');
    this.options = options;
    this.info = { protocol, version, hostId, pid: process.pid };
    const onChange = () => this.changed();
    this.terminals = createTerminalHost({ clock, log, hostId, before, onChange });
    this.over = new Promise((resolve) => {
      this.finish = resolve;
    });
    options.signal.addEventListener('abort', () => this.finish());
  }

  /** From here on the next host would know what runs. */
  async begin(): Promise<void> {
    this.look();
    await this.note();
  }

  connected(socket: Socket, serving: Promise<void>): void {
    this.sockets.add(socket);
    void serving
      .catch((error: unknown) => {
        this.options.log.error({ error: reasonOf(error) }, 'A connection failed');
        socket.destroy();
      })
      .finally(() => {
        this.sockets.delete(socket);
        this.look();
      });
  }

  /** What is asked to end only when idle does not while a terminal runs or is being opened. */
  mayEnd({ ifIdle }: { readonly ifIdle: boolean }): boolean {
    if (ifIdle && !this.terminals.isIdle()) return false;
    this.finish();
    return true;
  }

  async end(): Promise<void> {
    this.cancelIdle?.();
    await this.terminals.dispose();
    // The end of a connection says that all is told, and all is written.
    await this.note();
    this.cancelNote?.();
    for (const socket of this.sockets) socket.destroySoon();
  }

  private changed(): void {
    this.look();
    void this.note();
  }

  private look(): void {
    this.cancelIdle?.();
    this.cancelIdle = undefined;
    if (!this.isUnused()) return;
    const { clock, idleMs } = this.options;
    this.cancelIdle = clock.schedule(() => this.isUnused() && this.finish(), idleMs);
  }

  private isUnused(): boolean {
    return this.terminals.isIdle() && this.sockets.size === 0;
  }

  /** Writes down what runs, one time after the other, so that the newest is what stands. */
  private note(): Promise<void> {
    this.isStale = true;
    this.noting ??= this.noteAll().finally(() => {
      this.noting = undefined;
    });
    return this.noting;
  }

  private async noteAll(): Promise<void> {
    const { place, log } = this.options;
    while (this.isStale) {
      this.isStale = false;
      const running = await this.terminals.list();
      const terminals = await Promise.all(
        running.map(async ({ id, pid }) => {
          const recorded = this.terminals.recordedAt(id);
          return { id, pid, start: await this.startOf(pid), recorded };
        }),
      );
      const { hostId, pid } = this.info;
      const start = await this.startOf(pid);
      const state = { hostId, pid, start, terminals, ended: this.terminals.recordedEnds() };
      await writeState(place.stateFile, state).catch((error: unknown) => {
        log.warn({ error: reasonOf(error) }, 'What runs could not be written down');
        this.noteLater();
      });
      const alive = new Set([pid, ...running.map((one) => one.pid)]);
      for (const known of this.starts.keys()) if (!alive.has(known)) this.starts.delete(known);
    }
  }

  private noteLater(): void {
    this.cancelNote?.();
    this.cancelNote = this.options.clock.schedule(() => void this.note(), noteAgainMs);
  }

  private async startOf(pid: number): Promise<string | undefined> {
    if (!this.starts.has(pid)) this.starts.set(pid, await startOf(pid));
    return this.starts.get(pid);
  }
}

/** The host before this one. One that lives is left alone, with its terminals, whoever has its address now. */
async function readDead(stateFile: string): Promise<HostState | undefined> {
  const before = await readState(stateFile);
  const start = before && (await startOf(before.pid));
  return start !== undefined && start === before?.start ? undefined : before;
}

/** Ends what a host that died left running. */
async function endLeft(
  before: HostState,
  { clock, log }: Pick<RunHostOptions, 'clock' | 'log'>,
): Promise<void> {
  const left = await endLeftovers({
    clock,
    markPrefix: `${before.hostId}.`,
    leaders: before.terminals,
    graceMs: leftoverGraceMs,
  }).catch((error: unknown) => [reasonOf(error)]);
  if (left.length > 0) log.warn({ left }, 'Processes of a host that died did not end');
}

interface Listening {
  server: Server;
  /** What names the socket's file; undefined on Windows. */
  inode: number | undefined;
}

async function listen(
  { address }: HostPlace,
  onSocket: (socket: Socket) => void,
): Promise<Listening> {
  if (process.platform !== 'win32') await removeStale(address);
  const server = createServer(onSocket);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  if (process.platform !== 'win32') await chmod(address, 0o600);
  return { server, inode: await inodeOf(address) };
}

/** Whoever starts a host holds the lock on that, and found nobody here. */
async function removeStale(address: string): Promise<void> {
  const found = await lstat(address).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error(`${address} is there and is no socket`);
  await rm(address, { force: true });
}

async function inodeOf(address: string): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  return (await lstat(address).catch(() => undefined))?.ino;
}

/**
 * Those who clean up old files take a socket away too; then it listens anew. Without its key no hub can ever reach it
 * again, and its terminals would be nobody's: then it ends.
 */
function keepAddress(
  listening: Listening,
  { place, clock, log, checkMs }: RunHostOptions,
  onUnreachable: () => void,
): () => void {
  let cancel: () => void = () => {};
  let isOver = false;
  const look = async (): Promise<void> => {
    if (!(await isThere(place.keyFile))) {
      log.warn({ path: place.keyFile }, 'The key is gone: nobody can reach it any more');
      onUnreachable();
      return;
    }
    await mendAddress(listening, { place, log });
    if (!isOver) cancel = clock.schedule(() => void look(), checkMs);
  };
  cancel = clock.schedule(() => void look(), checkMs);
  return () => {
    isOver = true;
    cancel();
  };
}

async function isThere(file: string): Promise<boolean> {
  const found = await lstat(file).catch((error: NodeJS.ErrnoException) => error);
  return !(found instanceof Error) || found.code !== 'ENOENT';
}

async function mendAddress(
  listening: Listening,
  { place, log }: Pick<RunHostOptions, 'place' | 'log'>,
): Promise<void> {
  if (process.platform === 'win32') return;
  const inode = await inodeOf(place.address);
  if (inode === listening.inode) return;
  if (inode !== undefined) {
    log.warn({ path: place.address }, 'Another host has the address');
    return;
  }
  log.warn({ path: place.address }, 'The socket is gone; it listens anew');
  await relisten(listening, place).catch((error: unknown) =>
    log.error({ error: reasonOf(error) }, 'It cannot be reached now'),
  );
}

/** The old one goes first: with its end it takes the address away, whoever has that by then. */
async function relisten(listening: Listening, place: HostPlace): Promise<void> {
  const onSocket = listening.server.listeners('connection')[0] as (socket: Socket) => void;
  listening.server.close();
  const fresh = await listen(place, onSocket);
  listening.server = fresh.server;
  listening.inode = fresh.inode;
}
