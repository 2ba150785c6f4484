/**
 * All terminals of this machine's agents. Knows no agent and no hub, keeps nothing on disk but recordings, and takes
 * time from the clock only, so that it runs in the hub's process as well as in one of its own behind a socket.
 */
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { musherError, reasonOf } from '../base/result.ts';
import type {
  KeyPress,
  TerminalAttachment,
  TerminalExit,
  Terminals,
  TerminalInfo,
  TerminalSize,
  TerminalSpec,
  TerminalViewer,
} from '../features/terminals/ports.ts';
import { type LastScreen, LastScreens, type RecordedEnd, remember } from './last-screens.ts';
import { leftoverGraceMs, maxEnds } from './limits.ts';
import type { PausedState } from './pause-tree.ts';
import { Pausing } from './pausing.ts';
import { markVariable } from './process-list.ts';
import { type EndTreeOptions, endTree } from './process-tree.ts';
import { requireStartable } from './program.ts';
import { type ProgramExit, type Pty, type PtyHandlers, startPty } from './pty.ts';
import type { RecordedAt } from './recording/last-screen.ts';
import type { RecordingFiles } from './recording/recording-files.ts';
import { HostTerminal, type HostTerminalOptions } from './terminal.ts';
import { agentOf } from './terminal-id.ts';
import type { FrozenTerminal, TerminalSnapshot } from './terminal-snapshot.ts';

export interface TerminalHostOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** What its terminals' processes are marked with; nobody else's. */
  readonly hostId: string;
  /** A terminal began or ended. */
  readonly onChange?: () => void;
  /** Where recordings are written; default: the disk. */
  readonly files?: RecordingFiles;
  /** Terminals of hosts before this one, which have ended; the newest last. */
  readonly before?: readonly RecordedEnd[];
  /** What another process gave; frozen until `thaw`. */
  readonly taken?: TakenHost | undefined;
}

/** All that one process gives to the next. Lists begin with the oldest. */
export interface HostSnapshot {
  /** How many terminals it has opened, for their marks. */
  readonly opened: number;
  readonly ends: readonly TerminalExit[];
  readonly recordedEnds: readonly RecordedEnd[];
  /** Last screens that are in no recording. */
  readonly screens: readonly LastScreen[];
  readonly terminals: readonly FrozenTerminal[];
}

export interface TakenHost {
  readonly snapshot: HostSnapshot;
  adopt(snapshot: TerminalSnapshot, handlers: PtyHandlers): Pty;
}

/** A program that is a child of this process, while its terminal is another's. */
export interface KeptProgram {
  readonly pid: number;
  readonly ended: Promise<ProgramExit>;
}

export interface TerminalHost extends Terminals {
  /** Nothing runs, and nothing is being opened. */
  isIdle(): boolean;
  /** Where a terminal that runs is recorded; undefined when it is not. */
  recordedAt(id: string): RecordedAt | undefined;
  /** Terminals that ended, for a host after this one. */
  recordedEnds(): readonly RecordedEnd[];
  /** The masters by terminal; undefined while something is under way that has to end here, and on Windows. */
  masters(): ReadonlyMap<string, number> | undefined;
  /** All stand still until `thaw`, and can be given away; undefined when `masters` is. */
  freeze(): Promise<HostSnapshot | undefined>;
  thaw(): void;
  /** Frozen before: another process has them. Nothing is told any more; what are children of this one is returned. */
  release(): readonly KeptProgram[];
  /** All that it was given is on its screens. */
  settled(): Promise<void>;
}

export function createTerminalHost(options: TerminalHostOptions): TerminalHost {
  return new Host(options);
}

interface Running {
  readonly terminal: HostTerminal;
  readonly gone: Promise<void>;
  /** In the environment of its processes. */
  readonly mark: string;
  readonly pausing: Pausing;
}

class Host implements TerminalHost {
  private readonly options: TerminalHostOptions;
  private readonly opening = new Map<string, Promise<TerminalInfo>>();
  private readonly running = new Map<string, Running>();
  private readonly screens: LastScreens;
  /** The oldest first. */
  private readonly ends = new Map<string, TerminalExit>();
  private opened = 0;
  private readonly listeners = new Set<(exit: TerminalExit) => void>();
  /** Trees that are being ended, and recordings. */
  private readonly endings = new Set<Promise<unknown>>();
  private isDisposed = false;

  constructor(options: TerminalHostOptions) {
    this.options = options;
    const { taken, before = [] } = options;
    this.screens = new LastScreens({ before, ...options, screens: taken?.snapshot.screens });
    for (const { exit } of before) if (isSeen(exit)) this.ends.set(exit.id, exit);
    if (taken !== undefined) this.take(taken);
  }

  open(spec: TerminalSpec): Promise<TerminalInfo> {
    const running = this.running.get(spec.id);
    if (running) return Promise.resolve(running.terminal.info);
    const under = this.opening.get(spec.id) ?? this.start(spec);
    this.opening.set(spec.id, under);
    return under.finally(() => this.opening.delete(spec.id));
  }

