/**
 * The life of a terminal host: it takes over from the one before, listens, and ends when it is told to, or when it has
 * had no terminal and no hub for a while. A hub that goes, by whatever death, changes nothing for its terminals.
 */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import { createTerminalHost, type TerminalHost } from '../host.ts';
import { type Given, giveHost } from '../hand-over/give.ts';
import { type Taken, takeHost } from '../hand-over/take.ts';
import { startOf } from '../process-list.ts';
import { endLeftovers } from '../process-tree.ts';
import { keepAddress, leaveAddress, listen, type Listening, retake } from './address.ts';
import { type HostInfo, protocol } from './handshake.ts';
import { Moving } from './moving.ts';
import type { HostPlace } from './place.ts';
import { hostKey, preparePlace } from './place.ts';
import { serveTerminals } from './serve-terminals.ts';
import { endsAfter, type HostState, readState, writeState } from './state.ts';
import { compareVersions } from './versions.ts';

export interface RunHostOptions {
  readonly place: HostPlace;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Without a terminal and a hub it ends after this long, milliseconds. */
  readonly idleMs: number;
  /** How often it looks whether its address still leads to it, milliseconds. */
  readonly checkMs: number;
  /** How long a newer host may take to begin, and to take over, milliseconds; then this one goes on. */
  readonly giveMs: number;
  /** Aborted when it is to end, terminals and all. */
  readonly signal: AbortSignal;
  /** It replaces a host that waits for it there, and gave it so many descriptors. Left out: it begins anew. */
  readonly takeOver?: { readonly address: string; readonly masters: number } | undefined;
}

/** What a host before this one left running has this long to end by itself. */
const leftoverGraceMs = 1_000;

/** A disk that took nothing is tried again after this long, milliseconds. */
const noteAgainMs = 5_000;

/** Resolves when it has ended. Rejects when it could not begin; another host may listen already. */
export async function runHost(options: RunHostOptions): Promise<void> {
  const { place, log, clock, takeOver } = options;
  await preparePlace(place);
  const key = await hostKey(place);
  const taken = takeOver && (await takeHost({ ...takeOver, key, clock }));
  const before = taken === undefined ? await readDead(place.stateFile) : undefined;
  const host = new LivingHost({ ...options, key, taken, before });
  await taken?.prove(host.terminals);
  const ready = before === undefined ? Promise.resolve() : endLeft(before, { clock, log });
  await host.begin();
  const listening = await listen(place, (socket) => {
    const serving = serveTerminals(socket, {
      ...{
        terminals: host.terminals,
        key,
        info: host.info,
        clock,
        log,
        ready,
        moving: host.moving,
      },
      onEnd: (how) => host.mayEnd(how),
      onGiveOver: (version, command) => host.giveOver({ version, command, listening }),
    });
    host.connected(socket, serving);
  });
  taken?.confirm();
  host.terminals.thaw();
  const stopChecking = keepAddress(listening, { ...options, onUnreachable: () => host.finish() });
  await host.over;
  const given = await host.given();
  stopChecking();
  if (given !== undefined) {
    listening.server.close();
    await host.leave(given);
    return;
  }
  // No longer reachable; those who are connected stay until all is told.
  await leaveAddress(listening, place);
  await host.end();
}

interface LivingOptions extends RunHostOptions {
  readonly key: string;
  readonly taken: Taken | undefined;
  readonly before: HostState | undefined;
}

class LivingHost {
  readonly moving: Moving;
  readonly terminals: TerminalHost;
  readonly info: HostInfo;
  /** Resolves when it is to end, which `finish` asks for. */
  readonly over: Promise<void>;
  finish: () => void = () => undefined;
  private readonly options: LivingOptions;
  private giving: Promise<Given | undefined> = Promise.resolve(undefined);
  private isGiving = false;
  private isOver = false;
  private mayNote = true;
  private readonly starts = new Map<number, string | undefined>();
  private readonly sockets = new Set<Socket>();
  private isStale = false;
  private noting: Promise<void> | undefined;
  private cancelNote: (() => void) | undefined;
  private cancelIdle: (() => void) | undefined;

