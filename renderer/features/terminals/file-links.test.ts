import { expect, it } from 'vitest';
import { findFileLinks, findMeant, toText, toWorktreePath } from './file-links.ts';

it.each([
  ['src/a.ts:3:5 - error TS2322: no', ['src/a.ts:3:5']],
  ['src/a.ts(3,5): error TS2322', ['src/a.ts:3:5']],
  ['  at run (/w/one/main.js:12:9)', ['/w/one/main.js:12:9']],
  ['C:\\w\\main.cs(7): warning', ['C:\\w\\main.cs:7']],
  ['  File "app/x y.py", line 4, in f', ['app/x y.py:4']],
  ['a.c:1: and b.c:2: here', ['a.c:1', 'b.c:2']],
  ['--> crates/core/src/größe.rs:88:1', ['crates/core/src/größe.rs:88:1']],
  ['bin/Makefile:3 is odd', ['bin/Makefile:3']],
  ['"x.ts:3"', ['x.ts:3']],
  ['../lib/x.ts:3', ['../lib/x.ts:3']],
])('%s', (text, found) => {
  const links = findFileLinks(text);
  expect(links.map(toText)).toEqual(found);
  for (const { index, length, line } of links)
    expect(text.slice(index, index + length)).toContain(String(line));
});

it.each([
  'http://localhost:3000/index.html',
  'https://example.org:443/a/b',
  '12:34:56 done',
  '127.0.0.1:8080',
  'localhost:3000',
  'version 1.2.3',
  'a.ts without a line',
  'x.ts:0',
  '-- 3 files changed, 12:1 --',
])('%s is no place in a file', (text) => expect(findFileLinks(text)).toEqual([]));

it.each([
  ['src/a.ts', 'src/a.ts'],
  ['./src/../lib/a.ts', 'lib/a.ts'],
  ['/w/one/src/a.ts', 'src/a.ts'],
  ['/w/oneself/a.ts', undefined],
  ['/etc/passwd.d', undefined],
  ['../two/a.ts', undefined],
  ['~/a.ts', undefined],
  ['src\\a.ts', 'src/a.ts'],
])('%s lies in the worktree at %s', (path, expected) =>
  expect(toWorktreePath(path, '/w/one')).toBe(expected),
);

it('a path is taken for the only file that ends with it', () => {
  const known = ['a/x.ts', 'b/x.ts', 'b/y.ts', 'x.ts'];
  expect(findMeant('x.ts', known)).toBe('x.ts');
  expect(findMeant('y.ts', known)).toBe('b/y.ts');
  expect(findMeant('x.ts', known.slice(0, 3))).toBeUndefined();
  expect(findMeant('z.ts', known)).toBeUndefined();
});
