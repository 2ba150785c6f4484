import { describe, expect, it } from 'vitest';
import type { TrackedMessage } from '../../../preload/contract/messages.ts';
import {
  addArrived,
  addNewer,
  addOlder,
  type MessagePage,
  mostHeld,
  openWindow,
} from './message-window.ts';

function page(
  from: number,
  to: number,
  ways: { more?: boolean; cursor?: number } = {},
): MessagePage {
  const messages = Array.from({ length: Math.max(0, to - from + 1) }, (_, n): TrackedMessage => {
    const seq = from + n;
    return {
      seq,
      atMs: seq,
      type: 'message.sent',
      from: 'operator',
      to: 'a',
      body: '',
      delivery: [],
    };
  });
  return { messages, more: ways.more ?? false, cursor: ways.cursor ?? 0 };
}

const ends = ({ messages }: { messages: readonly TrackedMessage[] }) => [
  messages[0]?.seq,
  messages.at(-1)?.seq,
];

describe('a window on the messages', () => {
  const opened = openWindow(page(901, 1_000, { more: true, cursor: 901 }));

  it('opens at the newest', () => {
    expect(opened).toMatchObject({ older: 901, newer: 1_000, isLive: true });
    expect(openWindow(page(1, 0))).toMatchObject({ older: undefined, newer: 0, isLive: true });
  });

  it('goes back to the first, and lets go of the newest when it holds too much', () => {
    let window = opened;
    for (let to = 900; to > 0; to -= 100)
      window = addOlder(window, page(to - 99, to, { more: to > 100, cursor: to - 99 }));
    expect(ends(window)).toEqual([1, mostHeld]);
    expect(window).toMatchObject({ older: undefined, newer: mostHeld, isLive: false });
  });

  it('comes forward again, without holes, and lets go of the oldest', () => {
    let window = opened;
    for (let to = 900; to > 300; to -= 100)
      window = addOlder(window, page(to - 99, to, { more: true, cursor: to - 99 }));
    expect(ends(window)).toEqual([301, 900]);
    window = addNewer(window, page(901, 1_000, { cursor: 1_000 }));
    expect(ends(window)).toEqual([401, 1_000]);
    expect(window).toMatchObject({ older: 401, newer: 1_000, isLive: true });
  });

  it('takes what has come as long as it has room, and then waits for its reader', () => {
    const taken = addArrived(opened, page(1_003, 1_004, { cursor: 1_010 }));
    expect(taken).toMatchObject({ newer: 1_010, isLive: true });
    expect(ends(taken)).toEqual([901, 1_004]);
    const full = openWindow(page(1, mostHeld));
    expect(addArrived(full, page(601, 601))).toEqual({ ...full, isLive: false });
  });
});
