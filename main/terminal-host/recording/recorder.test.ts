import { beforeEach, describe, expect, it } from 'vitest';
import { TestClock, turn } from '../../../test/harness/clock.ts';
import { diskError, memoryDisk, outputOf, readCast } from '../../../test/harness/recordings.ts';
import { silentLogger } from '../../base/logger.ts';
import type { Screen } from '../mirror.ts';
import { burstBytes, maxWaitingChars, partBytes } from './limits.ts';
import { Recorder, type RecorderState } from './recorder.ts';

const size = { cols: 80, rows: 24 };
const exit = { id: 'a.1', exitCode: 0, signal: null };
const screen = (data: string): Screen => ({ ...size, data });
const mebi = 1024 * 1024;

let clock: TestClock;
let disk: ReturnType<typeof memoryDisk>;
let told: string[];
/** Who waits for a screen; answered by hand. */
let takers: Array<(screen: Screen | undefined) => void>;
let tail: string;

beforeEach(() => {
  clock = new TestClock();
  disk = memoryDisk();
  told = [];
  takers = [];
  tail = '';
});

function start({
  maskSecrets = false,
  from = undefined as RecorderState | undefined,
} = {}): Recorder {
  return new Recorder({
    from,
    recording: { folder: '/r', name: 'a.1', maskSecrets },
    size,
    clock,
    log: { ...silentLogger, warn: (_, message) => told.push(message) },
    files: disk,
    takeScreen: (onTaken) => takers.push(onTaken),
    tail: () => Buffer.from(tail),
  });
}

const say = (recorder: Recorder, text: string) => recorder.output(Buffer.from(text));
const parts = () => [...disk.files.values()].map(readCast);

/** Time goes on, and everything that it lets happen is done. */
async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  for (let count = 0; count < 20; count++) await turn();
}

describe('writing', () => {
  it('is one write a second, whatever came, and none where nothing came', async () => {
    const recorder = start();
    await pass(60_000);
    expect([disk.writes, clock.pending()]).toEqual([0, []]);
    for (let count = 0; count < 90; count++) {
      say(recorder, `${count} `);
      await pass(11);
    }
    expect(disk.writes).toBe(0);
    await pass(11);
    expect(disk.writes).toBe(1);
    const [cast] = parts();
    expect(cast?.header).toMatchObject({ ...size, title: 'a.1', atMs: 0, screenBytes: 0 });
    expect(cast?.events.slice(0, 2)).toEqual([
      { atMs: 60_000, code: 'o', text: '0 ' },
      { atMs: 60_011, code: 'o', text: '1 ' },
    ]);
  });

  it('what comes within ten milliseconds is one event, and a new size stands between', async () => {
    const recorder = start();
    say(recorder, 'a');
    await pass(5);
    say(recorder, 'b');
    recorder.resize({ cols: 100, rows: 30 });
    say(recorder, 'c');
    await pass(1000);
    expect(parts()[0]?.events.map(({ code, text }) => [code, text])).toEqual([
      ['o', 'ab'],
      ['r', '100x30'],
      ['o', 'c'],
    ]);
  });

  it('at the end everything is there, and how it ended', async () => {
    const recorder = start();
    say(recorder, 'bye');
    await recorder.end(screen('bye'), { id: 'a.1', exitCode: null, signal: 'SIGKILL' });
    expect(parts()[0]?.events.at(-1)).toMatchObject({ code: 'm', text: 'Ended by SIGKILL' });
    expect([outputOf(parts()[0] ?? { events: [] }), clock.pending()]).toEqual(['bye', []]);
  });

  it('a disk that hangs does not hold the end up for more than two seconds', async () => {
    disk.gate = new Promise(() => undefined);
    const recorder = start();
    say(recorder, 'x');
    const ended = recorder.end(screen('x'), exit);
    await pass(2000);
    await expect(ended).resolves.toBeUndefined();
  });

  it('secrets are hidden before they are written, over the border of two writes as well', async () => {
    const recorder = start({ maskSecrets: true });
    say(recorder, 'token ghp_abcdefghij');
    await pass(1000);
    say(recorder, 'klmnopqrstuvwxyz0123456789 done');
    await pass(1000);
    expect(outputOf(parts()[0] ?? { events: [] })).toBe(`token ghp_${'*'.repeat(36)} done`);
  });
});

describe('a file that is full', () => {
  async function fill(recorder: Recorder): Promise<void> {
    for (let count = 0; count < 8; count++) {
      say(recorder, 'x'.repeat(mebi));
      await pass(0);
    }
  }

  it('is followed by one that begins with the screen, and with what came meanwhile behind it', async () => {
    const recorder = start();
    tail = '\x1b[3';
    await fill(recorder);
    say(recorder, '1mred');
    takers[0]?.(screen('the screen'));
    await pass(1000);
    const [first, second] = parts();
    expect(outputOf(first ?? { events: [] })).toHaveLength(8 * mebi);
    expect(second?.events.map(({ text }) => text)).toEqual(['the screen', '\x1b[3', '1mred']);
    const lines = [...disk.files.values()][1]?.split('\n') ?? [];
    const screenBytes = `${lines[1]}\n${lines[2]}\n`.length;
    expect(second?.header).toMatchObject({ missing: undefined, screenBytes });
  });

  it('whose screen alone is larger is still not followed by one for each write', async () => {
    const recorder = start();
    await fill(recorder);
    takers[0]?.(screen('y'.repeat(partBytes + 10)));
    for (let count = 0; count < 5; count++) {
      say(recorder, 'z');
      await pass(1000);
    }
    expect([takers.length, disk.files.size]).toEqual([1, 2]);
  });

  it('when the terminal ends before its screen is taken, nothing hangs', async () => {
    const recorder = start();
    await fill(recorder);
    takers[0]?.(undefined);
    await recorder.end(screen('last'), exit);
    expect(parts()[1]?.events.map(({ text }) => text)).toEqual(['last', 'Ended with exit code 0']);
  });
});