  async list(): Promise<readonly TerminalInfo[]> {
    return [...this.running.values()].map(({ terminal, pausing }) =>
      pausing.isPaused ? { ...terminal.info, isPaused: true } : terminal.info,
    );
  }

  isIdle(): boolean {
    return this.running.size + this.opening.size === 0;
  }

  recordedAt(id: string): RecordedAt | undefined {
    return this.running.get(id)?.terminal.recordedAt;
  }

  recordedEnds(): readonly RecordedEnd[] {
    return this.screens.ends();
  }

  masters(): ReadonlyMap<string, number> | undefined {
    const isBusy = this.opening.size + this.endings.size > 0 || this.isDisposed;
    if (isBusy || process.platform === 'win32') return undefined;
    const masters = new Map<string, number>();
    for (const [id, { terminal, pausing }] of this.running) {
      const { fd } = terminal;
      if (fd === undefined || terminal.isBusy || pausing.isBusy) return undefined;
      masters.set(id, fd);
    }
    return masters;
  }

  async freeze(): Promise<HostSnapshot | undefined> {
    if (this.masters() === undefined) return undefined;
    const all = [...this.running.values()];
    const frozen = await Promise.allSettled(
      all.map(async ({ terminal, mark, pausing }) => {
        const still = await terminal.freeze();
        if (still === undefined) throw new Error(`${terminal.info.id} ended while it stood still`);
        await terminal.suspended();
        const { snapshot, screen } = still;
        return { snapshot: { ...snapshot, mark, paused: pausing.state }, screen };
      }),
    );
    const terminals = frozen.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    return {
      opened: this.opened,
      ends: [...this.ends.values()],
      recordedEnds: this.recordedEnds(),
      screens: this.screens.unrecorded(),
      terminals,
    };
  }

  thaw(): void {
    for (const { terminal } of this.running.values()) terminal.thaw();
  }

  release(): readonly KeptProgram[] {
    this.isDisposed = true;
    this.listeners.clear();
    const kept = [...this.running.values()].flatMap(({ terminal }) => {
      const { pid } = terminal.info;
      const ended = terminal.release();
      return ended === undefined ? [] : [{ pid, ended }];
    });
    this.running.clear();
    this.screens.dispose();
    return kept;
  }

  async settled(): Promise<void> {
    await Promise.all([...this.running.values()].map(({ terminal }) => terminal.settled()));
  }

  async ended(): Promise<readonly TerminalExit[]> {
    return [...this.ends.values()];
  }

  async lastOutputs(): Promise<ReadonlyArray<{ id: string; atMs: number }>> {
    return [...this.running].flatMap(([id, { terminal }]) =>
      terminal.lastOutputMs === undefined ? [] : [{ id, atMs: terminal.lastOutputMs }],
    );
  }

  async attach(
    id: string,
    size: TerminalSize,
    viewer: TerminalViewer,
  ): Promise<TerminalAttachment> {
    const screen = this.running.has(id) ? undefined : await this.screens.find(id);
    if (screen === undefined) {
      const { terminal, pausing } = this.requireRunning(id);
      const attachment = await terminal.attach(size, viewer);
      const write = (data: string) => void (pausing.isPaused || attachment.write(data));
      return { ...attachment, write };
    }
    const { data, cols, rows, exit } = screen;
    viewer.onRestore({ data, cols, rows });
    viewer.onExit(exit);
    return { write() {}, resize() {}, acknowledge() {}, detach() {} };
  }

  async paste(id: string, text: string, enter: boolean): Promise<void> {
    const { terminal, pausing } = this.requireRunning(id);
    if (pausing.isPaused) throw musherError('AGENT_PAUSED', { agent: agentOf(id) });
    await terminal.paste(text, enter);
  }

  async press(id: string, ask: KeyPress): Promise<boolean> {
    const { terminal, pausing } = this.requireRunning(id);
    if (pausing.isPaused) throw musherError('AGENT_PAUSED', { agent: agentOf(id) });
    return terminal.press(ask);
  }

  async text(id: string): Promise<{ text: string; cols: number; rows: number }> {
    const screen = this.running.has(id) ? undefined : await this.screens.find(id);
    if (screen === undefined) return this.requireRunning(id).terminal.text();
    return { text: screen.text, cols: screen.cols, rows: screen.rows };
  }

  async pause(id: string): Promise<void> {
    await this.requireRunning(id).pausing.pause();
  }

  async resume(id: string): Promise<void> {
    await this.requireRunning(id).pausing.resume();
  }

  async end(id: string, graceMs: number): Promise<void> {
    const running = this.running.get(id);
    if (running === undefined) return;
    const { terminal, gone, mark, pausing } = running;
    terminal.letGo();
    // What is held sees no signal but the one that kills. Where this fails, the polite ones let it go on as well.
    await pausing.resume().catch(() => undefined);
    const left = await this.endProcesses({ pid: terminal.info.pid, mark, graceMs });
    const [pid] = left;
    if (pid === undefined) return gone;
    const seconds = Math.round(graceMs / 1000);
    throw musherError('PROCESS_STUBBORN', { agent: agentOf(id), seconds, pid });
  }

