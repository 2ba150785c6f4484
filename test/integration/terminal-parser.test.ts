import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Terminal } from '@xterm/headless';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { applyCellWidths } from '../../preload/contract/cell-width.ts';
import { guardParser, resetBytes } from '../../preload/contract/xterm/guard.ts';
import { createHeadless } from '../../main/terminal-host/headless.ts';
import { linkOf, type Attributes } from '../../main/terminal-host/xterm-inside.ts';

let terminal: Terminal;
const defects: unknown[] = [];

beforeEach(() => {
  terminal = createHeadless({ cols: 20, rows: 5, scrollback: 100, allowProposedApi: true });
  applyCellWidths(terminal, new Unicode11Addon());
  guardParser(terminal, (error) => defects.push(error));
});
afterEach(() => {
  terminal.dispose();
  expect(defects.splice(0)).toEqual([]);
});

// Done one by one, each would take minutes.
it.each([...'STLMIZb'])('two thousand million times CSI %s are done at once', async (final) => {
  await write(`x\r\ny\x1b[2147483647${final}`);
  await write('\x1b[2;1Hdone');
  expect(line(1)).toContain('done');
});

it('a repeated character fills the screen at most', async () => {
  await write('x\x1b[2147483647b');
  expect(terminal.buffer.active.length).toBeLessThanOrEqual(7);
  expect(line(0)).toBe('x'.repeat(20));
});

it.each([
  ['a letter', 'a'],
  ['a wide character', '漢'],
  ['nothing', ''],
])('a heap of marks on %s is cut, and what comes after it is well', async (_, base) => {
  for (const marks of ['\u0301', '\u0300\u0489', '\u{1d167}', '\u200d']) {
    await write(`\x1b[2J\x1b[H${base}${marks.repeat(100_000)}x`);
    const chars = cell(0, 0).getChars();
    expect(chars.length).toBeGreaterThan(20);
    expect(chars.length).toBeLessThanOrEqual(33);
    expect(chars.startsWith(base || marks.slice(0, 1))).toBe(true);
    expect(cell(0, cell(0, 0).getWidth()).getChars()).toBe('x');
  }
});

it('a cell with a heap of marks is repeated as it is', async () => {
  await write(`a${'\u0301'.repeat(9_000)}\x1b[2147483647b`);
  expect(cell(0, 5).getChars()).toBe(cell(0, 0).getChars());
});

it.each(['— “…” 、。', '日本語', '👍é', '\u0800\u0080x'])(
  '%s is the same however it is cut',
  async (text) => {
    for (const byte of Buffer.from(`${text}\r\n`)) await write(Uint8Array.of(byte));
    await write(Buffer.from(text));
    expect(line(0)).toContain(text[0]);
    expect(line(0)).toBe(line(1));
  },
);

it('half of a character before a reset takes nothing from what comes after it', async () => {
  await write(Uint8Array.of(0xe2, 0x80));
  await write(resetBytes);
  await write(Buffer.from('—x'));
  expect(line(0)).toBe('—x');
});

it('a command that was begun is not heard when the terminal is reset', async () => {
  const titles: string[] = [];
  terminal.onTitleChange((title) => titles.push(title));
  await write('\x1b]2;half');
  await write(resetBytes);
  await write('\x1b]2;whole\x07');
  expect(titles).toEqual(['whole']);
});

it('a reset ends all that a program can set', async () => {
  await write('\x1b[20h\x1b[?12h\x1b[?25l\x1b[2;4r\x1b[?6h\x1b[4h\x1b(0\x1b[?1049h\x1bcq\nq');
  expect([line(0), line(1)]).toEqual(['q', ' q']);
});

it('a saved cursor comes back to its place on the screen, whatever has scrolled by', async () => {
  await write('\x1b[2;3H\x1b[4:3m\x1b7\x1b[0m\x1b[5;1H\n\n\n\x1b8here');
  expect(line(1)).toBe('  here');
  expect(cell(1, 2).getUnderlineStyle()).toBe(3);
});

it.each([
  ['cells', '\x1b[1;4H\x1b[@'],
  ['text', '\x1b[4h\x1b[1;4Hx'],
  ['columns', "\x1b[1;4H\x1b['}"],
])('where %s are inserted into a wide character nothing of it is left', async (_, output) => {
  await write(`漢字漢${output}`);
  const widths = Array.from({ length: 20 }, (_, column) => cell(0, column).getWidth());
  expect(widths.filter((width) => width === 0)).toHaveLength(
    widths.filter((width) => width === 2).length,
  );
  expect(line(0)).toMatch(/^漢 [ x] 漢$/);
});

it('an underline goes back to the colour of its text', async () => {
  await write('\x1b[31;4;58:5:2mx\x1b[59my');
  expect([0, 1].map((column) => cell(0, column).getUnderlineColor())).toEqual([2, 1]);
});

it('a link is known as long as something of it is on the screen', async () => {
  await write('\x1b]8;;https://example.com/\x07one\x1b[2Jtwo\x1b]8;;\x07 no');
  const at = terminal.buffer.active.cursorX - 4;
  expect(linkOf(terminal, cell(0, at))?.uri).toBe('https://example.com/');
  expect(linkOf(terminal, cell(0, at + 2))).toBeUndefined();
});

it('a link of ten thousand characters leads nowhere, and of many only the newest are kept', async () => {
  await write(`\x1b]8;;https://example.com/${'a'.repeat(10_000)}\x07x`);
  expect(linkOf(terminal, cell(0, 0))?.uri).toBe('nowhere:');
  const many = Array.from(
    { length: 6000 },
    (_, n) => `\x1b]8;;https://example.com/${n}\x07\x1b[2;1Hx`,
  );
  await write(`\x1b[1;1H\x1b]8;;https://example.com/first\x07x${many.join('')}`);
  expect(linkOf(terminal, cell(0, 0))?.uri).toBe('nowhere:');
  expect(linkOf(terminal, cell(1, 0))?.uri).toBe('https://example.com/5999');
});

it('a mark without a character before it has a cell of its own', async () => {
  await write('a\x1b[m\u0301b');
  expect([0, 1, 2].map((column) => cell(0, column).getChars())).toEqual(['a', '\u0301', 'b']);
});

function write(data: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => terminal.write(data, resolve));
}

function line(row: number): string {
  const { active } = terminal.buffer;
  return active.getLine(active.baseY + row)?.translateToString(true) ?? '';
}

function cell(row: number, column: number) {
  const { active } = terminal.buffer;
  const found = active.getLine(active.baseY + row)?.getCell(column);
  if (found === undefined) throw new Error('there is no such cell');
  return found as typeof found & Attributes;
}
