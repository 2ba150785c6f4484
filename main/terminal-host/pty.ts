/**
 * One pty: bytes out, text in, pause, exit. Mends three things of node-pty: a write that freezes the process
 * (pty-input.ts), last output that is thrown away (pty-master.ts), and signals as bare numbers. Windows has none of
 * them, and uses node-pty as it is.
 */
import { constants } from 'node:os';
import { type IPty, spawn } from 'node-pty';
import type { Clock } from '../base/clock.ts';
import type { TerminalSpec } from '../features/terminals/ports.ts';
import type { Taken } from './input-lane.ts';
import { type MasterSocket, PtyMaster } from './pty-master.ts';

export interface ProgramExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export interface PtyHandlers {
  onOutput(bytes: Uint8Array): void;
  /** After the last output. */
  onExit(exit: ProgramExit): void;
}

export interface Pty {
  readonly pid: number;
  /** The master, for a process that takes it over; undefined when it has no part in that, or its program is ending. */
  readonly fd: number | undefined;
  /** False when the program reads nothing and too much waits already. */
  write(data: string): boolean;
  /** Resolves when all input is with the kernel. */
  drained(): Promise<void>;
  /** How much of all input the kernel took, and when it last took some. */
  readonly taken: Taken;
  /** Throws away input that it has not taken. */
  discardInput(): void;
  pause(): void;
  resume(): void;
  resize(cols: number, rows: number): void;
  /** Reads and writes nothing from when it resolves; what was read has been told. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Input that the kernel has not taken, while it is frozen. */
  waitingInput(): Uint8Array;
  /**
   * Frozen before: another process has the master now. How its program ends, which nobody is told here any more;
   * undefined when it is somebody else's child.
   */
  release(): Promise<ProgramExit> | undefined;
}

/** What lies under node-pty on Unix: the only way to its descriptor and its end. */
type UnixPty = IPty & { readonly _fd: number; readonly _socket: MasterSocket };

export function startPty(spec: TerminalSpec, clock: Clock, handlers: PtyHandlers): Pty {
  const { program, args, cols, rows, cwd } = spec;
  const env = { ...spec.env };
  const name = env.TERM ?? 'xterm-256color';
  const pty = spawn(program, [...args], { name, cols, rows, cwd, env, encoding: null });
  pty.onData((data) => handlers.onOutput(typeof data === 'string' ? Buffer.from(data) : data));
  let onExit = (exit: ProgramExit) => handlers.onExit(exit);
  pty.onExit(({ exitCode, signal }) => {
    const name = signalName(signal);
    onExit({ exitCode: name === null ? exitCode : null, signal: name });
  });
  if (process.platform === 'win32') return toPlain(pty);
  const { _socket: socket, _fd: fd } = pty as UnixPty;
  const master = new PtyMaster({ socket, fd, clock, isFrozen: false });
  return mendedPty({
    pid: pty.pid,
    master,
    resize: (cols, rows) => pty.resize(cols, rows),
    release() {
      const ended = new Promise<ProgramExit>((resolve) => {
        onExit = resolve;
      });
      master.release();
      return ended;
    },
  });
}

function toPlain(pty: IPty): Pty {
  return {
    pid: pty.pid,
    fd: undefined,
    write(data) {
      pty.write(data);
      return true;
    },
    drained: () => Promise.resolve(),
    taken: { bytes: 0, atMs: 0 },
    discardInput() {},
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    resize: (cols, rows) => quietly(() => pty.resize(cols, rows)),
    freeze: () => Promise.reject(new Error('a pty of Windows stays where it is')),
    thaw() {},
    waitingInput: () => new Uint8Array(),
    release: () => undefined,
  };
}

interface Mended extends Pick<Pty, 'pid' | 'resize' | 'release'> {
  readonly master: PtyMaster;
}

export function mendedPty({ pid, master, resize, release }: Mended): Pty {
  const { input } = master;
  return {
    pid,
    get fd() {
      return master.isOpen ? master.fd : undefined;
    },
    write: (data) => input.write(Buffer.from(data)),
    drained: () => input.drained(),
    taken: input.taken,
    discardInput: () => input.discard(),
    pause: () => master.pause(),
    resume: () => master.resume(),
    resize: (cols, rows) => quietly(() => resize(cols, rows)),
    freeze: () => master.freeze(),
    thaw: () => master.thaw(),
    waitingInput: () => input.waiting(),
    release,
  };
}

function signalName(signal: number | undefined): string | null {
  if (!signal) return null;
  const found = Object.entries(constants.signals).find(([, number]) => number === signal);
  return found?.[0] ?? `signal ${signal}`;
}

/** A pty whose program has just ended cannot be resized; its exit is on the way. */
function quietly(run: () => void): void {
  try {
    run();
  } catch {
    // Nothing to do: see above.
  }
}
