import { expect, it } from 'vitest';
import { TestClock } from '../../test/harness/clock.ts';
import { InputLane } from './input-lane.ts';
import { enterDelayMs, maxInputBytes } from './limits.ts';

it('Enter comes apart from the text, and what follows comes apart from Enter', async () => {
  const { lane, clock, written } = createLane();
  const pasted = lane.paste(async () => 'one', true);
  lane.type('typed');
  await turns();
  expect(written).toEqual(['one']);
  clock.advance(enterDelayMs - 1);
  await turns();
  expect(written).toEqual(['one']);
  clock.advance(1);
  expect(await pasted).toBe(true);
  expect(written).toEqual(['one', '\r']);
  clock.advance(enterDelayMs);
  await turns();
  expect(written).toEqual(['one', '\r', 'typed']);
});

it('without Enter nothing waits', async () => {
  const { lane, written } = createLane();
  expect(await lane.paste(async () => 'one', false)).toBe(true);
  await turns();
  lane.type('typed');
  expect(written).toEqual(['one', 'typed']);
});

it('a terminal that ends lets go of who pastes into it', async () => {
  const { lane, written } = createLane();
  const pasted = lane.paste(async () => 'one', true);
  await turns();
  lane.end();
  expect(await pasted).toBe(false);
  expect(written).toEqual(['one']);
});

it('what is typed behind a paste that is stuck has a bound', async () => {
  const { lane, written, dropped } = createLane();
  void lane.paste(() => new Promise(() => {}), true);
  for (let count = 0; count < 5; count++) lane.type('x'.repeat(maxInputBytes / 4));
  expect([written.length, dropped.length]).toEqual([0, 1]);
});

function createLane() {
  const clock = new TestClock();
  const written: string[] = [];
  const dropped: true[] = [];
  const lane = new InputLane({
    clock,
    write: (data) => written.push(data),
    drained: () => Promise.resolve(),
    onDropped: () => dropped.push(true),
  });
  return { lane, clock, written, dropped };
}

/** Lets everything run that only waits for promises. */
async function turns(): Promise<void> {
  for (let count = 0; count < 20; count++) await Promise.resolve();
}
