import { expect, it } from 'vitest';
import { needsCopy } from './host-copies.ts';

const app = { type: 'browser', root: '/opt/musher/resources/app.asar' };

it.each([
  ['the app on Windows', true, { ...app, platform: 'win32', isAppImage: false }],
  ['an AppImage', true, { ...app, platform: 'linux', isAppImage: true }],
  ['deb and rpm', false, { ...app, platform: 'linux', isAppImage: false }],
  ['macOS', false, { ...app, platform: 'darwin', isAppImage: false }],
  ['the command', false, { ...app, type: undefined, platform: 'win32', isAppImage: false }],
  ['the source', false, { ...app, root: '/src/musher', platform: 'win32', isAppImage: false }],
] as const)('%s has a copy: %s', (_, wanted, installed) => {
  expect(needsCopy(installed)).toBe(wanted);
});
