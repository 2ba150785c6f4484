import { expect, it } from 'vitest';
import { TestClock } from '../../test/harness/clock.ts';
import { Batch } from './batch.ts';
import { Flow } from './flow.ts';
import {
  batchBytes,
  batchMs,
  echoMs,
  highWaterBytes,
  lagMs,
  lowWaterBytes,
  repauseMs,
} from './limits.ts';
import { Viewer } from './viewer.ts';

it('the program waits above the high mark, until everybody is below the low one', () => {
  const { flow, said, set } = createFlow();
  set(highWaterBytes);
  set(highWaterBytes + 1);
  set(lowWaterBytes);
  expect(said).toEqual(['pause']);
  set(lowWaterBytes - 1);
  expect([flow.isPaused, said]).toEqual([false, ['pause', 'resume']]);
});

it('a pause is said again while it lasts, and not after', () => {
  const { clock, said, set } = createFlow();
  set(highWaterBytes + 1);
  clock.advance(2 * repauseMs);
  expect(said).toEqual(['pause', 'held up', 'pause', 'held up', 'pause']);
  set(0);
  clock.advance(10 * repauseMs);
  expect(said.at(-1)).toBe('resume');
});

it('once let go, a program never waits again', () => {
  const { flow, said, set } = createFlow();
  set(highWaterBytes + 1);
  flow.open();
  set(highWaterBytes * 2);
  expect(said).toEqual(['pause', 'resume']);
});

it('a viewer is dead when it holds the program up and parses nothing for long', () => {
  const { viewer, clock } = createViewer();
  viewer.send(new Uint8Array(highWaterBytes + 1));
  clock.advance(lagMs - 1);
  viewer.acknowledge(1);
  clock.advance(lagMs - 1);
  expect(viewer.isDead()).toBe(false);
  clock.advance(1);
  expect(viewer.isDead()).toBe(true);
  viewer.lag();
  expect([viewer.unparsedBytes, viewer.canRejoin()]).toEqual([0, false]);
  viewer.acknowledge(highWaterBytes + 1);
  expect(viewer.canRejoin()).toBe(true);
});

it('a viewer that long had nothing to parse is not dead when much comes', () => {
  const { viewer, clock } = createViewer();
  clock.advance(10 * lagMs);
  viewer.send(new Uint8Array(highWaterBytes));
  expect(viewer.isDead()).toBe(false);
});

it('reports that are late, doubled, too large or no numbers do no harm', () => {
  const { viewer } = createViewer();
  viewer.send(new Uint8Array(100));
  for (const parsed of [50, 20, 50, Number.NaN, -1]) viewer.acknowledge(parsed);
  expect(viewer.unparsedBytes).toBe(50);
  viewer.acknowledge(1e9);
  viewer.send(new Uint8Array(10));
  expect(viewer.unparsedBytes).toBe(10);
});

it('output is collected for a moment, an echo and a full piece go out at once', () => {
  const clock = new TestClock();
  const sent: number[] = [];
  const batch = new Batch(clock, (bytes) => sent.push(bytes.length));
  batch.push(new Uint8Array(10));
  batch.push(new Uint8Array(20));
  clock.advance(batchMs - 1);
  expect(sent).toEqual([]);
  clock.advance(1);
  expect(sent).toEqual([30]);
  batch.push(new Uint8Array(batchBytes));
  batch.expectEcho();
  batch.push(new Uint8Array(5));
  expect(sent).toEqual([30, batchBytes, 5]);
  clock.advance(echoMs + 1);
  batch.push(new Uint8Array(6));
  expect(sent).toEqual([30, batchBytes, 5]);
});

it('no piece is larger than 64 KiB, and none overtakes', () => {
  const sent: number[] = [];
  const batch = new Batch(new TestClock(), (bytes) => sent.push(bytes.length));
  batch.push(new Uint8Array(10));
  batch.push(new Uint8Array(2 * batchBytes + 1));
  expect(sent).toEqual([10, batchBytes, batchBytes, 1]);
});

function createFlow() {
  const clock = new TestClock();
  const said: string[] = [];
  let unparsed = 0;
  const flow = new Flow({
    clock,
    unparsedBytes: () => unparsed,
    pause: () => said.push('pause'),
    resume: () => said.push('resume'),
    onHeldUp: () => said.push('held up'),
  });
  const set = (bytes: number) => {
    unparsed = bytes;
    flow.check();
  };
  return { clock, flow, said, set };
}

function createViewer() {
  const clock = new TestClock();
  const viewer = new Viewer(
    { onRestore() {}, onData() {}, onExit() {} },
    { cols: 80, rows: 24 },
    clock,
  );
  viewer.goLive({ data: '', cols: 80, rows: 24 });
  return { viewer, clock };
}
