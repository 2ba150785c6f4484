/**
 * One pty: bytes out, text in, pause, exit. Mends three things of node-pty: a write that freezes the process
 * (pty-input.ts), last output thrown away 200 ms after the program's end when the reader was paused or late,
 * and signals as bare numbers. Windows has none of them, and uses node-pty as it is.
 */
import { constants } from 'node:os';
import { type IPty, spawn } from 'node-pty';
import type { Clock } from '../base/clock.ts';
import type { TerminalSpec } from '../features/terminals/ports.ts';
import { lastOutputMs, lastOutputQuietMs } from './limits.ts';
import type { Taken } from './input-lane.ts';
import { PtyInput } from './pty-input.ts';

export interface PtyHandlers {
  onOutput(bytes: Uint8Array): void;
  /** After the last output. */
  onExit(exit: { exitCode: number | null; signal: string | null }): void;
}

export interface Pty {
  readonly pid: number;
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
}

/** What lies under node-pty on Unix: the only way to its descriptor and its end. */
interface PtySocket {
  destroy(error?: Error): unknown;
  resume(): unknown;
  on(event: 'data', listener: () => void): unknown;
}
type UnixPty = IPty & { readonly _fd: number; readonly _socket: PtySocket };

export function startPty(spec: TerminalSpec, clock: Clock, handlers: PtyHandlers): Pty {
  const { program, args, cols, rows, cwd } = spec;
  const env = { ...spec.env };
  const name = env.TERM ?? 'xterm-256color';
  const pty = spawn(program, [...args], { name, cols, rows, cwd, env, encoding: null });
  pty.onData((data) => handlers.onOutput(typeof data === 'string' ? Buffer.from(data) : data));
  pty.onExit(({ exitCode, signal }) => {
    const name = signalName(signal);
    handlers.onExit({ exitCode: name === null ? exitCode : null, signal: name });
  });
  return process.platform === 'win32' ? toPlain(pty) : toMended(pty as UnixPty, clock);
}

function toPlain(pty: IPty): Pty {
  return {
    pid: pty.pid,
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
  };
}

function toMended(pty: UnixPty, clock: Clock): Pty {
  const input = new PtyInput(pty._fd, clock);
  const ending = { isEnding: false };
  keepLastOutput({ socket: pty._socket, clock, input, ending });
  return {
    ...toPlain(pty),
    write: (data) => input.write(data),
    drained: () => input.drained(),
    taken: input.taken,
    discardInput: () => input.discard(),
    pause: () => void (ending.isEnding || pty.pause()),
  };
}

interface Ending {
  readonly socket: PtySocket;
  readonly clock: Clock;
  readonly input: PtyInput;
  /** Set when the program is gone; what is left in the kernel is small, so nothing pauses any more. */
  readonly ending: { isEnding: boolean };
}

function keepLastOutput({ socket, clock, input, ending }: Ending): void {
  const destroy = (error?: Error) =>
    void input.stop().then(() => destroySocket.call(socket, error));
  const destroySocket = socket.destroy;
  let quietSinceMs = 0;
  socket.on('data', () => {
    quietSinceMs = clock.elapsed();
  });
  socket.destroy = (error) => {
    // With an error the kernel said itself that nothing more comes.
    if (error || ending.isEnding) destroy(error);
    else drain();
    return socket;
  };
  function drain(): void {
    ending.isEnding = true;
    const startMs = clock.elapsed();
    quietSinceMs = startMs;
    socket.resume();
    const look = () => {
      const nowMs = clock.elapsed();
      const isQuiet = nowMs - quietSinceMs >= lastOutputQuietMs;
      if (isQuiet || nowMs - startMs >= lastOutputMs) destroy();
      else clock.schedule(look, lastOutputQuietMs);
    };
    clock.schedule(look, lastOutputQuietMs);
  }
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
