import { Unicode11Addon } from '@xterm/addon-unicode11';
import { Terminal } from '@xterm/headless';
import { expect, it } from 'vitest';
import { applyCellWidths } from './cell-width.ts';

it.each([
  ['a letter', 'a', 1],
  ['an ideograph', '漢', 2],
  ['an ideograph of a later plane', '\u{20000}', 2],
  ['a letter and its accent', 'e\u0301', 1],
  ['kana and its voiced mark', 'か\u3099', 2],
  ['an emoji of Unicode 9', '\u{1F95E}', 2],
  ['an emoji of Unicode 13', '\u{1F972}', 2],
  ['an emoji of Unicode 14', '\u{1FAE0}', 2],
  ['an emoji of Unicode 15', '\u{1FAE8}', 2],
  ['an emoji of Unicode 16', '\u{1FAE9}', 2],
  ['a flag', '\u{1F1E9}\u{1F1EA}', 2],
  ['letters and a joiner between', 'a\u200db', 2],
])('%s takes its cells', async (_, text, cells) => {
  const terminal = new Terminal({ cols: 10, rows: 2, allowProposedApi: true });
  applyCellWidths(terminal, new Unicode11Addon());
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  expect(terminal.buffer.active.cursorX).toBe(cells);
  await new Promise<void>((resolve) => terminal.write(`\r${text}`, resolve));
  expect(terminal.buffer.active.cursorX).toBe(cells);
});
