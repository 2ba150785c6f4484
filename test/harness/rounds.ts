// How long random tests go on: briefly in `npm test`, at length in `npm run torture`.

const isTorture = process.env.MUSHER_TORTURE === '1';

/** Rounds of a random test. */
export function rounds(briefly: number, atLength: number): number {
  return isTorture ? atLength : briefly;
}
