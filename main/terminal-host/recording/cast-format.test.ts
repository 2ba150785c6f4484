import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eventLine,
  headerLine,
  parseEvent,
  parseHeader,
  parseSize,
  type PartHeader,
  plainHeaderLine,
  toPieces,
} from './cast-format.ts';
import { fileNameOf, isRecordingName, parseFileName } from './file-names.ts';
import { eventChars } from './limits.ts';

const header: PartHeader = {
  cols: 80,
  rows: 24,
  startMs: 1_700_000_000_000,
  title: 'backend.3',
  atMs: 1234,
  missing: undefined,
  screenBytes: 7,
};

describe('a header', () => {
  it('is one of asciicast v2, with what joins the files under a key of its own', () => {
    expect(JSON.parse(headerLine(header))).toEqual({
      version: 2,
      width: 80,
      height: 24,
      timestamp: 1_700_000_000,
      title: 'backend.3',
      env: { TERM: 'xterm-256color' },
      musher: { atMs: 1234, screenBytes: 7 },
    });
    expect(JSON.parse(plainHeaderLine(header))).not.toHaveProperty('musher');
  });

  it('is read as it was written', () => {
    expect(parseHeader(headerLine(header))).toEqual(header);
    const missing = { ...header, missing: 'the disk was full' };
    expect(parseHeader(headerLine(missing))).toEqual(missing);
  });

  it.each(['', '{"version":2,"wid', '{"version":1}', '[]', 'null', plainHeaderLine(header)])(
    'that is none of ours is not read: %s',
    (text) => expect(parseHeader(text)).toBeUndefined(),
  );
});

describe('an event', () => {
  it('has its time from the beginning of its file', () => {
    const line = eventLine({ atMs: 2734, code: 'o', text: 'a\x1b[m\n' }, 1234);
    expect(line).toBe('[1.5,"o","a\\u001b[m\\n"]\n');
    expect(parseEvent(line, 1234)).toEqual({ atMs: 2734, code: 'o', text: 'a\x1b[m\n' });
  });

  it.each(['[1.5,"o","tor', '[1.5,"i","x"]', '["1","o","x"]', '{}', '[1,"o"]', '7', ''])(
    'that is none is passed over: %s',
    (text) => expect(parseEvent(text, 0)).toBeUndefined(),
  );
});

it.each([
  ['80x24', { cols: 80, rows: 24 }],
  ['1x0', { cols: 2, rows: 1 }],
  ['9999x9999', { cols: 5000, rows: 5000 }],
  ['80', undefined],
  ['x', undefined],
  ['-1x5', undefined],
])('the size %s is %j', (text, size) => expect(parseSize(text)).toEqual(size));

it('pieces are short, whole, and cut no character', () => {
  const text = fc
    .tuple(fc.nat(3), fc.constantFrom('a👍', '👍', 'é', '日本'), fc.nat(2 * eventChars))
    .map(([before, unit, count]) => 'x'.repeat(before) + unit.repeat(count));
  fc.assert(
    fc.property(text, (all) => {
      const pieces = toPieces(all);
      expect(pieces.join('')).toBe(all);
      for (const piece of pieces) {
        expect(piece.length).toBeLessThanOrEqual(eventChars);
        expect(piece.isWellFormed()).toBe(true);
      }
    }),
  );
});

describe('a file name', () => {
  it('says terminal, beginning and number', () => {
    const key = { name: 'back-end.12', startMs: 1_700_000_000_000, part: 3 };
    expect(fileNameOf(key)).toBe('back-end.12.1700000000000.0003.cast');
    expect(parseFileName(fileNameOf(key))).toEqual(key);
  });

  it.each(['notes.txt', 'a.1.cast', 'a.1.2.3.txt', '../a.1.2.3.cast', 'A.1.2.3.cast'])(
    'that is none of ours is passed over: %s',
    (file) => expect(parseFileName(file)).toBeUndefined(),
  );

  it.each(['../a.1', 'a/b.1', '.1', 'a', ''])('no terminal is called %j', (name) =>
    expect(isRecordingName(name)).toBe(false),
  );
});
