/** How the program in a terminal ends: told by the host, or found out when it ended while nobody listened. */
import type { GatesPorts } from './ports.ts';

type Terminals = GatesPorts['gateTerminals'];

export interface Exit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** `gone`: it does not run, and nobody saw how it ended. */
export type Found =
  | { readonly is: 'running' | 'gone' }
  | { readonly is: 'over'; readonly exit: Exit };

export async function findTerminal(terminals: Terminals, id: string): Promise<Found> {
  if ((await terminals.list()).some((one) => one.id === id)) return { is: 'running' };
  const exit = (await terminals.ended()).findLast((one) => one.id === id);
  return exit === undefined ? { is: 'gone' } : { is: 'over', exit };
}

export interface ExitWatch {
  /** Rejects with the signal. */
  readonly exit: Promise<Exit>;
  dispose(): void;
}

/** Begin before the program does: it may be quick. */
export function watchExit(terminals: Terminals, id: string, signal: AbortSignal): ExitWatch {
  let dispose = (): void => undefined;
  const exit = new Promise<Exit>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    const undo = terminals.onExit((told) => told.id === id && resolve(told));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    dispose = () => {
      undo();
      signal.removeEventListener('abort', stop);
    };
  });
  // Nobody may be waiting for it yet.
  exit.catch(() => undefined);
  return { exit, dispose: () => dispose() };
}
