/** A pty that another process has started: its master was inherited, and its program's parent tells how it ends. */
import { ReadStream } from 'node:tty';
import type { Clock } from '../base/clock.ts';
import { adoptedLookMs } from './limits.ts';
import { startOf } from './process-list.ts';
import { mendedPty, type ProgramExit, type Pty, type PtyHandlers } from './pty.ts';
import { type MasterSocket, PtyMaster, resizeMaster } from './pty-master.ts';

export interface AdoptOptions {
  readonly fd: number;
  readonly pid: number;
  /** When the program started, as the system says it: with the pid it names one process for ever. */
  readonly start: string | undefined;
  /** What was typed and not taken by the kernel. */
  readonly input: Uint8Array;
  readonly clock: Clock;
  /** From the parent; undefined: it is gone, and nobody will ever know. */
  readonly exited: Promise<ProgramExit | undefined>;
}

/** Frozen, until `thaw`. */
export function adoptPty(options: AdoptOptions, handlers: PtyHandlers): Pty {
  const { fd, pid, clock, input } = options;
  const socket = new ReadStream(fd) as unknown as MasterSocket;
  const master = new PtyMaster({ socket, fd, clock, isFrozen: true });
  const over = new AbortController();
  const closed = new Promise<void>((resolve) => socket.on('close', resolve));
  socket.on('data', (bytes) => handlers.onOutput(bytes));
  // Its end is told by `close`.
  socket.on('error', () => undefined);
  master.input.write(input);
  void howItEnds(options, over.signal).then(async (exit) => {
    if (exit === undefined) return;
    socket.destroy();
    await closed;
    if (!over.signal.aborted) handlers.onExit(exit);
  });
  return mendedPty({
    pid,
    master,
    resize: (cols, rows) => resizeMaster(fd, cols, rows),
    // Its parent tells whoever takes it over.
    release() {
      over.abort();
      master.release();
      return undefined;
    },
  });
}

/** Undefined when nobody wants to know any more. */
async function howItEnds(
  { pid, start, clock, exited }: AdoptOptions,
  signal: AbortSignal,
): Promise<ProgramExit | undefined> {
  const exit = await exited;
  if (exit !== undefined || signal.aborted) return exit;
  return untilGone({ pid, start, clock, signal });
}

function untilGone({
  pid,
  start,
  clock,
  signal,
}: Pick<AdoptOptions, 'pid' | 'start' | 'clock'> & { readonly signal: AbortSignal }): Promise<
  ProgramExit | undefined
> {
  return new Promise((resolve) => {
    let cancel = clock.schedule(() => void look(), 0);
    const look = async () => {
      const now = await startOf(pid);
      if (signal.aborted) return;
      if (now === undefined || now !== start) resolve({ exitCode: null, signal: null });
      else cancel = clock.schedule(() => void look(), adoptedLookMs);
    };
    signal.addEventListener('abort', () => {
      cancel();
      resolve(undefined);
    });
  });
}
