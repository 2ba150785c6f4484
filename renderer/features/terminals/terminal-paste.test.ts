import { expect, it } from 'vitest';
import { toCopiedText, toOpenable, toPlainPaste } from './terminal-paste.ts';

it('pasted text keeps its lines and tabs and loses every other control character', () => {
  const hostile = 'a\tb\r\nc\x1b[201~\x03\u009b201~\x7f';
  expect(toPlainPaste(hostile)).toBe('a\tb\r\nc[201~201~');
});

it('copied text has no blanks at the ends of its lines', () => {
  expect(toCopiedText('  a b  \n\n c\t \u00a0\r\nd ')).toBe('  a b\n\n c\r\nd');
});

it.each([
  ['https://example.com/a?b=c', 'https://example.com/a?b=c'],
  ['http://localhost:3000', 'http://localhost:3000/'],
  ['javascript:alert(1)', undefined],
  ['file:///etc/passwd', undefined],
  ['vscode://x', undefined],
  ['no address', undefined],
])('the link %s opens %s', (uri, expected) => {
  expect(toOpenable(uri)).toBe(expected);
});
