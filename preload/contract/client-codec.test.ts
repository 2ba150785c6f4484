import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClientFrame } from './bridge.ts';
import {
  decodeClientMessage,
  encodeClientFrame,
  fitsMessage,
  maxClientMessageBytes,
} from './client-codec.ts';

const input = (data: string): ClientFrame => ({ k: 'term.input', ch: 1, data });

describe('client messages', () => {
  test('a frame comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeClientMessage(encodeClientFrame(input(text)))).toEqual(input(text));
      }),
    );
  });

  test.each(['a', 'é', '€', '😀', '\ud800'])('one of %j more than fits does not fit', (unit) => {
    const bytes = (text: string) => new TextEncoder().encode(encodeClientFrame(input(text))).length;
    const each = bytes(unit) - bytes('');
    const most = Math.floor((maxClientMessageBytes - bytes('')) / each);
    expect(fitsMessage(input(unit.repeat(most)))).toBe(true);
    expect(fitsMessage(input(unit.repeat(most + 1)))).toBe(false);
  });

  test.each([
    ['no text', new Uint8Array(2)],
    ['no JSON', '{'],
    ['too long', `"${'x'.repeat(maxClientMessageBytes)}"`],
    ['nothing', undefined],
  ])('%s is undefined', (_title, message) => {
    expect(decodeClientMessage(message)).toBeUndefined();
  });
});