describe('a disk that takes nothing', () => {
  it('is told once, and recording goes on when it can, with the screen and a mark', async () => {
    const recorder = start();
    say(recorder, 'kept');
    await pass(1000);
    disk.trouble = diskError('ENOSPC');
    say(recorder, 'lost');
    await pass(1000);
    say(recorder, 'lost too');
    // Tried again after 5, 10 and 20 seconds; each try takes a screen.
    for (const seconds of [5, 10, 20]) {
      await pass(seconds * 1000);
      takers.at(-1)?.(screen('all of it'));
      await pass(1000);
    }
    expect([told.length, takers.length, disk.files.size]).toEqual([1, 3, 1]);
    disk.trouble = undefined;
    await pass(60_000);
    takers.at(-1)?.(screen('all of it'));
    say(recorder, ' and on');
    await pass(1000);
    const [first, second] = parts();
    expect(outputOf(first ?? { events: [] })).toBe('kept');
    expect(second?.header.missing).toBe('the disk was full');
    expect(second?.events.map(({ code, text }) => [code, text])).toEqual([
      ['o', 'all of it'],
      ['m', 'Output is missing: the disk was full'],
      ['o', ' and on'],
    ]);
  });

  it('of a terminal that ends meanwhile the last screen is kept when there is room again', async () => {
    const recorder = start();
    disk.trouble = diskError('ENOSPC');
    say(recorder, 'lost');
    await pass(1000);
    disk.trouble = undefined;
    await recorder.end(screen('last'), exit);
    expect(parts()[0]?.events.map(({ text }) => text)).toEqual([
      'last',
      'Output is missing: the disk was full',
      'Ended with exit code 0',
    ]);
  });

  it('that is only slow costs what does not fit into memory, and nothing grows', async () => {
    let open: () => void = () => undefined;
    disk.gate = new Promise((resolve) => (open = resolve));
    const recorder = start();
    for (let count = 0; count < 20; count++) say(recorder, 'x'.repeat(mebi));
    open();
    await pass(5000);
    takers.at(-1)?.(screen('now'));
    await pass(1000);
    const [first, second] = parts();
    expect(outputOf(first ?? { events: [] }).length).toBeLessThanOrEqual(maxWaitingChars);
    expect(second?.header.missing).toBe('the disk is too slow');
  });
});

it('a program that writes without end is recorded in part: a burst, then a screen now and then', async () => {
  const recorder = start();
  const seconds = 20;
  for (let second = 0; second < seconds; second++) {
    for (let count = 0; count < 4; count++) {
      say(recorder, 'x'.repeat(mebi));
      for (const take of takers.splice(0)) take(screen('now'));
      await pass(250);
    }
  }
  const casts = parts();
  const written = casts.reduce((sum, cast) => sum + outputOf(cast).length, 0);
  expect(written).toBeGreaterThan(burstBytes / 2);
  expect(written).toBeLessThan(burstBytes + (seconds + 4) * mebi);
  const missing = new Set(casts.map(({ header }) => header.missing));
  expect(missing).toEqual(new Set([undefined, 'more came than is recorded']));
  expect(told).toEqual([]);
});

describe('one that another process goes on with', () => {
  it('has all that was said in its file; the next begins with the screen, and its time goes on', async () => {
    const first = start();
    say(first, 'before');
    await pass(400);
    const from = JSON.parse(JSON.stringify(first.suspend())) as RecorderState;
    say(first, 'nobody hears this');
    await Promise.all([first.suspended(), pass(100)]);
    tail = '\x1b[3';
    const next = start({ from });
    say(next, 'nor this');
    next.goOn();
    say(next, '1mafter');
    takers.shift()?.(screen('shown'));
    await pass(1000);
    const [one, other] = parts();
    expect(parts().length).toBe(2);
    expect(outputOf(one ?? { events: [] })).toBe('before');
    expect(outputOf(other ?? { events: [] })).toBe('shown\x1b[31mafter');
    expect(other?.header).toMatchObject({ atMs: 500, missing: undefined });
    expect(next.recordedAt).toEqual(first.recordedAt);
  });

  it('hides a secret that was cut by it', async () => {
    const first = start({ maskSecrets: true });
    say(first, 'token ghp_0123456789abcdef');
    const from = first.suspend();
    await Promise.all([first.suspended(), pass(0)]);
    const next = start({ maskSecrets: true, from });
    next.goOn();
    say(next, 'ghijklmnopqrstuvwxyz');
    takers.shift()?.(screen(''));
    await pass(1000);
    const said = parts().map(outputOf).join('');
    expect(said).toContain('token ghp_');
    expect(said).not.toMatch(/0123|ghij/);
  });

  it('goes on here when nobody took it, as if its file had been full', async () => {
    const recorder = start();
    say(recorder, 'before');
    recorder.suspend();
    await Promise.all([recorder.suspended(), pass(0)]);
    recorder.goOn();
    takers.shift()?.(screen('shown'));
    say(recorder, ' after');
    await pass(1000);
    expect(parts().map(outputOf)).toEqual(['before', 'shown after']);
    recorder.goOn();
    expect(takers).toEqual([]);
  });
});
