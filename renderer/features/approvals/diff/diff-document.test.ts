import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { toDiffFiles } from './diff-document.ts';
import { foldNote, hiddenNote, modeNote, placeholderOf } from './file-facts.ts';

const fixtures = new URL('../../../../test/fixtures/patches/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8');
const files = toDiffFiles([], read('kinds.patch'));

function find(path: string): (typeof files)[number] {
  const found = files.find((file) => file.path === path);
  if (!found) throw new Error(`no file ${path}`);
  return found;
}

it.each([
  ['src/service.ts', undefined, undefined],
  ['assets/logo.png', 'Binary file, its content is not shown', undefined],
  ['empty.txt', 'Empty file', undefined],
  ['src/new-name.ts', 'Moved, content unchanged', undefined],
  ['scripts/run.sh', 'Content unchanged', 'made executable'],
  ['scripts/build.sh', undefined, 'made executable'],
  ['latest', undefined, 'symbolic link'],
])('%s: placeholder %s, mode %s', (path, placeholder, mode) => {
  expect([placeholderOf(find(path)), modeNote(find(path))]).toEqual([placeholder, mode]);
});

it('ids are unique even when a path is there twice', () => {
  expect(new Set(files.map(({ id }) => id)).size).toBe(files.length);
  expect(files.filter(({ path }) => path === 'config')).toHaveLength(2);
});

it('a file with very long lines starts folded', () => {
  expect(foldNote(find('dist/bundle.min.js'))).toBe('Folded: very long lines');
  expect(foldNote(find('src/service.ts'))).toBeUndefined();
});

it('a listed file that the patch does not hold is shown as left out, in its place', () => {
  const listed = [
    { path: 'a-cut.ts', status: 'modified', additions: 9, deletions: 1 },
    { path: 'src/fresh.go', status: 'added', additions: 5, deletions: 0 },
  ] as const;
  const joined = toDiffFiles(listed, read('kinds.patch'));
  expect(joined.slice(0, 2).map(({ path, body }) => [path, body])).toEqual([
    ['a-cut.ts', 'cut'],
    ['src/fresh.go', 'text'],
  ]);
  expect(joined).toHaveLength(files.length + 1);
});

it('hidden characters are counted and named', () => {
  const [auth, readme] = toDiffFiles([], read('hidden.patch'));
  expect(auth && hiddenNote(auth)).toBe('4 hidden characters, some reorder the text');
  expect(readme && hiddenNote(readme)).toBe('6 hidden characters');
});
