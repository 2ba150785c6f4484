import { expect, it } from 'vitest';
import { type DiffFile, toDiffFiles } from './diff-document.ts';
import { filterFiles, orderFiles, splitPath, toTreeRows } from './file-tree.ts';

const toFiles = (...paths: string[]): DiffFile[] =>
  toDiffFiles(
    paths.map((path) => ({ path, status: 'modified', additions: 1, deletions: 1 })),
    '',
  );

function draw(files: readonly DiffFile[], closed: ReadonlySet<string> = new Set()): string[] {
  return toTreeRows(files, closed).map((row) => {
    const mark = row.kind === 'folder' ? (row.isOpen ? '▾' : `▸${row.fileCount}`) : '·';
    return `${'  '.repeat(row.depth)}${mark} ${row.label}`;
  });
}

const files = toFiles(
  'README.md',
  'src/a/deep/x.ts',
  'src/a/deep/y.ts',
  'src/b.ts',
  'z/only/one.ts',
);

it('folders that hold one folder are one row', () => {
  expect(draw(files)).toEqual([
    '· README.md',
    '▾ src',
    '  ▾ a/deep',
    '    · x.ts',
    '    · y.ts',
    '  · b.ts',
    '▾ z/only',
    '  · one.ts',
  ]);
});

it('a closed folder hides what is in it and says how many files that are', () => {
  expect(draw(files, new Set(['src', 'z/only']))).toEqual(['· README.md', '▸3 src', '▸1 z/only']);
});

it('files of one folder stand together, whatever order they came in', () => {
  const mixed = toFiles('src/a.ts', 'lib/b.ts', 'src/c.ts');
  expect(orderFiles(mixed).map(({ path }) => path)).toEqual(['src/a.ts', 'src/c.ts', 'lib/b.ts']);
});

it('files that are named as the first come before all others, with their folders', () => {
  const first = new Set(['z/only/one.ts', 'src/b.ts']);
  expect(orderFiles(files, first).map(({ path }) => path)).toEqual([
    'src/b.ts',
    'src/a/deep/x.ts',
    'src/a/deep/y.ts',
    'z/only/one.ts',
    'README.md',
  ]);
});

it.each([
  ['deep x', ['src/a/deep/x.ts']],
  ['READ', ['README.md']],
  ['', files.map(({ path }) => path)],
  ['nothing', []],
])('the filter %j leaves %j', (filter, paths) => {
  expect(filterFiles(files, filter).map(({ path }) => path)).toEqual(paths);
});

it('a path is a folder and a name', () => {
  expect(splitPath('a/b/c.ts')).toEqual({ folder: 'a/b/', name: 'c.ts' });
  expect(splitPath('c.ts')).toEqual({ folder: '', name: 'c.ts' });
});

it('names are shown so that none says something else than it is', () => {
  const rows = toTreeRows(toFiles('do\u202ecs/re\u202efdp.md'), new Set());
  expect(rows.map(({ label }) => label)).toEqual(['do‹U+202E›cs', 're‹U+202E›fdp.md']);
});
