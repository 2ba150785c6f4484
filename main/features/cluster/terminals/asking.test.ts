import { describe, expect, it } from 'vitest';
import { screenBytes, windowBytes } from '../../../../preload/contract/watch-frames.ts';
import { linkPair } from '../../../../test/harness/played-link.ts';
import { watchWorld as world } from '../../../../test/harness/watch-world.ts';

describe('what a node sends and may not', () => {
  const piece = (w: number, length: number) => {
    const bytes = new Uint8Array(4 + length);
    new DataView(bytes.buffer).setUint32(0, w);
    return bytes;
  };
  const screen = { k: 'screen', w: 1, cols: 80, rows: 24, bytes: 4 };

  it.each<[string, Array<string | Uint8Array | object>]>([
    ['a text that is no JSON', ['{']],
    ['a malformed word at k', [{ k: 'input', w: 1, data: 'rm' }]],
    ['a malformed word at cols', [{ ...screen, cols: 1e9 }]],
    ['a malformed word at bytes', [{ ...screen, bytes: screenBytes + 1 }]],
    ['a malformed word at signal', [{ k: 'exit', w: 1, exitCode: null, signal: '\u001b[31m' }]],
    ['an answer that nobody waits for', [{ ...screen, w: 7 }]],
    ['an answer that nobody waits for', [piece(7, 1)]],
    ['a text that nobody asked for', [{ k: 'text', w: 1, text: '', cols: 80, rows: 24 }]],
    ['a piece without bytes', [piece(1, 0)]],
    ['a piece of 65537 bytes', [piece(1, 65_537)]],
    ['output before its screen', [piece(1, 1)]],
    ['an end before its screen', [{ k: 'exit', w: 1, exitCode: 0, signal: null }]],
    ['a screen within a screen', [screen, screen]],
    ['more of a screen than was said', [screen, piece(1, 5)]],
    [
      'more output than there is room for',
      [{ ...screen, bytes: 0 }, ...Array.from({ length: 17 }, () => piece(1, 65_536))],
    ],
  ])('%s ends its way, and what was watched there', (reason, messages) => {
    expect(windowBytes).toBe(16 * 65_536);
    const { logged, way, watch } = world();
    const { told } = watch();
    const [near, far] = linkPair();
    way.accept(near);
    for (const one of messages)
      far.send(typeof one === 'string' || one instanceof Uint8Array ? one : JSON.stringify(one));
    expect(told.at(-1)).toBe('NODE_TERMINALS_REFUSED');
    expect(near.closed).toEqual([4400, reason]);
    expect(logged.at(-1)?.fields).toMatchObject({ node: 'n-1', label: 'attic', reason });
  });

  it('screens without end are kept to the newest, until the viewer has parsed one', () => {
    const { way, watch } = world();
    const { told, want } = watch();
    const [near, far] = linkPair();
    way.accept(near);
    for (const letter of ['a', 'b', 'c']) {
      far.send(JSON.stringify({ ...screen, bytes: 1 }));
      far.send(new Uint8Array([...piece(1, 0), letter.charCodeAt(0)]));
    }
    expect(told).toEqual(['80x24 a']);
    way.parsed(want, 0);
    expect(told).toEqual(['80x24 a', '80x24 c']);
  });
});
