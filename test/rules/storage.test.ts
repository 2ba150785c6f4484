import { expect, it } from 'vitest';
import { readSources, tell } from './source-file.ts';
import { checkStorageUse, storagePath } from './storage-keys.ts';

it('every key the page keeps is declared with bound and owner', () => {
  const files = readSources().filter(({ path }) => path.startsWith('renderer/'));
  expect(tell(files.flatMap(checkStorageUse))).toEqual([]);
});

it.each([
  ['renderer/ui/a.ts', "localStorage.setItem('a', 'b');", 'directly'],
  ['renderer/ui/a.ts', 'const { length } = window.sessionStorage;', 'directly'],
  [storagePath, 'export const other = {};', 'declares no storageKeys'],
  [storagePath, "const storageKeys = { 'a.b': { owner: 'x' } } as const;", 'a.b lacks maxBytes'],
])('%s may not hold: %s', (path, text, rule) => {
  expect(tell(checkStorageUse({ path, text })).join()).toContain(rule);
});

it('a declared key is accepted, and the storage file may use the storage', () => {
  const text =
    "const storageKeys = { theme: { owner: 'settings', maxBytes: 9 } } as const satisfies T; localStorage.getItem('theme');";
  expect(tell(checkStorageUse({ path: storagePath, text }))).toEqual([]);
});
