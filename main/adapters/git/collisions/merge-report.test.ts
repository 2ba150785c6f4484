import { expect, it } from 'vitest';
import { readMergeReport } from './merge-report.ts';

const [tree, id, other] = ['a', 'b', 'c'].map((digit) => digit.repeat(40));
const report = (entries: readonly string[], ...messages: readonly (readonly string[])[]) =>
  readMergeReport(
    Buffer.from([tree, ...entries, '', ...messages.flat()].map((field) => `${field}\0`).join('')),
  );
const content = ['CONFLICT (contents)', 'CONFLICT (content): Merge conflict\n'];

it('of very many files the first are read, and all are counted', () => {
  const names = Array.from({ length: 2_500 }, (_, n) => `f${String(n).padStart(5, '0')}`);
  const { files, fileCount } = report(
    names.flatMap((name) => [1, 2, 3].map((stage) => `100644 ${id} ${stage}\t${name}`)),
    ...names.map((name) => ['1', name, ...content]),
  );
  expect([files.length, fileCount]).toEqual([2_000, 2_500]);
  expect(files[1_999]).toMatchObject({ path: 'f01999' });
});

it('what git only informs of says nothing, and what it put aside is told by its own name', () => {
  const aside = `d~${other}`;
  const { files } = report(
    [`100644 ${id} 2\t${aside}`],
    ['1', 'x', 'Auto-merging', 'Auto-merging x\n'],
    ['2', aside, 'd', 'CONFLICT (file/directory)', 'directory in the way\n'],
  );
  expect(files).toMatchObject([{ path: 'd', names: ['d'], reason: 'directory-file' }]);
});

it('a folder whose rename is not clear collides though nothing has stages', () => {
  const kind = 'CONFLICT(directory rename unclear split)';
  const { files } = report([], ['2', 'd/new', 'd', kind, 'Unclear where to rename d to\n']);
  expect(files).toMatchObject([{ path: 'd/new', names: ['d/new', 'd'], isByFolder: true }]);
});

it('a file in the way of a folder counts without stages only where nothing else collides', () => {
  const aside = ['1', `b~${other}`, 'CONFLICT (file/directory)', 'directory in the way of b\n'];
  const paths = (...entries: string[]) => report(entries, aside).files.map(({ path }) => path);
  expect([paths(), paths(`100644 ${id} 2\tb/a`)]).toEqual([['b'], ['b/a']]);
});

it('a kind of a git to come is told as another reason', () => {
  const { files } = report([`100644 ${id} 2\tf`], ['1', 'f', 'CONFLICT (of a new kind)', '\n']);
  expect(files).toMatchObject([{ path: 'f', reason: 'other' }]);
});
