import { expect, it } from 'vitest';
import type { TreeChange } from '../../features/worktrees/ports.ts';
import { withoutCase } from '../../base/without-case.ts';
import { foldersOf, outermost, withFound } from './changes.ts';
import { SortedMap } from './sorted-map.ts';

const as = (kind: TreeChange['kind'], ...paths: string[]) =>
  SortedMap.of<TreeChange>(new Map(paths.map((path) => [path, { kind, isStaged: false }])));
const told = (changes: ReadonlyMap<string, TreeChange>) =>
  [...changes].map(([path, { kind }]) => `${path} ${kind}`);

it('what was found takes the place of what was known of a path and of all below it, and of nothing beside it', () => {
  const known = as('modified', 'a', 'a-b', 'a.c', 'a/x', 'a/y/z', 'a0', 'b');
  const found = as('untracked', 'a/new', 'a-b');
  expect(told(withFound(known, ['a'], found))).toEqual([
    ...['a-b modified', 'a.c modified', 'a/new untracked', 'a0 modified', 'b modified'],
  ]);
  expect(told(withFound(known, ['b', 'gone', 'a/y'], as('added', 'b')))).toEqual([
    ...['a modified', 'a-b modified', 'a.c modified', 'a/x modified', 'a0 modified', 'b added'],
  ]);
  expect(known.size).toBe(7);
});

it('of what git ignores, folders end with a slash', () => {
  expect(foldersOf(['a.log', 'node_modules/', 'x/out/'])).toEqual(['node_modules', 'x/out']);
});

it('a path in another one is asked about by that one alone', () => {
  const paths = ['a/in/x', 'a-b', 'a', 'a/in', 'b/c', 'B'];
  expect(outermost(paths, (path) => path)).toEqual(['a-b', 'a', 'b/c', 'B']);
  expect(outermost(paths, withoutCase)).toEqual(['a-b', 'a', 'B']);
});
