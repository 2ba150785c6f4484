import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noteForSecond, parseDesktopOptions } from './desktop-options.ts';

describe('what it was started with', () => {
  test.each([
    [
      ['electron', '.', '--repo', 'a'],
      { repo: resolve('/home/me/a'), port: undefined, demo: false },
    ],
    [
      ['electron', '--no-sandbox', '/app', '--repo=/b', '--port', '0'],
      { repo: resolve('/b'), port: 0, demo: false },
    ],
    [['Musher'], { repo: undefined, port: undefined, demo: false }],
    [
      ['electron', '.', '--demo', '--port', 'many', '--repo'],
      { repo: undefined, port: undefined, demo: true },
    ],
  ])('%j', (argv, options) => {
    expect(parseDesktopOptions(argv, '/home/me')).toEqual(options);
  });

  const open = { repo: '/a', port: undefined, demo: false };
  test.each([
    [{ ...open }, undefined],
    [{ ...open, repo: undefined }, undefined],
    [{ ...open, repo: '/b' }, /has \/a open\. To open \/b/],
    [{ ...open, demo: true }, /To open the demo/],
  ])('a second start with %j', (asked, note) => {
    const told = noteForSecond(open, asked);
    if (note === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(note);
  });
});
