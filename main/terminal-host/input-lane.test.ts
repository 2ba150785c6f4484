import { describe, expect, it } from 'vitest';
import { TestClock } from '../../test/harness/clock.ts';
import { InputLane } from './input-lane.ts';
import { enterDelayMs, maxInputBytes, pasteMs, showLookMs, unreadMs, unshownMs } from './limits.ts';

it('Enter comes apart from the text, and what follows comes apart from Enter', async () => {
  const { lane, clock, written } = createLane();
  const pasted = lane.paste(pasting('one'), true);
  lane.type('typed');
  await turns();
  expect(written).toEqual(['one']);
  clock.advance(enterDelayMs - 1);
  await turns();
  expect(written).toEqual(['one']);
  clock.advance(1);
  expect(await pasted).toBe('taken');
  expect(written).toEqual(['one', '\r']);
  clock.advance(enterDelayMs);
  await turns();
  expect(written).toEqual(['one', '\r', 'typed']);
});

it.each([
  ['a program with a prompt of its own', true, ['one'], 'unshown'],
  ['any other program', false, ['one', '\r'], 'taken'],
])('Enter for what does not come to the screen, of %s', async (_, mustShow, ...then) => {
  const [expected, outcome] = then;
  const { lane, clock, written } = createLane();
  const pasted = lane.paste(async () => ({ data: 'one', isShown: () => false, mustShow }), true);
  for (let ms = 0; ms < unshownMs; ms += showLookMs) {
    await turns();
    expect(written).toEqual(['one']);
    clock.advance(showLookMs);
  }
  await turns();
  clock.advance(enterDelayMs);
  expect(await pasted).toBe(outcome);
  expect(written).toEqual(expected);
  await turns();
  // Without an Enter there is nothing to keep what follows apart from.
  expect(lane.isBusy).toBe(!mustShow);
});

it('Enter waits for the text to come to the screen', async () => {
  const { lane, clock, written } = createLane();
  let isThere = false;
  const compose = async () => ({ data: 'one', isShown: () => isThere, mustShow: true });
  const pasted = lane.paste(compose, true);
  await turns();
  clock.advance(enterDelayMs * 2);
  await turns();
  expect(written).toEqual(['one']);
  isThere = true;
  clock.advance(showLookMs);
  await turns();
  clock.advance(enterDelayMs);
  expect(await pasted).toBe('taken');
  expect(written).toEqual(['one', '\r']);
});

it('without Enter nothing waits', async () => {
  const { lane, written } = createLane();
  expect(await lane.paste(pasting('one'), false)).toBe('taken');
  await turns();
  lane.type('typed');
  expect(written).toEqual(['one', 'typed']);
});

it('a terminal that ends lets go of who pastes into it', async () => {
  const { lane, written } = createLane();
  const pasted = lane.paste(pasting('one'), true);
  await turns();
  lane.end();
  expect(await pasted).toBe('ended');
  expect(written).toEqual(['one']);
});

it('what is typed behind a paste that is stuck has a bound', async () => {
  const { lane, written, dropped } = createLane();
  void lane.paste(() => new Promise(() => {}), true);
  for (let count = 0; count < 5; count++) lane.type('x'.repeat(maxInputBytes / 4));
  expect([written.length, dropped.length]).toEqual([0, 1]);
});

describe('a program that reads nothing', () => {
  const bracketed = '\x1b[200~one\x1b[201~';

  it('has a paste given up, without its Enter, and what is typed meanwhile comes after', async () => {
    const { lane, clock, kernel, written } = createLane(false);
    const pasted = lane.paste(pasting('one'), true);
    await turns();
    lane.type('typed');
    clock.advance(unreadMs - 1);
    await turns();
    expect(kernel.discards).toBe(0);
    clock.advance(1);
    expect(await pasted).toBe('unread');
    clock.advance(enterDelayMs);
    await turns();
    expect([kernel.discards, written]).toEqual([1, ['one', 'typed']]);
  });

  it('and took a part of it, gets the end of the bracket', async () => {
    const { lane, clock, kernel, written } = createLane(false);
    const pasted = lane.paste(pasting(bracketed), false);
    await turns();
    clock.advance(5);
    kernel.taken = { bytes: 4, atMs: clock.elapsed() };
    clock.advance(unreadMs - 1);
    await turns();
    expect(kernel.discards).toBe(0);
    clock.advance(1);
    expect(await pasted).toBe('unread');
    expect(written).toEqual([bracketed, '\x1b[201~']);
  });

  it('and took nothing of it, gets no end of what did not begin', async () => {
    const { lane, clock, written } = createLane(false);
    const pasted = lane.paste(pasting(bracketed), false);
    await turns();
    clock.advance(unreadMs);
    expect(await pasted).toBe('unread');
    expect(written).toEqual([bracketed]);
  });

  it('lets nobody wait who pastes behind one that is given up', async () => {
    const { lane, clock, written } = createLane(false);
    const all = ['one', 'two', 'three'].map((text) => lane.paste(pasting(text), false));
    await turns();
    clock.advance(unreadMs);
    expect(await Promise.all(all)).toEqual(['unread', 'unread', 'unread']);
    expect(written).toEqual(['one']);
    // Whoever pastes now may be luckier.
    void lane.paste(pasting('four'), false);
    await turns();
    expect(written).toEqual(['one', 'four']);
  });

  it('and yet takes a little all the time, has its time in all', async () => {
    const { lane, clock, kernel } = createLane(false);
    let outcome: unknown;
    void lane.paste(pasting('one'), false).then((is) => {
      outcome = is;
    });
    await turns();
    for (let ms = 0; ms < pasteMs; ms += unreadMs) {
      expect(outcome).toBeUndefined();
      clock.advance(unreadMs - 1);
      kernel.taken = { bytes: ms + 1, atMs: clock.elapsed() };
      clock.advance(1);
      await turns();
    }
    expect(outcome).toBe('unread');
  });
});

const onScreen = { isShown: () => true, mustShow: true };
const pasting = (data: string) => async () => ({ ...onScreen, data });

function createLane(isRead = true) {
  const clock = new TestClock();
  const written: string[] = [];
  const dropped: true[] = [];
  const kernel = { taken: { bytes: 0, atMs: 0 }, discards: 0 };
  const lane = new InputLane({
    clock,
    write: (data) => written.push(data),
    drained: () => (isRead ? Promise.resolve() : new Promise(() => undefined)),
    taken: () => kernel.taken,
    discard: () => {
      kernel.discards += 1;
    },
    onDropped: () => dropped.push(true),
  });
  return { lane, clock, kernel, written, dropped };
}

/** Lets everything run that only waits for promises. */
async function turns(): Promise<void> {
  for (let count = 0; count < 20; count++) await Promise.resolve();
}
