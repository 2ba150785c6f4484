import { expect, it } from 'vitest';
import { toPlainLine, toPlainText } from './plain-text.ts';

it.each([
  ['plain words, tab\tand\nnewline', 'plain words, tab\tand\nnewline'],
  ['windows\r\nlines', 'windows\nlines'],
  ['colour \u001b[31mred', 'colour ‹ESC›[31mred'],
  ['bell\u0007 nul\u0000 del\u007f', 'bell‹BEL› nul‹NUL› del‹U+007F›'],
  ['c1 \u009b0m', 'c1 ‹U+009B›0m'],
  ['user\u202egnp.exe', 'user‹U+202E›gnp.exe'],
  ['isolate \u2066x\u2069', 'isolate ‹U+2066›x‹U+2069›'],
  ['zero\u200bwidth', 'zero‹U+200B›width'],
  ['ig\u00adnore\u{e0068}\u{e0069}', 'ig‹U+00AD›nore‹U+E0068›‹U+E0069›'],
  ['a\u200db and ㅤ', 'a‹U+200D›b and ‹U+3164›'],
  ['line\u2028separator', 'line‹U+2028›separator'],
  ['می\u200cخواهم keeps its spelling', 'می\u200cخواهم keeps its spelling'],
  ['עברית and 日本語 stay', 'עברית and 日本語 stay'],
  ['👩‍💻 keeps its joiner', '👩‍💻 keeps its joiner'],
])('%j is shown as %j', (text, shown) => {
  expect(toPlainText(text)).toBe(shown);
});

it('every embedding, override and isolate is marked', () => {
  const all = ['202a', '202b', '202c', '202d', '202e', '2066', '2067', '2068', '2069'];
  const text = all.map((hex) => String.fromCharCode(Number.parseInt(hex, 16))).join('');
  expect(toPlainText(text)).toBe(all.map((hex) => `‹U+${hex.toUpperCase()}›`).join(''));
});

it('one line has no breaks and no runs of spaces', () => {
  expect(toPlainLine('  a\n\n  b\tc ')).toBe('a b c');
});

it('one line of a megabyte is cut, and says so', () => {
  const line = toPlainLine(`a${'\u202e'.repeat(1_000_000)}`);
  expect(line.length).toBeLessThan(40_000);
  expect(line).toMatch(/^a‹U\+202E›.*…$/);
});