  async forget(id: string): Promise<void> {
    this.screens.forget(id);
    this.options.onChange?.();
  }

  onExit(listener: (exit: TerminalExit) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
    await Promise.allSettled(this.opening.values());
    const ends = [...this.running.keys()].map((id) => this.end(id, leftoverGraceMs));
    const results = await Promise.allSettled(ends);
    while (this.endings.size > 0) await Promise.allSettled(this.endings);
    this.screens.dispose();
    this.listeners.clear();
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  private async start(spec: TerminalSpec): Promise<TerminalInfo> {
    if (this.isDisposed) throw musherError('SHUTTING_DOWN');
    await requireStartable(spec);
    if (this.isDisposed) throw musherError('SHUTTING_DOWN');
    const mark = `${this.options.hostId}.${++this.opened}`;
    const marked = { ...spec, env: { ...spec.env, [markVariable]: mark } };
    const { clock } = this.options;
    const terminal = this.begin(mark, {
      ...{ id: spec.id, size: spec, recording: spec.recording },
      pty: (size, handlers) => startMarked({ ...marked, ...size }, clock, handlers),
    });
    this.screens.forget(spec.id);
    this.ends.delete(spec.id);
    this.options.onChange?.();
    this.options.log.info({ terminal: spec.id, pid: terminal.info.pid }, 'Terminal opened');
    return terminal.info;
  }

  private take({ snapshot, adopt }: TakenHost): void {
    this.opened = snapshot.opened;
    for (const exit of snapshot.ends) this.ends.set(exit.id, exit);
    for (const from of snapshot.terminals) {
      const { id, mark, recording, paused, cols, rows } = from.snapshot;
      const pty = (_: TerminalSize, handlers: PtyHandlers) => adopt(from.snapshot, handlers);
      this.begin(mark, { id, size: { cols, rows }, recording: recording?.to, pty, from }, paused);
    }
  }

  private begin(
    mark: string,
    options: Pick<HostTerminalOptions, 'id' | 'size' | 'recording' | 'pty' | 'from'>,
    held?: PausedState,
  ): HostTerminal {
    const { clock, log, files } = this.options;
    const ended = Promise.withResolvers<void>();
    const onExit = (screen: LastScreen) => {
      this.settle({ terminal, mark }, screen);
      this.endings.add(terminal.recorded);
      void terminal.recorded.finally(() => this.endings.delete(terminal.recorded));
      ended.resolve();
    };
    const terminal = new HostTerminal({ ...options, clock, log, files, onExit });
    const pausing = new Pausing({ pid: terminal.info.pid, mark }, held);
    this.running.set(options.id, { terminal, gone: ended.promise, mark, pausing });
    return terminal;
  }

  private settle({ terminal, mark }: Pick<Running, 'terminal' | 'mark'>, screen: LastScreen): void {
    const { id } = screen.exit;
    this.running.delete(id);
    this.screens.keep(screen, terminal.recordedAt);
    remember(this.ends, { id, value: screen.exit, most: maxEnds });
    // What it left running has lost its terminal, and nobody would ever end it. Windows gives numbers of
    // processes away again too soon for that.
    if (process.platform !== 'win32')
      void this.endProcesses({ pid: terminal.info.pid, mark, graceMs: leftoverGraceMs });
    this.options.onChange?.();
    for (const listener of this.listeners) this.tell(listener, screen.exit);
  }

  private tell(listener: (exit: TerminalExit) => void, exit: TerminalExit): void {
    try {
      listener(exit);
    } catch (error) {
      this.options.log.error({ terminal: exit.id, error }, 'A listener failed');
    }
  }

  private endProcesses(whose: Omit<EndTreeOptions, 'clock'>): Promise<readonly number[]> {
    const { pid } = whose;
    const ending = endTree({ clock: this.options.clock, ...whose });
    this.endings.add(ending);
    void ending
      .then((left) => {
        if (left.length > 0) this.options.log.warn({ pid, left }, 'Processes did not end');
      })
      .catch((error) => this.options.log.error({ pid, error }, 'Processes could not be ended'))
      .finally(() => this.endings.delete(ending));
    return ending;
  }

  private requireRunning(id: string): Running {
    const running = this.running.get(id);
    if (running === undefined) throw musherError('TERMINAL_GONE', { agent: agentOf(id) });
    return running;
  }
}

/** Throws SPAWN_FAILED. */
function startMarked(spec: TerminalSpec, clock: Clock, handlers: PtyHandlers): Pty {
  try {
    return startPty(spec, clock, handlers);
  } catch (error) {
    const params = { program: spec.program, reason: reasonOf(error), path: spec.cwd };
    throw musherError('SPAWN_FAILED', params, error);
  }
}

function isSeen({ exitCode, signal }: TerminalExit): boolean {
  return exitCode !== null || signal !== null;
}
