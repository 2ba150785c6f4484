// Waiting for a fact, not for a time.

import { expect } from 'vitest';

/** Resolves when `fact` is true; says what was seen instead when it never is. */
export async function waitUntil(fact: () => boolean, seen: () => unknown = fact): Promise<void> {
  const giveUpMs = performance.now() + 10_000;
  while (!fact()) {
    if (performance.now() > giveUpMs)
      expect.fail(`Waited 10 s in vain; last seen: ${JSON.stringify(seen())}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
