/**
 * How a browser becomes the operator: a login link that works once sets an HttpOnly, SameSite=Strict cookie. The
 * cookie opens the page's WebSocket and nothing else: the HTTP routes take tokens only, so no foreign page can use it.
 */
import type { Secret } from './identity.ts';
import { sha256 } from './identity.ts';

export interface Sessions {
  /** A fresh code for `/login?code=`; valid once, for ten minutes. */
  newCode(): string;
  /** The cookie's value for a valid code; the code is used up. */
  redeem(code: string): string | undefined;
  isOpen(cookie: string): boolean;
}

const codeLifeMs = 10 * 60_000;
const sessionLifeMs = 30 * 24 * 3_600_000;
/** Codes and sessions remembered at most; the oldest go first. */
const codesKept = 20;
const sessionsKept = 20;

interface Expiring {
  readonly hash: string;
  readonly expiresMs: number;
}

/** Where sessions are kept over restarts, as hashes. */
export interface SessionStore {
  value(name: string): string | undefined;
  setValue(name: string, value: string): void;
}

export interface SessionsDeps {
  readonly store: SessionStore;
  /** Unix ms. */
  readonly now: () => number;
  readonly secret: Secret;
}

/** Sessions survive a restart of Musher, as hashes. */
export function createSessions({ store, now, secret }: SessionsDeps): Sessions {
  let codes: readonly Expiring[] = [];
  let known: readonly Expiring[] | undefined;
  /** Read when first asked for: where they are kept may be known only once the app listens. */
  const sessions = () => {
    known ??= JSON.parse(store.value('sessions') ?? '[]') as readonly Expiring[];
    return alive(known);
  };
  const alive = (list: readonly Expiring[]) => list.filter((one) => one.expiresMs > now());

  return {
    newCode() {
      const code = secret(24);
      codes = [...alive(codes), { hash: hex(code), expiresMs: now() + codeLifeMs }].slice(
        -codesKept,
      );
      return code;
    },
    redeem(code) {
      const before = alive(codes);
      codes = before.filter((one) => one.hash !== hex(code));
      if (codes.length === before.length) return undefined;
      const cookie = secret(32);
      known = [...sessions(), { hash: hex(cookie), expiresMs: now() + sessionLifeMs }].slice(
        -sessionsKept,
      );
      store.setValue('sessions', JSON.stringify(known));
      return cookie;
    },
    isOpen: (cookie) => sessions().some((one) => one.hash === hex(cookie)),
  };
}

function hex(text: string): string {
  return sha256(text).toString('hex');
}
