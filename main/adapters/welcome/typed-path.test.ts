import { expect, it } from 'vitest';
import { absoluteOf, splitTyped } from './typed-path.ts';

const from = { home: '/home/me', folder: '/srv' };

it.each([
  ['~', '/home/me'],
  ['~/code', '/home/me/code'],
  [' /opt/x/ ', '/opt/x'],
  ['shop', '/srv/shop'],
  ['../etc', '/etc'],
  ['"/opt/two words"', '/opt/two words'],
  ["'/opt/x'", '/opt/x'],
  ['~other/x', '/srv/~other/x'],
])('%s is %s', (typed, absolute) => {
  expect(absoluteOf(typed, from)).toBe(absolute);
});

it.each([
  ['', '/home/me', ''],
  ['~', '/home/me', ''],
  ['~/', '/home/me', ''],
  ['~/co', '/home/me', 'co'],
  ['/opt/x/', '/opt/x', ''],
  ['/opt/x', '/opt', 'x'],
])('of %j folders in %s are offered that begin with %j', (typed, within, begins) => {
  expect(splitTyped(typed, from)).toEqual({ within, begins });
});
