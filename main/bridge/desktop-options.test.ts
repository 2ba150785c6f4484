import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseDesktopOptions } from './desktop-options.ts';

const nothing = { repo: undefined, link: undefined, port: undefined, demo: false };

test.each([
  [['electron', '.', '--repo', 'a'], { repo: resolve('/home/me/a') }],
  [
    ['electron', '--no-sandbox', '/app', '--repo=/b', '--port', '0'],
    { repo: resolve('/b'), port: 0 },
  ],
  [['electron', '.', '--demo', '--port', 'many', '--repo'], { demo: true }],
  [['electron', '.', 'shop'], { repo: resolve('/home/me/shop') }],
])('by Electron itself: %j', (argv, options) => {
  const started = { argv, folder: '/home/me', isByElectron: true };
  expect(parseDesktopOptions(started)).toEqual({ ...nothing, ...options });
});

test.each([
  [['Musher'], {}],
  [['Musher', '/home/you/shop'], { repo: resolve('/home/you/shop') }],
  [
    ['Musher', '--allow-file-access-from-files', 'musher://show/inbox'],
    { link: 'musher://show/inbox' },
  ],
  [['Musher', 'MUSHER://app/'], { link: 'MUSHER://app/' }],
  [['Musher', '--repo', 'a', '/b'], { repo: resolve('/home/me/a') }],
])('as an app: %j', (argv, options) => {
  const started = { argv, folder: '/home/me', isByElectron: false };
  expect(parseDesktopOptions(started)).toEqual({ ...nothing, ...options });
});