  constructor(options: LivingOptions) {
    const { clock, log, version, taken, before: dead } = options;
    const hostId = taken?.hostId ?? randomBytes(8).toString('hex');
    const givesOver = process.platform !== 'win32';
    this.options = options;
    this.moving = new Moving(clock);
    this.info = { protocol, version, hostId, pid: process.pid, givesOver };
    const before = taken?.snapshot.recordedEnds ?? (dead === undefined ? [] : endsAfter(dead));
    const onChange = () => this.changed();
    this.terminals = createTerminalHost({ clock, log, hostId, before, taken, onChange });
    this.over = new Promise((resolve) => {
      this.finish = () => {
        this.isOver = true;
        resolve();
      };
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

  /** False where it goes on: what asks is not newer, or the new one failed. */
  async giveOver(ask: {
    readonly version: string;
    readonly command: readonly string[];
    readonly listening: Listening;
  }): Promise<boolean> {
    const { version, command, listening } = ask;
    const [program, ...args] = command;
    const isNewer = compareVersions(this.info.version, version) < 0;
    if (!isNewer || program === undefined || !this.info.givesOver || this.isOver) return false;
    if (!this.isGiving) {
      this.isGiving = true;
      this.giving = this.give([program, ...args], listening);
    }
    return (await this.giving) !== undefined;
  }

  /** Resolves when it is not giving: with who has it, or nothing. */
  given(): Promise<Given | undefined> {
    return this.giving;
  }

  private async give(
    command: readonly [string, ...string[]],
    listening: Listening,
  ): Promise<Given | undefined> {
    const { taken, log } = this.options;
    const { terminals, info, moving } = this;
    try {
      const given = await giveHost({
        ...{ ...this.options, terminals, info, moving, command },
        ...{ keepers: taken?.keepers ?? [], keeperOf: taken?.keeperOf ?? new Map() },
        stopNoting: () => this.stopNoting(),
      });
      // Not before those who asked for it have their answer.
      this.options.clock.soon(() => this.finish());
      return given;
    } catch (error) {
      log.warn({ error: reasonOf(error) }, 'It was not replaced, and goes on');
      this.isGiving = false;
      if (this.mayNote) return undefined;
      this.mayNote = true;
      await retake(listening, this.options.place);
      await this.note();
      return undefined;
    }
  }

  /** Nothing of it is left but the parent of its programs. */
  async leave({ keeper, pid }: Given): Promise<void> {
    this.cancelIdle?.();
    this.cancelNote?.();
    this.moving.leave();
    for (const socket of this.sockets) socket.destroySoon();
    const programs = this.terminals.release();
    // It was told to end just then.
    if (this.options.signal.aborted) process.kill(pid, 'SIGTERM');
    await keeper.keep(programs);
  }

  /** Resolves when nothing is being written down, and nothing will be. */
  private async stopNoting(): Promise<void> {
    this.mayNote = false;
    this.isStale = false;
    await this.noting;
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
    if (!this.mayNote) return Promise.resolve();
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
      const keepers = await this.keepers();
      const ended = this.terminals.recordedEnds();
      const state = { hostId, pid, start, terminals, keepers, ended };
      await writeState(place.stateFile, state).catch((error: unknown) => {
        log.warn({ error: reasonOf(error) }, 'What runs could not be written down');
        this.noteLater();
      });
      const alive = new Set([pid, ...[...running, ...keepers].map((one) => one.pid)]);
      for (const known of this.starts.keys()) if (!alive.has(known)) this.starts.delete(known);
    }
  }

  private keepers() {
    const all = this.options.taken?.keepers ?? [];
    return Promise.all(all.map(async ({ pid }) => ({ pid, start: await this.startOf(pid) })));
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
    leaders: [...before.terminals, ...(before.keepers ?? [])],
    graceMs: leftoverGraceMs,
  }).catch((error: unknown) => [reasonOf(error)]);
  if (left.length > 0) log.warn({ left }, 'Processes of a host that died did not end');
}
