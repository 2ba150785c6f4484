import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../test/harness/clock.ts';
import { type Lane, ParseLanes } from './parse-lanes.ts';

/** Parsers that are done when told. */
function given() {
  const clock = new TestClock();
  const lanes = new ParseLanes(clock);
  return {
    clock,
    terminal() {
      const fed: string[] = [];
      const dones: (() => void)[] = [];
      const lane = lanes.join((data, done) => {
        fed.push(typeof data === 'string' ? data : new TextDecoder().decode(data));
        dones.push(done);
      });
      const parsed = () => {
        while (dones.length > 0) for (const done of dones.splice(0)) done();
      };
      return { lane, fed, parsed, bytes: () => fed.join('').length };
    },
  };
}

const kib = 1024;
const write = (lane: Lane, text: string, done = () => {}) => lane.write(Buffer.from(text), done);

describe('lanes of a page', () => {
  it('what comes is fed at once while nobody types', () => {
    const { lane, fed } = given().terminal();
    write(lane, 'a');
    write(lane, 'b');
    expect(fed).toEqual(['a', 'b']);
  });

  it('what waits is parsed in order and in pieces, and is done when its last one is', () => {
    const flood = given().terminal();
    const done: string[] = [];
    const [one, two] = ['1'.repeat(40 * kib), '2'.repeat(40 * kib)];
    write(flood.lane, one, () => done.push('1'));
    write(flood.lane, two, () => done.push('2'));
    expect(
      flood.fed.map(({ length }) => length),
      'what it has cannot be held',
    ).toEqual([16 * kib, 16 * kib]);
    expect(done).toEqual([]);
    flood.parsed();
    expect(done).toEqual(['1', '2']);
    expect(flood.fed.join('')).toBe(one + two);
  });

  it('a key holds the others until an echo has had its time, and the typist never', () => {
    const { clock, terminal } = given();
    const [typed, flood] = [terminal(), terminal()];
    typed.lane.typed();
    write(flood.lane, 'flood');
    write(typed.lane, 'x');
    expect([typed.fed, flood.fed]).toEqual([['x'], []]);
    clock.advance(49);
    expect(flood.fed).toEqual([]);
    clock.advance(1);
    expect(flood.fed).toEqual(['flood']);
  });

  it('while keys come, all others together have 32 KiB in a turn, ten times a second', () => {
    const { clock, terminal } = given();
    const [typed, one, two] = [terminal(), terminal(), terminal()];
    typed.lane.typed();
    for (const { lane } of [one, two]) write(lane, 'y'.repeat(200 * kib));
    for (const turn of [1, 2, 3]) {
      clock.advance(turn === 1 ? 50 : 100);
      for (const flood of [one, two]) {
        flood.parsed();
        expect(flood.bytes()).toBe(turn * 16 * kib);
      }
    }
  });

  it('a held key puts a turn off to 100 ms and no further', () => {
    const { clock, terminal } = given();
    const [typed, flood] = [terminal(), terminal()];
    typed.lane.typed();
    write(flood.lane, 'flood');
    for (let ms = 0; ms < 90; ms += 30) {
      clock.advance(30);
      typed.lane.typed();
    }
    expect(flood.fed).toEqual([]);
    clock.advance(10);
    expect(flood.fed).toEqual(['flood']);
  });

  it('a second after the last key all go on, and no timer is left', () => {
    const { clock, terminal } = given();
    const [typed, flood] = [terminal(), terminal()];
    typed.lane.typed();
    write(flood.lane, 'y'.repeat(4096 * kib));
    clock.advance(1_050);
    flood.parsed();
    expect(flood.bytes()).toBe(4096 * kib);
    expect(clock.pending()).toEqual([]);
  });

  it('keys that go elsewhere change who waits', () => {
    const { terminal } = given();
    const [one, two] = [terminal(), terminal()];
    one.lane.typed();
    write(two.lane, 'held');
    two.lane.typed();
    expect(two.fed).toEqual(['held']);
    write(one.lane, 'waits now');
    expect(one.fed).toEqual([]);
  });

  it('all go on when the typist leaves, and one that left is fed nothing', () => {
    const { clock, terminal } = given();
    const [gone, flood, third] = [terminal(), terminal(), terminal()];
    gone.lane.typed();
    write(flood.lane, 'flood');
    gone.lane.leave();
    expect(flood.fed).toEqual(['flood']);
    expect(clock.pending()).toEqual([]);
    third.lane.typed();
    write(flood.lane, 'late');
    flood.lane.leave();
    clock.advance(2_000);
    expect(flood.fed).toEqual(['flood']);
  });

  it('a clock that is set back holds nobody', () => {
    const { clock, terminal } = given();
    const [typed, flood] = [terminal(), terminal()];
    typed.lane.typed();
    write(flood.lane, 'flood');
    clock.setWall(clock.now() - 3_600_000);
    clock.advance(100);
    expect(flood.fed).toEqual(['flood']);
  });
});
