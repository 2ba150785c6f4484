/** What the operator confirmed on this machine, as hashes in the user's own data. */
import { createHash } from 'node:crypto';
import type { Confirmations } from '../features/agents/ports.ts';
import type { UserData } from './user-data.ts';

const name = 'confirmed-profiles';
/** Beyond this many, the oldest are asked for again. */
const kept = 200;

export function createConfirmations(data: UserData): Confirmations {
  const read = (): readonly string[] => (data.value(name) ?? '').split(' ').filter(Boolean);
  return {
    hashOf: (words) => createHash('sha256').update(words).digest('hex'),
    has: (hash) => read().includes(hash),
    add: (hash) =>
      data.setValue(name, [...read().filter((one) => one !== hash), hash].slice(-kept).join(' ')),
  };
}
