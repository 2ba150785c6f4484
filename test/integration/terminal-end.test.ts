import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import {
  agentSpec,
  commandSpec,
  createTestHost,
  isAlive,
  ScreenViewer,
} from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

let host: Terminals;

beforeEach(() => {
  host = createTestHost();
});

afterEach(() => host.dispose());

it('a program that is asked to end, ends', async () => {
  const { pid } = await host.open(agentSpec('a.1', 'forever'));
  const viewer = await ScreenViewer.attach(host, 'a.1');
  await host.end('a.1', 60_000);
  expect(await isAlive(pid)).toBe(false);
  expect(viewer.exit).toMatchObject({
    id: 'a.1',
    exitCode: null,
    signal: expect.stringMatching(/SIG(HUP|TERM)/),
  });
  await host.end('a.1', 60_000);
});

it.each(['in its session', 'detached'])(
  'a tree that ignores every polite signal is gone too, offspring %s',
  async (how) => {
    await host.open(agentSpec('a.1', 'stubborn', '2', how));
    const pids = await pidsOnScreen(3);
    await host.end('a.1', 50);
    expect(await alive(pids)).toEqual([]);
  },
);

it('what a program leaves behind when it ends by itself is ended', async () => {
  await host.open(commandSpec('a.1', '/bin/sh', '-ic', 'sleep 1000 & echo pid $!; exec sleep 0'));
  const pids = await pidsOnScreen(1);
  await waitFor('the leftover to go', async () => (await alive(pids)).length === 0);
});

it('a stopped program can be ended', async () => {
  const { pid } = await host.open(agentSpec('a.1', 'forever'));
  await pidsOnScreen(1);
  process.kill(pid, 'SIGSTOP');
  await host.end('a.1', 60_000);
  expect(await isAlive(pid)).toBe(false);
});

it('a flooding program that is held up can be ended', async () => {
  const { pid } = await host.open(agentSpec('a.1', 'floods'));
  const viewer = await ScreenViewer.attach(host, 'a.1', { mode: 'deaf' });
  await waitFor(
    'it to be held up',
    () => viewer.receivedBytes > 256 * 1024 || viewer.receivedBytes,
  );
  await host.end('a.1', 5000);
  expect(await isAlive(pid)).toBe(false);
  await waitFor('the exit', () => viewer.exit);
});

it('ending or forgetting what is not there is no error', async () => {
  await host.end('none.1', 10);
  await host.forget('none.1');
});

function pidsOnScreen(count: number): Promise<number[]> {
  return waitFor(`${count} pids on the screen`, async () => {
    const { text } = await host.text('a.1');
    const pids = [...text.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));
    return pids.length === count ? pids : new Error(text);
  });
}

async function alive(pids: number[]): Promise<number[]> {
  const living = await Promise.all(pids.map(isAlive));
  return pids.filter((_, index) => living[index]);
}
