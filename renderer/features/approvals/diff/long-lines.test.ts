import { expect, it } from 'vitest';
import { toDiffFiles } from './diff-document.ts';
import { cutLongLines, maxLineChars } from './long-lines.ts';

const long = (sign: string, count = 1_000_000) => sign + 'x'.repeat(count);
const section = (path: string, line: string) =>
  `diff --git a/${path} b/${path}\nindex 1..2 100644\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-old\n${line}\n`;

it('a line of a megabyte is cut with a mark, and all others stay as they are', () => {
  const [short, cut, last] = cutLongLines(` short\n${long('+')}\n-short`).split('\n');
  expect([short, last]).toEqual([' short', '-short']);
  expect(cut).toBe(`${long('+', maxLineChars - 1)}‹… 998,001 more characters›`);
});

it('a pair of surrogates is not cut in two', () => {
  const emoji = `+${'x'.repeat(maxLineChars - 2)}\u{1f600}${'x'.repeat(10)}`;
  expect(cutLongLines(emoji).isWellFormed()).toBe(true);
});

it.each([
  ['a.txt', long('+', 10_000), 'long-lines'],
  ['web/app.min.js', '+a', 'minified'],
  ['package-lock.json', '+a', 'lock-file'],
  ['crates/x/Cargo.lock', '+a', 'lock-file'],
  ['api.gen', '+a', 'generated'],
  ['src/lock.ts', '+a', undefined],
])('%s starts folded, and says why', (path, line, fold) => {
  const [file] = toDiffFiles([], section(path, line), new Set(['api.gen']));
  expect([file?.fold, file?.patch.length ?? 0].map(Boolean)).toEqual([fold !== undefined, true]);
  expect(file?.fold).toBe(fold);
  expect(file?.patch.length).toBeLessThan(2_500);
});
