import { expect, it } from 'vitest';
import { changesOf, readPaths } from './present-snapshot.ts';

it.each([
  [{ files: 0, nested: [] }, 'Nothing uncommitted'],
  [{ files: 1, nested: [] }, '1 file'],
  [{ files: 1_200, nested: ['lib'] }, '1,200 files, 1 repository inside'],
  [{ nested: ['a', 'b'] }, 'Changes not counted, 2 repositories inside'],
])('what one holds is told as it is: %j', (snapshot, said) => {
  expect(changesOf(snapshot)).toBe(said);
});

it('paths are read one a line, from the root; none means all', () => {
  expect(readPaths(' ./src/a.ts \n\n/docs/\n')).toEqual(['src/a.ts', 'docs/']);
  expect(readPaths(' \n')).toBe(undefined);
});
