/** A host while it lives: who is connected, what is written down of it, and whom it gives its terminals to. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import { type Given, giveHost } from '../hand-over/give.ts';
import type { Taken } from '../hand-over/take.ts';
import { createTerminalHost, type TerminalHost } from '../host.ts';
import { startOf } from '../process-list.ts';
import { type Listening, retake } from './address.ts';
import { type HostInfo, protocol } from './handshake.ts';
import { Moving } from './moving.ts';
import type { HostPlace } from './place.ts';
import { endsAfter, type HostState, writeState } from './state.ts';
import { compareVersions } from './versions.ts';

/** A disk that took nothing is tried again after this long, milliseconds. */
const noteAgainMs = 5_000;

export interface LivingOptions {
  readonly place: HostPlace;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Without a terminal and a hub it ends after this long, milliseconds. */
  readonly idleMs: number;
  /** How long a newer host may take to begin, and to take over, milliseconds. */
  readonly giveMs: number;
  /** Aborted when it is to end, terminals and all. */
  readonly signal: AbortSignal;
  readonly key: string;
  readonly taken: Taken | undefined;
  readonly before: HostState | undefined;
}

export class LivingHost {
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
    const { pid, execPath: program } = process;
    this.info = { protocol, version, hostId, pid, givesOver, program };
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
        noteAgain: () => this.noteAgain(listening),
      });
      // Not before those who asked for it have their answer.
      this.options.clock.soon(() => this.finish());
      return given;
    } catch (error) {
      log.warn({ error: reasonOf(error) }, 'It was not replaced, and goes on');
      this.isGiving = false;
      return undefined;
    }
  }

  /** Nothing of it is left but the parent of its programs. */
  async leave({ keeper, pid }: Given): Promise<void> {
    this.cancelIdle?.();
    this.cancelNote?.();
    this.moving.leave();
    // Those who waited for that are told in this turn.
    this.options.clock.soon(() => {
      for (const socket of this.sockets) socket.destroySoon();
    });
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

  private async noteAgain(listening: Listening): Promise<void> {
    if (this.mayNote) return;
    this.mayNote = true;
    const { place, log } = this.options;
    await retake(listening, place).catch((error: unknown) =>
      log.error({ error: reasonOf(error) }, 'It cannot be reached now'),
    );
    await this.note();
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

  /** Those that are gone by now are nobody's. */
  private async keepers() {
    const all = (this.options.taken?.keepers ?? []).map(async ({ pid }) => {
      const start = await this.startOf(pid);
      return start === undefined ? [] : [{ pid, start }];
    });
    return (await Promise.all(all)).flat();
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
