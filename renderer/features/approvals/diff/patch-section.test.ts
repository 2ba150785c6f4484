import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readHeaderPaths, unquotePath } from './git-path.ts';
import { readSection, splitPatch } from './patch-section.ts';

const fixtures = new URL('../../../../test/fixtures/patches/', import.meta.url);
const kinds = readFileSync(new URL('kinds.patch', fixtures), 'utf8');
const sections = splitPatch(kinds).map(readSection);

function find(path: string): ReturnType<typeof readSection> {
  const found = sections.find((section) => section.path === path);
  if (!found) throw new Error(`no section ${path}`);
  return found;
}

it('a patch is cut without losing a character', () => {
  expect(splitPatch(kinds).join('')).toBe(kinds);
});

it('an empty patch has no files', () => {
  expect(splitPatch('')).toEqual([]);
});

it.each([
  ['src/fresh.go', 'added', 5, 0, undefined, '100644'],
  ['src/gone.rs', 'deleted', 0, 3, '100644', undefined],
  ['src/service.ts', 'modified', 3, 1, '100644', '100644'],
  ['src/new-name.ts', 'renamed', 0, 0, undefined, undefined],
  ['src/moved/deeper/to.py', 'renamed', 1, 1, '100644', '100644'],
  ['scripts/run.sh', 'modified', 0, 0, '100644', '100755'],
  ['scripts/build.sh', 'modified', 1, 0, '100644', '100755'],
  ['empty.txt', 'added', 0, 0, undefined, '100644'],
  ['latest', 'modified', 1, 1, '120000', '120000'],
])('%s is %s', (path, status, ...facts) => {
  const { additions, deletions, oldMode, newMode, ...section } = find(path);
  expect([section.status, additions, deletions, oldMode, newMode]).toEqual([status, ...facts]);
});

it('binary files are known by the line that says so', () => {
  const binaries = sections.filter((section) => section.isBinary).map(({ path }) => path);
  expect(binaries).toEqual(['assets/logo.png', 'assets/new.bin']);
});

it('a rename keeps its old path, another change has none', () => {
  expect(find('src/new-name.ts').oldPath).toBe('src/old-name.ts');
  expect(find('src/moved/deeper/to.py').oldPath).toBe('src/moved/from.py');
  expect(find('src/service.ts').oldPath).toBeUndefined();
  expect(find('src/gone.rs').oldPath).toBeUndefined();
});

it('a file that became a link is two sections of one path', () => {
  const twins = sections.filter((section) => section.path === 'config');
  expect(twins.map(({ status }) => status)).toEqual(['deleted', 'added']);
});

it('content that looks like a patch does not begin a file', () => {
  expect(find('lib/looks-like-a-patch.txt').additions).toBe(6);
  expect(sections.map(({ path }) => path)).not.toContain('x');
});

it('quoted paths are read as they are on disk', () => {
  expect(find('with space/and "quotes".txt').status).toBe('modified');
  expect(find('ünïcode/naïve.md').status).toBe('modified');
});

it.each([
  ['plain', 'plain'],
  ['"a\\tb\\n\\"c\\\\"', 'a\tb\n"c\\'],
  ['"\\303\\274"', 'ü'],
])('the path %s is %s', (quoted, path) => {
  expect(unquotePath(quoted)).toBe(path);
});

it('a header without other lines says one name twice', () => {
  expect(readHeaderPaths('diff --git a/with space b/with space')).toEqual({
    old: 'with space',
    new: 'with space',
  });
});

it('the longest line is measured', () => {
  expect(find('dist/bundle.min.js').longestLine).toBe(24_001);
});
