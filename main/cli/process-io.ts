/** The real process behind Io. */
import { systemClock } from '../base/clock.ts';
import { exitCodes } from './exit-codes.ts';
import { appHost } from './host.ts';
import type { Io, Sink } from './io.ts';

export function processIo(version: string): Io {
  let stderr: Sink | undefined;
  return {
    env: process.env,
    stdout: sinkOf(process.stdout),
    // Made when somebody asks for them: each costs a millisecond, and most commands need neither.
    get stderr() {
      stderr ??= sinkOf(process.stderr);
      return stderr;
    },
    get stdin() {
      return process.stdin;
    },
    clock: systemClock,
    version,
    folder: process.cwd(),
    host: appHost,
    openBrowser: async (url) => (await import('./open-browser.ts')).openBrowser(url),
    newId,
    interrupt: onceInterrupted(),
  };
}

/**
 * Of its time, this process and 104 random bits, seeded by the system: never made twice, which is all that it is for. Not
 * by `crypto`, which takes 6 ms to load.
 */
function newId(): string {
  const random = [Math.random(), Math.random()].map((one) => one.toString(36).slice(2));
  return [Date.now().toString(36), process.pid.toString(36), ...random].join('-');
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  // Every failed write also raises this event, and unheard it would end the process.
  stream.on('error', () => {});
  return {
    isTTY: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns : undefined,
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => (error ? reject(error) : resolve()));
      }),
  };
}

/** The first Ctrl+C asks to end, the second ends. */
function onceInterrupted(): () => AbortSignal {
  let signal: AbortSignal | undefined;
  return () => {
    signal ??= listen();
    return signal;
  };
}

function listen(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  });
  return controller.signal;
}
