import { stat } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { listKept, lookOf, looksOf, pathOf, readKept } from '../pictures/kept.ts';
import { states } from '../pictures/states.ts';

/** Git keeps every version of them. */
const mostBytes = 1_800_000;

it('of every state a picture is kept in every look, and of nothing else', async () => {
  const kept = await Promise.all(
    (await listKept()).map(async (name) => [name, Object.keys(await readKept(name)).sort()]),
  );
  // Missing ones are made, and looked at: MUSHER_WRITE_PICTURES=1 npm test -- e2e pictures
  const wanted = Object.entries(states).map(([name, state]) => [
    name,
    looksOf(state).map(lookOf).sort(),
  ]);
  expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(wanted));
});

it('what is kept stays small', async () => {
  const sizes = (await listKept()).map(async (name) => (await stat(pathOf(name))).size);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThan(mostBytes);
});
