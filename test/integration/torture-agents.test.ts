// Programs that do what no program should: each has a clear state, nothing hangs, nothing is left, and the others go on.

import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { beside, hostState } from '../harness/host-world.ts';
import { rounds } from '../harness/rounds.ts';
import type { Serving } from '../harness/serve.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { agentRecord, makeServeWorld, scriptedAgent, untilAgent } from '../harness/serve-world.ts';
import { isAlive, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let watcher: Terminals;
let neighbour: ScreenViewer;

// One Musher for all: what one of them does is not to reach the others.
beforeAll(async () => {
  world = await makeServeWorld();
  await world.repository.commit('programs', {
    'no-program': 'this is no program\n',
    'lost-interpreter': { run: '#!/no/such/interpreter\n' },
  });
  serving = await world.serve();
  watcher = beside(world.repository.env);
  await add('neighbour', scriptedAgent('echo.mjs'));
  neighbour = await viewerOf('neighbour');
  await waitFor('the neighbour', () => neighbour.text().includes('ready'));
});
afterAll(async () => {
  await watcher.dispose();
  await world.dispose();
});

const sh = (script: string) => ['/bin/bash', '-c', script];
const stays = 'while :; do sleep 0.2; done';

async function add(name: string, command: readonly string[]): Promise<void> {
  await serving.operator.command('agent.add', { name, profile: 'script', command });
}

async function viewerOf(name: string): Promise<ScreenViewer> {
  const { terminalId } = await untilAgent(serving, name, 'running');
  const found = (await watcher.list()).find(({ id }) => id.endsWith(`/${terminalId}`));
  return ScreenViewer.attach(watcher, found?.id ?? '');
}

async function screenOf(agent: string): Promise<string> {
  return (await serving.operator.query<{ text: string }>('agent.screen', { agent })).text;
}

async function untilShown(agent: string, what: RegExp): Promise<string> {
  const [shown] = await waitFor(`${agent} to show ${what}`, async () => {
    const text = await screenOf(agent);
    return what.exec(text) ?? text;
  });
  return shown;
}

/** Whatever it says of its processes, none of them is there. */
async function expectNothingLeft(screen: string): Promise<void> {
  for (const [, pid] of screen.matchAll(/pid (\d+)/g))
    await waitFor(`process ${pid} to be gone`, async () => !(await isAlive(Number(pid))));
}

let keys = 0;
async function expectOthersGoOn(): Promise<void> {
  const key = String.fromCharCode(0x4e00 + keys++);
  neighbour.type(key);
  await waitFor('the echo of the neighbour', () => neighbour.output.includes(`<${key}>`));
}

describe('a program that ends', () => {
  it.each<[string, string[], { code: number | null; signal?: string }, RegExp]>([
    ['at once', scriptedAgent('exits.mjs', '3'), { code: 3 }, /^$/],
    [
      'by a signal of its own',
      sh('echo "pid $$"; kill -9 $$'),
      { code: null, signal: 'SIGKILL' },
      /pid/,
    ],
    [
      'and leaves a child behind',
      sh('sleep 1000 & echo "pid $!"; exec sleep 0'),
      { code: 0 },
      /pid/,
    ],
    [
      'and leaves a child that ignores its hang-up',
      sh(`(trap "" HUP TERM; ${stays}) & echo "pid $!"; disown`),
      { code: 0 },
      /pid/,
    ],
    [
      'and leaves a daemon, of another session and another parent',
      sh(`setsid bash -c '(trap "" HUP TERM; ${stays}) & echo "pid $!"'; echo gone`),
      { code: 0 },
      /pid \d+\s+gone/,
    ],
    [
      'after it let go of its terminal',
      sh(`echo "pid $$"; exec <&- >&- 2>&-; ${stays}`),
      { code: null, signal: 'SIGHUP' },
      /pid/,
    ],
    [
      'with bytes that are no text',
      sh(String.raw`printf 'a\xff\xc3(\xe2\x82\r\n\xf0\x9fok \xed\xa0\x80'`),
      { code: 0 },
      /^a\(\nok$/,
    ],
    [
      'with a NUL, and bells, and half a sequence',
      sh(String.raw`printf 'a\0b\a\a\033['`),
      { code: 0 },
      /^ab$/,
    ],
  ])('%s', async (...row) => {
    const [title, command, exit, screen] = row;
    const name = `ends-${title.replace(/[^a-z]+/g, '-')}`.slice(0, 40).replace(/-$/, '');
    await add(name, command);
    const record = await waitFor('the end', async () => {
      const found = await agentRecord(serving, name);
      return (found.state === 'stopped' && found.exit !== undefined && found) || found.state;
    });
    expect(record.exit).toMatchObject({ signal: null, ...exit, expected: false });
    expect(record.failure).toBeUndefined();
    const shown = await screenOf(name);
    expect(shown).toMatch(screen);
    await expectNothingLeft(shown);
    await expectOthersGoOn();
  });
});

describe('a program that goes on', () => {
  it.each<[string, string[], RegExp]>([
    ['writing without end', scriptedAgent('floods.mjs'), /line \d+/],
    ['painting without end', scriptedAgent('busy.mjs'), /line \d+/],
    ['computing without end', sh('echo "pid $$"; while :; do :; done'), /pid/],
    [
      'ignoring every polite signal, with its child',
      scriptedAgent('stubborn.mjs', '1'),
      /pid \d+\s+pid \d+/,
    ],
    [
      'beside a daemon that left it',
      sh(`setsid bash -c '(trap "" HUP TERM; ${stays}) & echo "pid $!"'; echo "pid $$"; ${stays}`),
      /pid \d+\s+pid \d+/,
    ],
    ['with its input closed', sh(`echo "pid $$"; exec <&-; ${stays}`), /pid/],
    ['without its terminal', sh(`trap "" HUP; echo "pid $$"; exec <&- >&- 2>&-; ${stays}`), /pid/],
    ['stopped', sh('echo "pid $$"; kill -STOP $$'), /pid/],
    ['reading nothing, while much is typed', scriptedAgent('forever.mjs', 'deaf'), /pid/],
  ])('%s, is shown as running, and can be ended', async (title, command, screen) => {
    const name = `runs-${title.replace(/[^a-z]+/g, '-')}`.slice(0, 40).replace(/-$/, '');
    await add(name, command);
    await untilAgent(serving, name, 'running');
    await untilShown(name, screen);
    const shown = await screenOf(name);
    const viewer = await viewerOf(name);
    // A long paste of a page: it comes as keys.
    viewer.type('x'.repeat(1024 * 1024));
    await expectOthersGoOn();
    expect((await agentRecord(serving, name)).state).toBe('running');
    await serving.operator.command('agent.stop', { agent: name });
    const record = await untilAgent(serving, name, 'stopped');
    expect(record.exit).toMatchObject({ expected: true, by: 'operator' });
    await expectNothingLeft(shown);
    await expectOthersGoOn();
  });
});

describe('a program that cannot be started', () => {
  it('and is on no PATH is refused before there is an agent', async () => {
    const added = add('no-path', ['no-such-program-here']);
    await expect(added).rejects.toMatchObject({ code: 'CLI_MISSING', mend: expect.any(String) });
    await expect(agentRecord(serving, 'no-path')).rejects.toThrow('no agent');
  });

  it.each([
    ['no-file', './nothing-here'],
    ['no-mode', './no-program'],
    ['a-folder', './.git/..'],
    ['no-interpreter', './lost-interpreter'],
  ])('in its worktree (%s) stops its agent, by name', async (name, program) => {
    await add(name, [program]);
    const record = await untilAgent(serving, name, 'stopped');
    expect(record.failure).toMatchObject({
      code: 'PROGRAM_UNUSABLE',
      message: expect.stringContaining(program),
    });
    await expectOthersGoOn();
  });

  it('any more, because it was uninstalled, is told at the next start, which goes on once it is back', async () => {
    const program = join(world.repository.root, '..', 'installed');
    const install = async () => {
      await writeFile(program, '#!/bin/sh\nexec sleep 1000\n');
      await chmod(program, 0o755);
    };
    await install();
    await add('removed', [program]);
    await untilAgent(serving, 'removed', 'running');
    await rm(program);
    await serving.operator.command('agent.restart', { agent: 'removed' });
    const record = await untilAgent(serving, 'removed', 'stopped');
    expect(record.failure).toMatchObject({ code: 'PROGRAM_UNUSABLE' });
    await install();
    await serving.operator.command('agent.start', { agent: 'removed' });
    expect((await untilAgent(serving, 'removed', 'running')).failure).toBeUndefined();
    await serving.operator.command('agent.stop', { agent: 'removed' });
  });
});

describe('a paste', () => {
  const type = (agent: string, text: string) =>
    serving.operator.command('agent.type', { agent, text, enter: true });

  it('that is longer than a call may be is refused', async () => {
    const pasted = type('neighbour', 'x'.repeat(1024 * 1024));
    await expect(pasted).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
    await expectOthersGoOn();
  });

  it('that is not read is given up, names the agent, and leaves the terminal usable', async () => {
    await add('busy-now', scriptedAgent('echo.mjs'));
    const viewer = await viewerOf('busy-now');
    await untilShown('busy-now', /ready/);
    const { pid } = (await watcher.list()).find(({ id }) => id.includes('/busy-now.')) ?? {
      pid: 0,
    };
    process.kill(pid, 'SIGSTOP');
    const pasted = type('busy-now', 'x'.repeat(100_000));
    await expectOthersGoOn();
    await expect(pasted).rejects.toMatchObject({
      code: 'TERMINAL_UNREAD',
      message: expect.stringContaining('"busy-now"'),
    });
    process.kill(pid, 'SIGCONT');
    viewer.type('z');
    await waitFor('the key', () => viewer.output.endsWith('z>'));
    await type('busy-now', 'again');
    await waitFor('the paste', () => viewer.output.replaceAll('><', '').endsWith('again\\r>'));
    await serving.operator.command('agent.stop', { agent: 'busy-now' });
  });
});

it('a gigabyte of output costs no memory and no disk without end, and the last of it is there', async () => {
  const megabytes = rounds(10, 1024);
  const lines = Math.ceil(
    (megabytes * 1024 * 1024) /
      'line 1000000 the quick brown fox jumps over the lazy dog\r\n'.length,
  );
  const { pid } = await hostState(world.repository.env);
  const before = { host: await rssMb(pid), hub: await rssMb(serving.pid) };
  let most = before;
  await add('gigabyte', scriptedAgent('floods.mjs', String(lines)));
  const record = await waitFor(
    'the end',
    async () => {
      const now = { host: await rssMb(pid), hub: await rssMb(serving.pid) };
      most = { host: Math.max(most.host, now.host), hub: Math.max(most.hub, now.hub) };
      await expectOthersGoOn();
      const found = await agentRecord(serving, 'gigabyte');
      return (found.state === 'stopped' && found) || (await screenOf('gigabyte')).slice(-60);
    },
    { timeoutMs: megabytes * 1000 },
  );
  expect(record.exit).toMatchObject({ code: 0, signal: null });
  expect(await screenOf('gigabyte')).toContain(`line ${lines - 1} `);
  expect(most.host - before.host).toBeLessThan(200);
  expect(most.hub - before.hub).toBeLessThan(100);
  expect(await recordedMb('gigabyte')).toBeLessThan(72);
});

async function rssMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

async function recordedMb(agent: string): Promise<number> {
  const folder = join(dirname(world.logFile), 'recordings');
  const files = (await readdir(folder)).filter((file) => file.startsWith(`${agent}.`));
  const all = await Promise.all(files.map((file) => readFile(join(folder, file))));
  return all.reduce((sum, { length }) => sum + length, 0) / 1024 / 1024;
}
