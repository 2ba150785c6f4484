import { beforeEach, describe, expect, it } from 'vitest';
import type { RecordedEvent, RecordingPlace } from '../../../preload/contract/recordings.ts';
import { turn } from '../../../test/harness/clock.ts';
import { Playback, type RecordingPage } from './playback.ts';

const size = { cols: 80, rows: 24 };
/** Two parts; the second begins with the screen, which whoever comes from the first passes over. */
const pages: Readonly<Record<string, RecordingPage>> = {
  '1:0': { size, events: [say(0, 'a'), say(100, 'b')], next: { part: 1, at: 50 } },
  '1:50': {
    size,
    events: [{ atMs: 150, code: 'r', text: '90x30' }, say(5000, 'c')],
    next: { part: 2, at: 30 },
  },
  '2:0': { size, events: [say(6000, 'SCREEN'), say(7000, 'd'), say(9000, 'e')] },
  '2:30': { size, events: [say(7000, 'd'), say(9000, 'e')] },
};

function say(atMs: number, text: string): RecordedEvent {
  return { atMs, code: 'o', text };
}

let shown: string[];
let read: string[];
let errors: unknown[];
/** What cannot be read. */
let broken: string | undefined;
let gate: Promise<void>;
let playback: Playback;

beforeEach(async () => {
  shown = [];
  read = [];
  errors = [];
  broken = undefined;
  gate = Promise.resolve();
  playback = new Playback({
    parts: [
      { part: 1, atMs: 0 },
      { part: 2, atMs: 6000 },
    ],
    durationMs: 9000,
    screen: {
      reset: () => void shown.push('reset'),
      resize: ({ cols }) => void shown.push(`${cols} wide`),
      async write(text) {
        if (text !== '') shown.push(text);
      },
    },
    async readPage({ part, at }: RecordingPlace) {
      read.push(`${part}:${at}`);
      await gate;
      const page = pages[`${part}:${at}`];
      if (page === undefined || broken === `${part}:${at}`) throw new Error('gone');
      return page;
    },
    onChange: () => undefined,
    onError: (error) => void errors.push(error),
  });
  await playback.seek(0);
});

/** Time goes by in frames, and whatever they begin is done. */
async function pass(ms: number): Promise<void> {
  for (let frame = 0; frame < ms / 50; frame++) {
    playback.tick(50);
    await turn();
  }
}

const steps = () => shown.splice(0);

describe('playing', () => {
  it('shows what was said when it was said, over pages and parts, and stops at the end', async () => {
    playback.cutsIdle = false;
    expect(steps()).toEqual(['reset', 'a']);
    playback.play();
    await pass(100);
    expect(steps()).toEqual(['b']);
    await pass(100);
    expect(steps()).toEqual(['90 wide']);
    await pass(7000);
    expect(steps()).toEqual(['c', 'd']);
    await pass(3000);
    expect([steps(), playback.isPlaying, playback.positionMs]).toEqual([['e'], false, 9000]);
    expect(read).toEqual(['1:0', '1:50', '2:30']);
  });

  it('is as fast as was asked for', async () => {
    playback.cutsIdle = false;
    playback.speed = 4;
    playback.play();
    await pass(1000);
    expect(playback.positionMs).toBe(4000);
  });

  it('waits no longer than two seconds where nothing happens, when that is cut', async () => {
    playback.play();
    await pass(200);
    steps();
    await pass(1900);
    expect(steps()).toEqual([]);
    await pass(150);
    expect(steps()).toEqual(['c']);
    expect(playback.positionMs).toBeGreaterThanOrEqual(5000);
  });

  it('stands while it is paused, and begins again where it ended', async () => {
    await pass(500);
    expect(playback.positionMs).toBe(0);
    await playback.seek(9000);
    steps();
    playback.play();
    await pass(50);
    expect(steps().slice(0, 2)).toEqual(['reset', 'a']);
  });
});

describe('a jump', () => {
  it('ahead in the same part goes on from where it is', async () => {
    steps();
    await playback.seek(200);
    expect(steps()).toEqual(['b', '90 wide']);
  });

  it('to another part begins with its screen, and reads nothing in between', async () => {
    steps();
    read = [];
    await playback.seek(7500);
    expect([steps(), read]).toEqual([['reset', 'SCREENd'], ['2:0']]);
  });

  it('back begins its part again', async () => {
    await playback.seek(5500);
    steps();
    await playback.seek(120);
    expect(steps()).toEqual(['reset', 'ab']);
  });

  it('that is followed by another before it is there is given up', async () => {
    let open: () => void = () => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    steps();
    const first = playback.seek(8000);
    const second = playback.seek(50);
    open();
    await Promise.all([first, second]);
    expect([steps(), playback.positionMs, playback.isBusy]).toEqual([['reset', 'a'], 50, false]);
  });

  it('lands within the recording', async () => {
    await playback.seek(-5);
    expect(playback.positionMs).toBe(0);
    await playback.seek(99_999);
    expect([playback.positionMs, playback.isAtEnd]).toEqual([9000, true]);
  });
});

it('a page that cannot be read is told once and stops it, and another place can be gone to', async () => {
  broken = '2:30';
  playback.speed = 16;
  playback.play();
  await pass(2000);
  expect([errors, playback.isPlaying]).toEqual([[new Error('gone')], false]);
  steps();
  await playback.seek(0);
  expect(steps()).toEqual(['reset', 'a']);
});
