/** The real process behind Io. */
import { systemClock } from '../base/clock.ts';
import { exitCodes } from './exit-codes.ts';
import { appHost } from './host.ts';
import type { Io, Sink } from './io.ts';

export function processIo(version: string): Io {
  return {
    env: process.env,
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    stdin: process.stdin,
    clock: systemClock,
    version,
    folder: process.cwd(),
    host: appHost,
    openBrowser: async (url) => (await import('./open-browser.ts')).openBrowser(url),
    // The global one is loaded when it is asked for.
    newId: () => crypto.randomUUID(),
    interrupt: onceInterrupted(),
  };
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
