// Waiting for facts. A test that gives up says what was there instead.

import { inspect } from 'node:util';

export interface WaitOptions {
  timeoutMs?: number;
}

/** A bound for what hangs; longer where much else runs beside (build/vitest.config.ts). */
const defaultTimeoutMs = Number(process.env.MUSHER_TEST_WAIT_MS ?? 10_000);
/** Looks take time from what is waited for: they are made less often the longer it takes. */
const [firstLookMs, lastLookMs] = [5, 20];

/**
 * Looks until `fn` gives `true` or an object, and returns that. Everything else, an Error too, is how far it is:
 * the last of it is in the message when time is over, so `isThere() || whatIsThere()` tells what was there instead.
 */
export async function waitFor<T>(
  description: string,
  fn: () => T | Promise<T>,
  { timeoutMs = defaultTimeoutMs }: WaitOptions = {},
): Promise<Fact<T>> {
  const untilMs = performance.now() + timeoutMs;
  let last: unknown;
  let lookMs = firstLookMs;
  do {
    last = await look(fn);
    if (isFact<T>(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    lookMs = Math.min(lookMs * 1.2, lastLookMs);
  } while (performance.now() < untilMs);
  const actual = inspect(last, { depth: 4, maxStringLength: 2000 });
  throw new Error(`Waited ${timeoutMs} ms for ${description}; last: ${actual}`);
}

type Fact<T> = Exclude<T, false | undefined | null | string | number | Error>;

function isFact<T>(value: unknown): value is Fact<T> {
  return (
    value === true || (typeof value === 'object' && value !== null && !(value instanceof Error))
  );
}

async function look(fn: () => unknown): Promise<unknown> {
  try {
    return await fn();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
