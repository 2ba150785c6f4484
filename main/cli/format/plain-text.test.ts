import { describe, expect, it } from 'vitest';
import { clip, indented, oneLine, plainLines, plainText, safeJson, widthOf } from './plain-text.ts';

describe('plain text', () => {
  it.each([
    ['\u001b[2J\u001b[31mred\u001b[0m', '‹ESC›[2Jred'],
    ['\u001b]0;title\u0007text', '‹ESC›]0;title‹BEL›text'],
    ['\u001b\u001b[m[31mx', '‹ESC›[31mx'],
    ['\u009b31mx \u009b2J', 'x ‹U+009B›2J'],
    ['over\rwritten', 'over\nwritten'],
    ['a\u2028b\u0085c\r\nd', 'a\nb\nc\nd'],
    ['a\u202egpj.exe', 'a‹U+202E›gpj.exe'],
    ['in\u200bvisible\u{e0041}', 'in‹U+200B›visible‹U+E0041›'],
    ['tab\tstays, so does 👩‍👩‍👧 and é', 'tab\tstays, so does 👩‍👩‍👧 and é'],
    ['می\u200cخواهم is spelt so, a\u200cb is not', 'می\u200cخواهم is spelt so, a‹U+200C›b is not'],
    ['half \ud800 a pair', 'half \ufffd a pair'],
  ])('%j is printed as %j', (text, printed) => {
    expect(plainText(text)).toBe(printed);
  });

  it('in a patch a line is what git calls one', () => {
    expect(plainLines('+a\rb\u2028+++ c\r\n-d\u001b[1m\n')).toEqual([
      '+a‹CR›b‹U+2028›+++ c',
      '-d‹ESC›[1m',
      '',
    ]);
  });

  it('is one line where it has to be', () => {
    expect(oneLine(' a\n\tb\r\nc ')).toBe('a b c');
  });

  it('is set in line by line', () => {
    expect(indented('hi\n\n#9 operator now\n')).toBe('  hi\n\n  #9 operator now');
  });
});

it('JSON holds no character that a terminal obeys, and says the same', () => {
  const value = { text: '\u001b[2J\u009b\u202e\u{e0041}\u007f', list: ['ü\n\t'] };
  const json = safeJson(value, 2);
  expect(json).toMatch(/^[\n\u0020-\u007eü]*$/);
  expect(JSON.parse(json)).toEqual(value);
});

it.each([
  ['abc', 3],
  ['日本', 4],
  ['é', 1],
  ['👩‍👩‍👧', 2],
])('%s is %i columns wide', (text, width) => {
  expect(widthOf(text)).toBe(width);
});

it('is clipped by columns, never in the middle of a character', () => {
  expect(clip('abcdef', 4)).toBe('abc…');
  expect(clip('日本語', 4)).toBe('日…');
  expect(clip('abcd', 4)).toBe('abcd');
});
