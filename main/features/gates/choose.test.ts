import { expect, it } from 'vitest';
import { concerns } from './choose.ts';

it.each<[paths: string[], files: string[], isConcerned: boolean]>([
  [[], ['readme.md'], true],
  [['src/**'], ['src/a/b.ts'], true],
  [['src/**'], ['docs/a.md', 'srcs/a.ts'], false],
  [['src/'], ['src/.hidden'], true],
  [['*.json', 'docs/**/*.md'], ['docs/a/b.md'], true],
  [['*.json'], ['deep/package.json'], false],
  [['Makefile', 'Docs/**'], ['Makefile'], true],
  [['Makefile', 'Docs/**'], ['docs/A.md'], true],
  [['docs/é.md'], ['docs/e\u0301.md'], true],
  // Deeper than is held against patterns: it concerns every gate.
  [['src/**'], [`src/${'d/'.repeat(130)}x.ts`], true],
  [['src/**'], [], false],
])('gates about %j are concerned by %j: %j', (paths, files, isConcerned) => {
  expect(concerns({ paths }, files)).toBe(isConcerned);
});
