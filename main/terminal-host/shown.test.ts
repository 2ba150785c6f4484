import { expect, it } from 'vitest';
import { comesToScreen } from './shown.ts';

it.each([
  ['in an input line', 'again', '> ', '> again', true],
  [
    'in a frame, wrapped',
    'one two three four five six',
    '│ > │',
    '│ > one two three │\n│ four five six │',
    true,
  ],
  ['as a word that stands for it', 'a\n'.repeat(30), '> ', '> [Pasted text #1 +30 lines]', true],
  ['as another such word', 'a\n'.repeat(30), '┃ ', '┃ [Paste #1 - 30 lines]', true],
  ['nowhere', 'again', 'Allow this?', 'Allow this?', false],
  ['only where it stood before', 'again', 'again\n> ', 'again\n> ', false],
  ['once more', 'again', 'again\n> ', 'again\n> again', true],
  ['as another paste did before', 'x\ny', '[Pasted text #1]', '[Pasted text #1]', false],
  ['with what no paste has', 'a\x1b[31mgain', '> ', '> a[31mgain', true],
])('a text that stands %s has come to the screen, or not', (_, ...all) => {
  const [text, before, after, is] = all;
  expect(comesToScreen(text, before)(after)).toBe(is);
});

it('nothing has to come of nothing', () => {
  expect(comesToScreen(' \n', 'x')('x')).toBe(true);
});
