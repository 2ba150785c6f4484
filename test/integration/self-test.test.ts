// `musher selftest`: the whole way as a program, and what is left where it fails or is called off: nothing.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SelfTestReport, selfTest } from '../../main/self-test.ts';
import { itAtLength } from '../harness/at-length.ts';
import { cliFile, isAlive, runMusher } from '../harness/serve.ts';

const before = process.env.TMPDIR;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'musher-own-'));
  process.env.TMPDIR = home;
});
afterAll(async () => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  await rm(home, { recursive: true, force: true });
});

const { signal } = new AbortController();
const statesOf = ({ steps }: SelfTestReport) =>
  Object.fromEntries(steps.map(({ id, state }) => [id, state]));
const left = async () => (await readdir(home)).filter((name) => name.startsWith('musher-'));
const afterStart = { agent: 'skipped', terminal: 'skipped', question: 'skipped' };

async function standIn(script: string): Promise<readonly [string, string]> {
  const file = join(home, 'stand-in.mjs');
  await writeFile(file, script);
  return [process.execPath, file];
}

it('goes the whole way, and nothing is left of it', async () => {
  const { code, stdout } = await runMusher(['selftest', '--json']);
  const report = JSON.parse(stdout) as SelfTestReport;
  expect(report.steps.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(report.steps.map(({ id }) => id)).toEqual([
    ...['repository', 'start', 'agent', 'terminal', 'question', 'commit', 'merge', 'end'],
  ]);
  expect([code, report.ok, await left()]).toEqual([0, true, []]);
  const [, pid = ''] = /pid (\d+)/.exec(report.steps[1]?.said ?? '') ?? [];
  expect(isAlive(Number(pid))).toBe(false);
});

it('says which step failed and what it said, and the later ones are not tried', async () => {
  const musherCommand = await standIn('console.error("no disk"); process.exit(3)');
  const report = await selfTest({ signal, musherCommand });
  expect(statesOf(report)).toMatchObject({
    repository: 'ok',
    start: 'failed',
    ...afterStart,
    end: 'ok',
  });
  expect(report).toMatchObject({ ok: false, isInterrupted: false });
  expect(report.steps[1]?.said).toBe('it ended instead: no disk');
  expect(await left()).toEqual([]);
});

it('a step that does not come about is over with its time', async () => {
  const musherCommand = await standIn('setInterval(() => undefined, 1000)');
  const report = await selfTest({ signal, musherCommand, stepMs: 1_500 });
  expect(statesOf(report)).toMatchObject({ start: 'failed', ...afterStart, end: 'ok' });
  expect(report.steps[1]?.said).toBe('it did not come about within 1.5 s');
  expect(await left()).toEqual([]);
});

itAtLength('called off with an agent at work, it ends all of it', async () => {
  const over = new AbortController();
  const report = await selfTest({
    signal: over.signal,
    musherCommand: [process.execPath, cliFile],
    onStep: ({ id }) => id === 'agent' && over.abort(),
  });
  expect(statesOf(report)).toMatchObject({ agent: 'ok', terminal: 'skipped', end: 'ok' });
  expect(report).toMatchObject({ ok: false, isInterrupted: true });
  const [, pid = ''] = /pid (\d+)/.exec(report.steps[1]?.said ?? '') ?? [];
  expect([isAlive(Number(pid)), await left()]).toEqual([false, []]);
});
