/**
 * The terminals feature's port, served by the terminal host in its own process. A host that dies takes its terminals with
 * it: each is told as ended, and the next host, which is started at once, ends what was left running.
 */
import type { Logger } from '../../base/logger.ts';
import { MusherError, musherError, reasonOf } from '../../base/result.ts';
import type {
  KeyPress,
  TerminalAttachment,
  TerminalExit,
  TerminalInfo,
  Terminals,
  TerminalSize,
  TerminalSpec,
  TerminalViewer,
} from '../../features/terminals/ports.ts';
import type { CallName } from '../../terminal-host/process/messages.ts';
import { compareVersions } from '../../terminal-host/process/versions.ts';
import { type Calls, LinkLost, LinkSilent, openCalls } from './calls.ts';
import { findHost } from './find-host.ts';
import { hostCommand } from './launch-host.ts';
import { type FindHostOptions, hostSilent, type Link, linkTo } from './link-host.ts';
import { Seat } from './seat.ts';

export interface RemoteTerminalsOptions extends FindHostOptions {
  readonly log: Logger;
}

/** For the answer to a call, milliseconds; what waits for a program has its own time on top. */
const callMs = 30_000;
/** A program that reads no input holds a paste up this long at most. */
const pasteMs = 60_000;
/** A new host has half of this to start and to take over, with what the old one waits for besides. */
const giveMs = 60_000;

export interface HostTerminals extends Terminals {
  /** Finds the host, or starts one, ahead of the first call; whether that fails is told by that call. */
  prepare(): void;
  /** The file that the living host runs from; undefined where there is none, or an older one that does not tell. */
  hostProgram(): Promise<string | undefined>;
}

export function remoteTerminals(options: RemoteTerminalsOptions): HostTerminals {
  return new RemoteTerminals(options);
}

/** Ends the host of that place with all its terminals. False when there is none. */
export async function shutDownHost(options: FindHostOptions): Promise<boolean> {
  const link = await linkTo(options);
  if (link === undefined) return false;
  const calls = openCalls(link, options.clock, () => undefined);
  await calls.ask('shutDown', [], callMs).catch((error: unknown) => {
    // It was ending already.
    if (!(error instanceof LinkLost)) throw error;
  });
  await calls.closed;
  return true;
}

class RemoteTerminals implements HostTerminals {
  private readonly options: RemoteTerminalsOptions;
  private readonly known = new Set<string>();
  private readonly listeners = new Set<(exit: TerminalExit) => void>();
  private readonly seats = new Set<Seat>();
  private calls: Promise<Calls> | undefined;
  private isDisposed = false;

  constructor(options: RemoteTerminalsOptions) {
    this.options = options;
  }

  prepare(): void {
    this.ready().catch(() => undefined);
  }

  async open(spec: TerminalSpec): Promise<TerminalInfo> {
    const info = (await this.ask('open', [spec])) as TerminalInfo;
    this.known.add(info.id);
    return info;
  }

  async list(): Promise<readonly TerminalInfo[]> {
    return (await this.ask('list', [])) as TerminalInfo[];
  }

  async ended(): Promise<readonly TerminalExit[]> {
    return (await this.ask('ended', [])) as TerminalExit[];
  }

  async lastOutputs(): Promise<ReadonlyArray<{ id: string; atMs: number }>> {
    return (await this.ask('lastOutputs', [])) as Array<{ id: string; atMs: number }>;
  }

  async hostProgram(): Promise<string | undefined> {
    const link = await linkTo(this.options);
    link?.wire.destroy();
    return link?.info.program;
  }

  async attach(
    id: string,
    size: TerminalSize,
    viewer: TerminalViewer,
  ): Promise<TerminalAttachment> {
    const onOver = () => this.seats.delete(seat);
    const seat = new Seat({ id, size, viewer, link: () => this.linkForSeat(), onOver });
    this.seats.add(seat);
    await seat.begin();
    return seat;
  }

  async paste(id: string, text: string, enter: boolean): Promise<void> {
    await this.ask('paste', [id, text, enter], pasteMs);
  }

  async press(id: string, ask: KeyPress): Promise<boolean> {
    try {
      return (await this.ask('press', [id, ask])) as boolean;
    } catch (error) {
      throw unknownWord(error) ? musherError('KEYS_UNSUPPORTED', {}, error) : error;
    }
  }

  async text(id: string): Promise<{ text: string; cols: number; rows: number }> {
    return (await this.ask('text', [id])) as { text: string; cols: number; rows: number };
  }

  async pause(id: string): Promise<void> {
    try {
      await this.ask('pause', [id]);
    } catch (error) {
      if (!unknownWord(error)) throw error;
      const reason = 'the terminal host that runs is of an older Musher, until its agents ended';
      throw musherError('PAUSE_UNSUPPORTED', { reason }, error);
    }
  }

  async resume(id: string): Promise<void> {
    await this.ask('resume', [id]);
  }

  async end(id: string, graceMs: number): Promise<void> {
    await this.ask('end', [id, graceMs], callMs + graceMs);
  }

