import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blankTerminal } from '../../../test/harness/recordings.ts';
import { OutputText } from './utf8.ts';

it.each([
  ['a character in two chunks', [[0xe2, 0x82], [0xac]], '€'],
  ['one in four', [[0xf0], [0x9f], [0x91], [0x8d, 0x41]], '👍A'],
  ['bytes that are none', [[0x41, 0xff, 0xfe, 0x42]], 'AB'],
  ['a beginning without its end', [[0xe2, 0x28, 0xa1, 0x41]], '(A'],
  [
    'a sign for bad bytes that the program printed itself',
    [
      [0xff, 0xef, 0xbf],
      [0xbd, 0xff],
    ],
    '\ufffd',
  ],
  ['half a surrogate pair', [[0xed, 0xa0, 0x80, 0x41]], 'A'],
])('%s', (_, chunks, expected) => {
  const text = new OutputText();
  expect(chunks.map((chunk) => text.push(Uint8Array.from(chunk))).join('')).toBe(expected);
});

it('what the output had begun elsewhere is forgotten', () => {
  const text = new OutputText();
  text.push(Uint8Array.of(0xe2, 0x82));
  text.reset();
  expect(text.push(Uint8Array.of(0xac, 0x41))).toBe('A');
});

it('of any bytes in any chunks, a screen shows the same as of the bytes', async () => {
  const byte = fc.oneof(
    fc.integer({ min: 0x80, max: 0xff }),
    fc.constantFrom(0x41, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x91, 0x8d, 0xef, 0xbf, 0xbd),
  );
  // C1 controls are left out: they are the parser's, and the same for both.
  const chunks = fc.array(fc.array(byte, { maxLength: 12 }), { maxLength: 6 });
  const inText = (rows: number[][]) =>
    rows.flat().every((one, at, all) => one !== 0xc2 || (all[at + 1] ?? 0) >= 0xa0);
  await fc.assert(
    fc.asyncProperty(chunks.filter(inText), async (rows) => {
      const text = new OutputText();
      const bytes = rows.map((row) => Uint8Array.from(row));
      expect(await shown(bytes.map((chunk) => text.push(chunk)))).toBe(await shown(bytes));
    }),
    { numRuns: 100 },
  );
});

async function shown(parts: ReadonlyArray<string | Uint8Array>): Promise<string> {
  const terminal = blankTerminal({ cols: 80, rows: 4 });
  for (const part of parts) terminal.write(part);
  await new Promise<void>((resolve) => terminal.write('', resolve));
  const line = terminal.buffer.active.getLine(0)?.translateToString(true) ?? '';
  terminal.dispose();
  return line;
}
