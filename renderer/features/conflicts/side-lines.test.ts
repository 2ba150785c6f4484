import { expect, it } from 'vitest';
import { sayLines, toSideLines } from './side-lines.ts';

const base = { start: 40, lines: ['{', 'old', '}'] };
const marks = (lines: readonly string[]) =>
  toSideLines({ start: 7, lines: [...lines] }, base)
    .map(({ isOther }) => (isOther ? '±' : ' '))
    .join('');

it.each([
  ['what is in the middle', ['{', 'new', 'more', '}'], ' ±± '],
  ['all of it', ['x'], '±'],
  ['nothing where it is the same', ['{', 'old', '}'], '   '],
  ['nothing where it took lines away', ['{', '}'], '  '],
  ['a line that is there twice', ['{', '{', 'old', '}'], ' ±  '],
])('%s is other than before', (_, lines, expected) => {
  expect(marks(lines)).toBe(expected);
});

it('lines have the numbers that they have on their side', () => {
  expect(toSideLines({ start: 7, lines: ['a', 'b'] }, base).map(({ number }) => number)).toEqual([
    7, 8,
  ]);
});

it.each([
  [{ start: 4, lines: ['a', 'b'] }, 'lines 4 to 5'],
  [{ start: 4, lines: ['a'] }, 'line 4'],
  [{ start: 4, lines: [] }, 'before line 4'],
])('%j is called %s', (lines, said) => {
  expect(sayLines(lines)).toBe(said);
});
