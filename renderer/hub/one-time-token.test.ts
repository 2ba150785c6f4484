import { describe, expect, it } from 'vitest';
import { makeToken, portOf } from './one-time-token.ts';

describe('a token', () => {
  it('is 32 random bytes, and its hash is that of the whole text', async () => {
    const one = await makeToken('mj1.');
    expect(one?.token).toMatch(/^mj1\.[A-Za-z0-9_-]{43}$/);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(one?.token));
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0'));
    expect(one?.hash).toBe(hex.join(''));
    expect((await makeToken('mj1.'))?.token).not.toBe(one?.token);
  });
});

it.each([
  [{ port: '9120', protocol: 'http:' }, 9120],
  [{ port: '', protocol: 'https:' }, 443],
  [{ port: '', protocol: 'http:' }, 80],
  [{ port: '', protocol: 'musher:' }, 9119],
])('the port of %j is %d', (at, port) => {
  expect(portOf(at)).toBe(port);
});
