/**
 * Who a token stands for. Tokens are random, kept only as SHA-256, and rotated: an agent's at each of its starts, the
 * operator's at each start of Musher (it is never written to disk, where agents of the same user could read it).
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../../preload/contract/envelope.ts';
import { agentActor } from '../../preload/contract/envelope.ts';

/** Where hashes are kept over restarts, by agent. */
export interface HashStore {
  get(agent: string): string | undefined;
  set(agent: string, hash: string): void;
}

export interface Identity {
  readonly operatorToken: string;
  /** The actor of a token, or undefined when it stands for nobody (any more). */
  actorOf(token: string): Actor | undefined;
  issue(agent: string): Promise<string>;
  revoke(agent: string): Promise<void>;
}

const tokenPattern = /^mt1\.([a-z0-9-]{1,50})\.([A-Za-z0-9_-]{43})$/;

/** Unguessable text from so many random bytes, in the URL-safe base64 alphabet. */
export type Secret = (bytes: number) => string;

export function createIdentity(store: HashStore, secret: Secret): Identity {
  const operator = newToken('operator', secret);
  const hashes = new Map<string, Buffer>([['operator', operator.hash]]);

  /** Tokens that were proved since the last change, so that hashing is not paid by every request. */
  const proved = new Map<string, Actor>();

  function hashOf(subject: string): Buffer | undefined {
    const known = hashes.get(subject) ?? load(store, subject);
    if (known !== undefined) hashes.set(subject, known);
    return known;
  }

  function prove(token: string): Actor | undefined {
    const subject = tokenPattern.exec(token)?.[1];
    const expected = subject === undefined ? undefined : hashOf(subject);
    if (subject === undefined || expected === undefined) return undefined;
    if (!timingSafeEqual(expected, sha256(token))) return undefined;
    const actor = subject === 'operator' ? 'operator' : agentActor(subject);
    proved.set(token, actor);
    return actor;
  }

  return {
    operatorToken: operator.token,
    actorOf: (token) => proved.get(token) ?? prove(token),
    async issue(agent) {
      const { token, hash } = newToken(agent, secret);
      hashes.set(agent, hash);
      proved.clear();
      store.set(agent, hash.toString('hex'));
      return token;
    },
    async revoke(agent) {
      hashes.delete(agent);
      proved.clear();
      store.set(agent, '');
    },
  };
}

function newToken(subject: string, secret: Secret): { token: string; hash: Buffer } {
  const token = `mt1.${subject}.${secret(32)}`;
  return { token, hash: sha256(token) };
}

function load(store: HashStore, subject: string): Buffer | undefined {
  const hex = store.get(subject);
  return hex === undefined || hex === '' ? undefined : Buffer.from(hex, 'hex');
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