  async forget(id: string): Promise<void> {
    await this.ask('forget', [id]);
  }

  onExit(listener: (exit: TerminalExit) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The host and its terminals go on. */
  async dispose(): Promise<void> {
    this.isDisposed = true;
    for (const seat of this.seats) seat.detach();
    this.seats.clear();
    this.listeners.clear();
    const calls = await this.calls?.catch(() => undefined);
    calls?.end();
    await calls?.closed;
  }

  /** A call that an ending host left open is asked again of the next one; only what is typed could come twice by that. */
  private async ask(call: CallName, args: readonly unknown[], boundMs = callMs): Promise<unknown> {
    for (let isAgain = false; ; isAgain = true) {
      let calls: Calls | undefined;
      try {
        calls = await this.ready();
        return await calls.ask(call, args, boundMs);
      } catch (error) {
        if (error instanceof LinkSilent) throw await hostSilent(this.options.place, boundMs);
        if (this.isDisposed || !isHostEnding(error)) throw error;
        const mayBeDone = (call === 'paste' || call === 'press') && error instanceof LinkLost;
        if (isAgain || mayBeDone) throw musherError('TERMINAL_HOST_LOST');
        await calls?.closed;
      }
    }
  }

  private ready(): Promise<Calls> {
    if (this.isDisposed) return Promise.reject(musherError('SHUTTING_DOWN'));
    if (this.calls === undefined) {
      const calls = this.connect();
      this.calls = calls;
      calls.catch(() => {
        if (this.calls === calls) this.calls = undefined;
      });
    }
    return this.calls;
  }

  /** `mayReplace`: no host was asked to give way yet; one that answers and is still old is used as it is. */
  private async connect(mayReplace = true): Promise<Calls> {
    const { clock } = this.options;
    const link = await findHost(this.options);
    const calls = openCalls(link, clock, (exit) => this.exited(exit));
    const running = (await calls.ask('list', [], callMs)) as TerminalInfo[];
    if (mayReplace && this.isOlder(link) && (await this.replace(link, calls))) {
      await calls.closed;
      return this.connect(false);
    }
    void calls.closed.then(() => this.lost(calls));
    const ends = (await calls.ask('ended', [], callMs)) as TerminalExit[];
    this.makeUpFor(running, ends);
    return calls;
  }

  /** Never the other way round: two Mushers of different versions would take the host from each other. */
  private isOlder({ info }: Link): boolean {
    const { version } = this.options;
    return version !== undefined && compareVersions(info.version, version) < 0;
  }

  /**
   * A host without terminals ends; one with some gives them to one of our version, where it can. False: it goes on as it is,
   * and serves us.
   */
  private async replace({ info }: Link, calls: Calls): Promise<boolean> {
    try {
      if ((await calls.ask('retire', [], callMs)) === true) return true;
      if (!info.givesOver) return false;
      const { version } = this.options;
      return (
        (await calls.ask('giveOver', [version, await hostCommand(this.options)], giveMs)) === true
      );
    } catch (error) {
      // Another hub was as quick: whoever is there now is found.
      if (isHostEnding(error)) return true;
      throw error;
    }
  }

  /** What ended while nobody was connected. */
  private makeUpFor(running: readonly TerminalInfo[], ends: readonly TerminalExit[]): void {
    const alive = new Set(running.map(({ id }) => id));
    const how = new Map(ends.map((exit) => [exit.id, exit]));
    for (const id of this.known)
      if (!alive.has(id)) this.exited(how.get(id) ?? { id, exitCode: null, signal: null });
    for (const id of alive) this.known.add(id);
  }

  private lost(calls: Calls): void {
    this.calls = undefined;
    if (this.isDisposed) return;
    // The next call finds or starts one.
    if (this.known.size + this.seats.size === 0) return;
    const { log } = this.options;
    const terminals = this.known.size;
    if (calls.hasMoved()) log.info({ terminals }, 'A newer terminal host has taken over');
    else log.warn({ terminals }, 'The terminal host is gone');
    this.ready().catch((error: unknown) => {
      log.error({ error: reasonOf(error) }, 'The terminal host could not be started again');
      this.makeUpFor([], []);
    });
  }

  private exited(exit: TerminalExit): void {
    this.known.delete(exit.id);
    for (const listener of this.listeners) {
      try {
        listener(exit);
      } catch (error) {
        this.options.log.error({ terminal: exit.id, error: reasonOf(error) }, 'A listener failed');
      }
    }
  }

  private async linkForSeat() {
    await this.ready();
    return (await findHost(this.options)).wire;
  }
}

/** It is gone, or it is going and takes nothing more. */
function isHostEnding(error: unknown): boolean {
  if (error instanceof LinkLost) return true;
  return error instanceof MusherError && error.wire.code === 'SHUTTING_DOWN';
}

/** A host that is older than a word does not know it, and can tell no more than that. */
function unknownWord(error: unknown): boolean {
  return error instanceof MusherError && error.wire.code === 'INTERNAL';
}
