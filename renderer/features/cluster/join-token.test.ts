import { describe, expect, it } from 'vitest';
import { makeJoinToken, portOf } from './join-token.ts';
import { labelFault } from './node-label.ts';

describe('a join token', () => {
  it('is 32 random bytes, and its hash is that of the whole text', async () => {
    const one = await makeJoinToken();
    expect(one?.token).toMatch(/^mj1\.[A-Za-z0-9_-]{43}$/);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(one?.token));
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0'));
    expect(one?.hash).toBe(hex.join(''));
    expect((await makeJoinToken())?.token).not.toBe(one?.token);
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

it.each([
  ['attic 2', undefined],
  [' attic ', undefined],
  ['-x', /^Expected letters/],
  ['a#b', /^Expected letters/],
  ['x'.repeat(41), /at most 40/],
])('of the name %j it says %s', (label, fault) => {
  if (fault === undefined) expect(labelFault(label)).toBeUndefined();
  else expect(labelFault(label)).toMatch(fault);
});
