import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameReader, frameStart } from './frames.ts';

const frame = fc.record({
  head: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
  body: fc.uint8Array({ maxLength: 300 }),
});

function bytesOf({ head, body }: { head: object; body: Uint8Array }): Buffer {
  return Buffer.concat([frameStart(head, body.length), body]);
}

it('frames come out as they went in, wherever the stream was cut', () => {
  fc.assert(
    fc.property(fc.array(frame), fc.integer({ min: 1, max: 64 }), (frames, pieceBytes) => {
      const stream = Buffer.concat(frames.map(bytesOf));
      const reader = new FrameReader(1 << 20);
      const out = [];
      for (let at = 0; at < stream.length; at += pieceBytes)
        out.push(...reader.push(stream.subarray(at, at + pieceBytes)));
      const plain = (all: readonly { head: object; body: Uint8Array }[]) =>
        all.map(({ head, body }) => [JSON.stringify(head), Buffer.from(body).toString('hex')]);
      expect(plain(out)).toEqual(plain(frames));
    }),
  );
});

it.each([
  ['a length beyond the bound', [0xff, 0xff, 0xff, 0x7f]],
  ['a length that has no room for a head', [3, 0, 0, 0]],
  ['a head longer than its frame', [6, 0, 0, 0, 9, 0, 0, 0, 0x7b, 0x7d]],
  ['a head that is no JSON', [6, 0, 0, 0, 2, 0, 0, 0, 0x7b, 0x7b]],
  ['a head that is no object', [5, 0, 0, 0, 1, 0, 0, 0, 0x37]],
])('%s is no frame', (_what, bytes) => {
  expect(() => new FrameReader(1 << 20).push(Uint8Array.from(bytes))).toThrow();
});
