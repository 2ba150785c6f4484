import { createHash, hash } from 'node:crypto';

/** Hex. The one-shot form is about three times faster than createHash for bodies of the size of events. */
export function sha256(text: string): string {
  return hash === undefined
    ? createHash('sha256').update(text).digest('hex')
    : hash('sha256', text, 'hex');
}
