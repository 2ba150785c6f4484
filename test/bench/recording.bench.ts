// What recording costs: a flood through a terminal that is recorded beside one that is not; and what reading one costs:
// its first page, its last screen, and a part of it looked through for a text that it never had.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRecordings } from '../../main/adapters/recordings.ts';
import { systemClock } from '../../main/base/clock.ts';
import { lastScreenOf } from '../../main/terminal-host/recording/last-screen.ts';
import { maskSecrets } from '../../main/terminal-host/recording/secrets.ts';
import { agentSpec, createTestHost } from '../harness/terminals.ts';
import type { Bench } from './bench.ts';
import { median } from './load.ts';
import { longestStall } from './stall.ts';

/** 11 MB: within what is recorded of a burst, and more than one file. */
const lines = 200_000;
const rounds = 5;
const megabyte = 1024 * 1024;

export const bench: Bench = {
  name: 'recording',
  async run() {
    const folder = path.join(await mkdtemp(path.join(tmpdir(), 'musher-bench-')), 'recordings');
    const [plain, recorded, unmasked] = [[], [], []] as [number[], number[], number[]];
    await flood();
    for (let round = 0; round < rounds; round++) {
      plain.push(await flood());
      recorded.push(await flood({ folder, name: `flood.${round}`, maskSecrets: true }));
      unmasked.push(await flood({ folder, name: `plain.${round}`, maskSecrets: false }));
    }
    const limit = median(plain);
    const ratio = (times: number[]) => ({
      value: median(times),
      limit,
      ratio: median(times) / limit,
    });
    const reading = await readingCost(folder);
    await rm(path.dirname(folder), { recursive: true });
    return [
      { name: 'recording.flood', unit: 'ms', ...ratio(recorded) },
      { name: 'recording.flood.unmasked', unit: 'ms', ...ratio(unmasked) },
      { name: 'recording.mask', value: maskRate(), unit: 'MB/s' },
      ...reading,
    ];
  },
};

/** From the start of the program until its recording is on the disk. */
async function flood(recording?: { folder: string; name: string; maskSecrets: boolean }) {
  const host = createTestHost();
  const ended = new Promise<void>((resolve) => host.onExit(() => resolve()));
  const startMs = performance.now();
  await host.open({
    ...agentSpec('flood.1', 'floods', String(lines)),
    ...(recording && { recording }),
  });
  await ended;
  await host.dispose();
  return performance.now() - startMs;
}

async function readingCost(folder: string) {
  const recordings = createRecordings({ folder, clock: systemClock });
  const [key] = await recordings.list('flood');
  if (key === undefined) throw new Error('nothing was recorded');
  const openMs = await timed(async () => {
    await recordings.detail(key);
    await recordings.page(key, { part: 1, at: 0 });
  });
  const find = { text: 'no such text', part: 1, afterMs: -1 };
  const { signal } = new AbortController();
  const findMs = await timed(() => recordings.find(key, find, signal));
  const stall = await longestStall(async () => void (await recordings.find(key, find, signal)));
  const name = `${key.agent}.${key.session}`;
  const lastMs = await timed(() => lastScreenOf({ folder, name, clock: systemClock }));
  return [
    { name: 'recording.open', value: openMs, unit: 'ms' },
    { name: 'recording.find', value: findMs, unit: 'ms a part' },
    { name: 'recording.find.stall', value: stall, unit: 'ms', limit: 20, ratio: stall / 20 },
    { name: 'recording.lastScreen', value: lastMs, unit: 'ms' },
  ];
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await run();
  return performance.now() - startMs;
}

function maskRate(): number {
  const line = '\x1b[32mline 12345\x1b[0m the quick brown fox jumps over https://example.com/a\r\n';
  const text = line.repeat(Math.ceil((4 * megabyte) / line.length));
  const startMs = performance.now();
  maskSecrets(text);
  return text.length / megabyte / ((performance.now() - startMs) / 1000);
}
