/** Randomness of the operating system: unguessable, and the same quality for ids and secrets. */
import { randomBytes, randomInt } from 'node:crypto';

const steps = 2 ** 47;

/** In [0, 1). */
export function random(): number {
  return randomInt(steps) / steps;
}

/** Text from so many random bytes, in the URL-safe base64 alphabet. */
export function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
