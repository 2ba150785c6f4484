import { Unicode11Addon } from '@xterm/addon-unicode11';
import type { Terminal } from '@xterm/headless';
import { expect, it } from 'vitest';
import { applyCellWidths } from '../../preload/contract/cell-width.ts';
import { guardParser } from '../../preload/contract/xterm/guard.ts';
import { createHeadless } from './headless.ts';
import { cellSequence } from './screen-cells.ts';
import { linkOf, type Attributes } from './xterm-inside.ts';

const [cols, rows] = [20, 4];

function makeTerminal(): Terminal {
  const terminal = createHeadless({ cols, rows, scrollback: 500, allowProposedApi: true });
  applyCellWidths(terminal, new Unicode11Addon());
  guardParser(terminal, (error) => expect.fail(String(error)));
  return terminal;
}
const write = (terminal: Terminal, data: string) =>
  new Promise<void>((resolve) => terminal.write(data, resolve));

async function restored(output: string, maxBytes: number) {
  const terminal = makeTerminal();
  await write(terminal, output);
  const steps = cellSequence(terminal, terminal.buffer.active, { maxBytes });
  let step = steps.next();
  while (!step.done) step = steps.next();
  const copy = makeTerminal();
  await write(copy, step.value);
  return {
    bytes: Buffer.byteLength(step.value),
    before: linesOf(terminal),
    after: linesOf(copy),
    copy,
  };
}

function linesOf({ buffer: { active } }: Terminal): string[] {
  const lines = Array.from({ length: active.length }, (_, row) => active.getLine(row));
  return lines.map((line) => line?.translateToString(true) ?? '');
}

it('where all of it is too long, the oldest lines are left out', async () => {
  const output = Array.from({ length: 300 }, (_, n) => `\x1b[3${n % 8}mé${n}\r\n`).join('');
  const whole = await restored(output, 1_000_000);
  expect(whole.after).toEqual(whole.before);
  const part = await restored(output, 1_000);
  expect(part.bytes).toBeLessThanOrEqual(1_000);
  expect(part.after.length).toBeGreaterThan(30);
  expect(part.after).toEqual(part.before.slice(-part.after.length));
});

it('a line that goes on beyond the edge is cut where what is left begins', async () => {
  const part = await restored(`${'x'.repeat(3_000)}end`, 500);
  expect(part.bytes).toBeLessThanOrEqual(500);
  expect(part.after.slice(-rows)).toEqual(part.before.slice(-rows));
});

it('where the screen alone is too long its links are left out, and what it shows is whole', async () => {
  const link = (n: number) => `\x1b]8;;https://example.com/${'y'.repeat(300)}${n}\x07`;
  const line = Array.from({ length: cols }, (_, n) => `${link(n)}\x1b[3${n % 8}ma`).join('');
  const some = await restored(line.repeat(6), 100_000);
  expect(linkAt(some.copy)).toContain('https://example.com/y');
  const none = await restored(line.repeat(6), 10_000);
  expect(none.after).toEqual(none.before.slice(-rows));
  expect(none.bytes).toBeLessThan(10_000);
  expect(linkAt(none.copy)).toBeUndefined();
});

function linkAt(terminal: Terminal): string | undefined {
  const cell = terminal.buffer.active.getLine(0)?.getCell(0) as unknown as Attributes;
  return linkOf(terminal, cell)?.uri;
}
