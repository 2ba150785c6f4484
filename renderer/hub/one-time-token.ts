/** Tokens that let in once are made on this page: the hub gets a hash, so nobody can read one from it or its log. */
import { chanceBytes } from './chance.ts';

export interface OneTimeToken {
  readonly token: string;
  /** SHA-256 in hexadecimal digits. */
  readonly hash: string;
}

/** Undefined on a page that may not reckon hashes: one that came over plain HTTP from another machine. */
export async function makeToken(prefix: string): Promise<OneTimeToken | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  const token = prefix + toBase64Url(chanceBytes(32));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
  return { token, hash: hash.join('') };
}

function toBase64Url(bytes: Uint8Array): string {
  const plain = btoa(String.fromCharCode(...bytes));
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Where this Musher answers. The desktop app's page has no port in its address; there it is the usual one. */
export function portOf({ port, protocol }: Pick<Location, 'port' | 'protocol'>): number {
  if (port !== '') return Number(port);
  return { 'http:': 80, 'https:': 443 }[protocol] ?? 9119;
}
