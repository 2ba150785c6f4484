// How long random tests and rounds go on: briefly in `npm test`, at length in `npm run torture`.

const isTorture = process.env.MUSHER_TORTURE === '1';

/** Rounds of a random test. */
export function rounds(briefly: number, atLength: number): number {
  return isTorture ? atLength : briefly;
}

/**
 * Of cases that go the same way through, those that `npm test` looks at; the others are added at length:
 * `MUSHER_TORTURE=1 npm test -- e2e keyboard`.
 */
export function cases<T>(briefly: readonly T[], atLength: readonly T[]): readonly T[] {
  return isTorture ? [...briefly, ...atLength] : briefly;
}

/** What a random test printed when it failed, played again: `MUSHER_SEED=… MUSHER_PATH=… npm test -- property whole`. */
export function replay(): { seed?: number; path?: string } {
  const { MUSHER_SEED: seed, MUSHER_PATH: path } = process.env;
  return { ...(seed && { seed: Number(seed) }), ...(path && { path }) };
}
