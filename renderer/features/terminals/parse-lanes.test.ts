import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../test/harness/clock.ts';
import { type Lane, ParseLanes } from './parse-lanes.ts';

/** Time that passes by hand, and parsers that are done when told. */
function given() {
  const clock = new TestClock();
  const paints: (() => void)[] = [];
  const lanes = new ParseLanes({
    schedule: (fn, delayMs) => clock.schedule(fn, delayMs),
    afterPaint: (fn) => void paints.push(fn),
  });
  const runAll = (queue: (() => void)[]) => {
    for (const fn of queue.splice(0)) fn();
  };
  return {
    terminal() {
      const fed: string[] = [];
      const dones: (() => void)[] = [];
      const lane = lanes.join((data, done) => {
        fed.push(String(data));
        dones.push(done);
      });
      return { lane, fed, parsed: () => runAll(dones) };
    },
    paint: () => runAll(paints),
    clock,
  };
}

const write = (lane: Lane, data: string, done = () => {}) => lane.write(data, done);

describe('parse lanes', () => {
  it('feeds what comes at once while nobody types', () => {
    const { lane, fed } = given().terminal();
    write(lane, 'a');
    write(lane, 'b');
    expect(fed).toEqual(['a', 'b']);
  });

  it('holds the others from a key until its echo is painted', () => {
    const page = given();
    const [typed, flood] = [page.terminal(), page.terminal()];
    typed.lane.typed();
    write(flood.lane, 'flood');
    write(typed.lane, 'x');
    expect([typed.fed, flood.fed]).toEqual([['x'], []]);
    typed.parsed();
    expect(flood.fed, 'parsed is not painted').toEqual([]);
    page.paint();
    expect(flood.fed).toEqual(['flood']);
    expect(page.clock.pending(), 'timers left').toEqual([]);
  });

  it('holds them no longer than an echo may take, and waits for no program that has not said anything since', () => {
    const page = given();
    const [mute, flood] = [page.terminal(), page.terminal()];
    mute.lane.typed();
    write(flood.lane, 'a');
    page.clock.advance(50);
    expect(flood.fed).toEqual(['a']);
    mute.lane.typed();
    write(flood.lane, 'b');
    expect(flood.fed, 'a held key holds nobody up').toEqual(['a', 'b']);
    write(mute.lane, 'at last');
    mute.parsed();
    mute.lane.typed();
    write(flood.lane, 'c');
    expect(flood.fed, 'it speaks again').toEqual(['a', 'b']);
  });

  it('keeps the order of a lane, and gives a busy parser no more than it can be held back from', () => {
    const page = given();
    const flood = page.terminal();
    const big = 'y'.repeat(64 * 1024);
    const done: string[] = [];
    for (const name of ['1', '2', '3']) write(flood.lane, name + big, () => done.push(name));
    expect(flood.fed).toHaveLength(1);
    flood.parsed();
    flood.parsed();
    flood.parsed();
    expect(done).toEqual(['1', '2', '3']);
    expect(flood.fed.map((data) => data[0])).toEqual(['1', '2', '3']);
  });

  it('lets the next one go first when the keys go elsewhere', () => {
    const page = given();
    const [one, two] = [page.terminal(), page.terminal()];
    one.lane.typed();
    write(two.lane, 'held');
    two.lane.typed();
    expect(two.fed).toEqual(['held']);
    write(one.lane, 'waits now');
    expect(one.fed).toEqual([]);
  });

  it('lets all go on when the one that was typed into leaves, and feeds nothing to one that left', () => {
    const page = given();
    const [gone, flood] = [page.terminal(), page.terminal()];
    gone.lane.typed();
    write(flood.lane, 'flood');
    gone.lane.leave();
    expect(flood.fed).toEqual(['flood']);
    const third = page.terminal();
    third.lane.typed();
    write(flood.lane, 'late');
    flood.lane.leave();
    page.clock.advance(50);
    expect(flood.fed).toEqual(['flood']);
  });
});
