import { expect, it } from 'vitest';
import { isReply, toOpenable, toPlainPaste } from './terminal-paste.ts';

it('pasted text keeps its lines and tabs and loses every other control character', () => {
  const hostile = 'a\tb\r\nc\x1b[201~\x03\u009b201~\x7f';
  expect(toPlainPaste(hostile)).toBe('a\tb\r\nc[201~201~');
});

it.each([
  '\x1b[1;5R',
  '\x1b[?1;2c',
  '\x1b[>0;276;0c',
  '\x1b[0n',
  '\x1b[?2026;2$y',
  '\x1b[I',
  '\x1b]11;rgb:0/0/0\x1b\\',
  '\x1bP1$r0m\x1b\\',
])('%j is an answer of the terminal', (data) => expect(isReply(data)).toBe(true));

it.each([
  'a',
  '\x1b',
  '\x1b\r',
  '\x1b[A',
  '\x1bOA',
  '\x1b[1;5C',
  '\x1b[200~x\x1b[201~',
  '\x1b[<0;1;1M',
  '漢',
])('%j was typed', (data) => expect(isReply(data)).toBe(false));

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
