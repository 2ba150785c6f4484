import { expect, it } from 'vitest';
import { countOfFiles, splitPath } from './present-changes.ts';

it.each([
  ['a.ts', '', 'a.ts'],
  ['src/limits/a.ts', 'src/limits/', 'a.ts'],
  ['vendor/clone/', 'vendor/', 'clone/'],
  ['clone/', '', 'clone/'],
])('%j is a folder and a name', (path, folder, name) =>
  expect(splitPath(path)).toEqual([folder, name]),
);

it('one is a file, all else are files', () => {
  expect([0, 1, 20_000].map(countOfFiles)).toEqual(['0 files', '1 file', '20,000 files']);
});
