// Waiting for a fact of the outside world: a file, a process, an answer. Never for a time.

import { inspect } from 'node:util';

const pauseMs = 20;

export interface Patience {
  readonly giveUpMs?: number;
  /** What is shown besides, when it never comes true: for example the program's output. */
  readonly context?: () => unknown;
}

/** The first value of `look` that is not undefined or false. Says what was awaited and last seen when there is none. */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  { giveUpMs = 15_000, context }: Patience = {},
): Promise<Exclude<T, undefined | false | null>> {
  const endMs = performance.now() + giveUpMs;
  let last: unknown;
  do {
    const seen = await look();
    if (seen !== undefined && seen !== false && seen !== null)
      return seen as Exclude<T, undefined | false | null>;
    last = seen;
    await pause();
  } while (performance.now() < endMs);
  const more = context === undefined ? '' : `\n${inspect(context(), { depth: 6 })}`;
  throw new Error(
    `Waited ${giveUpMs} ms in vain for ${what}; last seen: ${inspect(last, { depth: 6 })}${more}`,
  );
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}
