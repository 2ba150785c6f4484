import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { silentLogger } from '../../main/base/logger.ts';
import { openHub } from '../../main/hub/hub.ts';
import type { LogStore } from '../../main/hub/log-store.ts';
import { TestClock } from '../harness/clock.ts';
import { afterTurn, seededRandom } from '../harness/hub.ts';
import { newLogPath, openLog } from '../harness/hub-files.ts';
import { toyFeature } from '../harness/hub-toy.ts';
import { rounds } from '../harness/rounds.ts';

const program = fileURLToPath(new URL('../fixtures/write-load/main.ts', import.meta.url));
const kills = rounds(2, 200);

/** Lets it write until so many commands are acknowledged, kills it, and returns all that it acknowledged. */
async function writeUntilKilled(file: string, round: number, acks: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, file, `round${round}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === acks) child.kill('SIGKILL');
  }
  await closed;
  expect(child.signalCode, 'it ended by itself').toBe('SIGKILL');
  return acknowledged;
}

function causes(store: LogStore, type: string): string[] {
  const events = store.page({ after: 0, limit: 1_000_000, type });
  return events.map((event) => (type === 'toy.work_ended' ? nameIn(event.data) : event.causeId));
}

function nameIn(data: unknown): string {
  return (data as { name: string }).name;
}

it('LOG-7, EFFECT-2: what was acknowledged before kill -9 is there, once, and its work ends once', async () => {
  const file = await newLogPath();
  const random = seededRandom(Date.now());
  const acknowledged: string[] = [];
  for (let round = 0; round < kills; round++) {
    const acks = 1 + Math.floor(random() * 200);
    const told = await writeUntilKilled(file, round, acks);
    const store = await openLog(file);
    expect(await store.verify(), `round ${round}, killed after ${acks}`).toMatchObject({
      ok: true,
    });
    expect(told.filter((id) => store.receipt('operator', id) === undefined)).toEqual([]);
    acknowledged.push(...told);
    await store.close();
  }
  const store = await openLog(file);
  const written = [...causes(store, 'toy.added'), ...causes(store, 'toy.work_asked')];
  const found = new Set(written);
  expect(found.size, 'written twice').toBe(written.length);
  expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  const clock = new TestClock();
  const hub = await openHub({
    ...{ features: [toyFeature()], store, clock, random: seededRandom(1), log: silentLogger },
  });
  await afterTurn(clock, hub.start());
  await afterTurn(clock, hub.drain());
  expect(causes(store, 'toy.work_ended').sort()).toEqual(causes(store, 'toy.work_asked').sort());
  await hub.stop();
});
