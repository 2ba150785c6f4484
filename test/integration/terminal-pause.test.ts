// A terminal's program is held with all that it started, and goes on as if nothing had been.

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { listProcesses, type ProcessRow } from '../../main/terminal-host/process-list.ts';
import { refusedWith } from '../harness/hub.ts';
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

/** All processes of its session. */
async function session(pid: number): Promise<ProcessRow[]> {
  return (await listProcesses()).filter((row) => row.session === pid);
}

async function shell(): Promise<{ pid: number; viewer: ScreenViewer }> {
  const spec = commandSpec('a.1', '/bin/bash', '--norc', '--noprofile', '-i');
  const { pid } = await host.open({ ...spec, env: { ...spec.env, PS1: 'now> ' } });
  const viewer = await ScreenViewer.attach(host, 'a.1');
  await waitFor('its prompt', () => viewer.output.includes('now> '));
  return { pid, viewer };
}

function untilStopped(pid: number, count: number): Promise<unknown> {
  return waitFor(`${count} stopped processes`, async () => {
    const stopped = (await session(pid)).filter((row) => row.isStopped);
    return stopped.length === count || `stopped: ${stopped.map(({ pid: one }) => one).join(' ')}`;
  });
}

it('a program and what it started are held, and go on', async () => {
  const { pid } = await host.open(agentSpec('a.1', 'busy'));
  const viewer = await ScreenViewer.attach(host, 'a.1');
  await waitFor('output', () => viewer.output.includes('line 3'));
  await host.pause('a.1');
  await host.pause('a.1');
  await untilStopped(pid, 1);
  expect(await host.list()).toMatchObject([{ id: 'a.1', isPaused: true }]);
  await host.resume('a.1');
  const before = viewer.output.length;
  await waitFor('more output', () => viewer.output.length > before + 1_000);
  expect((await host.list())[0]).not.toHaveProperty('isPaused');
  await host.resume('a.1');
});

it('a job of a shell is still its job afterwards, and reads what is typed', async () => {
  const { pid, viewer } = await shell();
  viewer.type('cat\r');
  await waitFor('the job', async () => (await session(pid)).length === 2);
  await host.pause('a.1');
  await untilStopped(pid, 2);
  await host.resume('a.1');
  viewer.type('hello\r');
  await waitFor('its answer', () => viewer.output.match(/hello/g)?.length === 2);
  expect(viewer.output).not.toMatch(/Stopped/);
});

it('a job that somebody suspended stays suspended', async () => {
  const { pid, viewer } = await shell();
  viewer.type('sleep 1000\r');
  await waitFor('the job', async () => (await session(pid)).length === 2);
  // A shell that has not yet handed the terminal over takes the key itself, and ignores it.
  await waitFor('its suspension', () => {
    if (!viewer.output.includes('Stopped')) viewer.type('\x1a');
    return viewer.output.includes('Stopped');
  });
  await host.pause('a.1');
  await untilStopped(pid, 2);
  await host.resume('a.1');
  viewer.type('jobs -s\r');
  await waitFor('the list of jobs', () => viewer.output.match(/Stopped/g)?.length === 2);
});

it('nothing is typed into it meanwhile, by whomever', async () => {
  await host.open(agentSpec('a.1', 'echo'));
  const viewer = await ScreenViewer.attach(host, 'a.1');
  await waitFor('it to be ready', () => viewer.output.includes('ready'));
  await host.pause('a.1');
  await refusedWith('AGENT_PAUSED', host.paste('a.1', 'pasted', false));
  viewer.type('typed');
  await host.resume('a.1');
  viewer.type('kept');
  await waitFor('what came after', () => viewer.output.includes('<kept>'));
  expect(viewer.output).not.toMatch(/pasted|typed/);
});

it('its end is asked for as of any other: it sees the signal and ends itself', async () => {
  const script = `process.on('SIGTERM', () => { console.log('saw it'); process.exit(7); });
    process.on('SIGHUP', () => {}); setInterval(() => {}, 1000); console.log('ready');`;
  const { pid } = await host.open(commandSpec('a.1', process.execPath, '-e', script));
  const viewer = await ScreenViewer.attach(host, 'a.1');
  await waitFor('it to be ready', () => viewer.output.includes('ready'));
  await host.pause('a.1');
  await untilStopped(pid, 1);
  await host.end('a.1', 60_000);
  expect(await isAlive(pid)).toBe(false);
  expect(viewer).toMatchObject({ exit: { exitCode: 7 } });
  expect(viewer.output).toContain('saw it');
  await refusedWith('TERMINAL_GONE', host.pause('a.1'));
});
