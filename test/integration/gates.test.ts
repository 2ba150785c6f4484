// Gates as they run: real git, real checkouts, real terminals of the real host, over HTTP.

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovalRecord } from '../../preload/contract/approvals.ts';
import type { GateCheck, GateRun, Verdict } from '../../preload/contract/gates.ts';
import { killHost } from '../harness/host-world.ts';
import type { MusherClient } from '../harness/musher-client.ts';
import type { Serving } from '../harness/serve.ts';
import { isAlive } from '../harness/serve.ts';
import { makeServeWorld, type ServeWorld, type TestAgent } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

interface Outcome {
  readonly check: GateCheck;
  readonly verdict: Verdict;
  readonly runs: GateRun[];
}

interface GateSpec {
  readonly name: string;
  readonly script: string;
  /** Further lines of its table. */
  readonly more?: string;
}

let world: ServeWorld;
let serving: Serving;
let agent: TestAgent;

// One Musher for all: each test has gates of its own.
beforeAll(async () => {
  world = await makeServeWorld();
  await world.repository.write({ '.worktreeinclude': '.env\n', '.env': 'KEY=1\n' });
  await world.repository.commit('ignores', { '.gitignore': '.env\n.musher\n*.log\n' });
  serving = await world.serve();
  agent = await world.addAgent(serving, 'backend');
});
afterAll(() => world.dispose());

const { stringify } = JSON;
const tmp = (name: string) => join(world.repository.root, '..', name);

/** As the operator writes them; resolves when the hub has read them. */
async function gates(specs: readonly GateSpec[], review = ''): Promise<void> {
  const tables = specs.map(
    ({ name, script, more = '' }) =>
      `[[gates]]\nname = ${stringify(name)}\ncommand = ["/bin/sh", "-c", ${stringify(script)}]\n${more}\n`,
  );
  const text = `${review}\n${tables.join('\n')}`;
  await world.repository.write({ '.musher/config.toml': text });
  await waitFor('the gates to be read', async () => {
    const { gates: known } = await serving.operator.query<{ gates: object[] }>('gate.list');
    const wanted = specs.map(({ name, script }) => ({ name, command: ['/bin/sh', '-c', script] }));
    const told = known as Array<{ name: string; command: string[] }>;
    const isSame = wanted.every(({ name, command }) =>
      told.some((gate) => gate.name === name && stringify(gate.command) === stringify(command)),
    );
    return (isSame && told.length === wanted.length) || stringify(known);
  });
}

let commits = 0;
async function commit(files: Record<string, string> = {}): Promise<string> {
  commits += 1;
  const { repository } = world;
  await repository.git(['merge', '-q', '--no-edit', 'refs/heads/main'], agent.worktree);
  return repository.commit(
    `work ${commits}`,
    { [`w${commits}.txt`]: 'w\n', ...files },
    agent.worktree,
  );
}

async function outcomeOf(check: string, by: MusherClient = serving.operator): Promise<Outcome> {
  return by.query<Outcome>('gate.outcome', { check, waitMs: 30_000 });
}

async function run(subject: string, data: object = {}, by: MusherClient = serving.operator) {
  const { check } = await by.command<{ check: string }>('gate.run', { subject, ...data });
  return outcomeOf(check, by);
}

/** Asked for and waited for, without a word of anybody's about gates. */
async function requested(of: string): Promise<string> {
  const { approval } = await agent.command<{ approval: string }>('approval.request', {
    commit: of,
  });
  return approval;
}

async function approved(approval: string, of: string, data: object = {}): Promise<ApprovalRecord> {
  const yes = { approval, commit: of, updateCheckout: true, ...data };
  await serving.operator.command('approval.approve', yes);
  return serving.operator.query<ApprovalRecord>('approval.get', { approval, waitMs: 30_000 });
}

const tip = () => world.repository.git(['rev-parse', 'refs/heads/main']);
const terminalIds = async () => {
  const { recordings } = await serving.operator.query<{ recordings: Array<{ agent: string }> }>(
    'recording.list',
  );
  return recordings.map((one) => one.agent);
};

it('a request has its gates run on the merge result, in a clean checkout, and is then merged without another run', async () => {
  // It fails where anything is left of a run before, where a file is missing, and where it could speak for somebody.
  const clean =
    'test ! -e left.txt && test ! -e left.log && test -e .env && test -z "$MUSHER_TOKEN" && touch left.txt left.log && echo "$MUSHER_GATE on $(git rev-parse HEAD)"';
  await gates([{ name: 'clean', script: clean }], '[review]\nparallel_gates = 1\n');
  const first = await commit();
  const approval = await requested(first);
  const { check, verdict, runs } = await run(approval);
  expect({ verdict, runs, check }).toMatchObject({
    verdict: 'green',
    runs: [{ gate: 'clean', state: 'passed', exitCode: 0, commit: first }],
    check: { approval, commit: first, result: first, changesGates: false },
  });
  expect(runs[0]?.lastLines?.at(-1)).toBe(`clean on ${first}`);
  expect(runs[0]?.durationMs).toBeLessThan(10_000);
  expect(await run(approval, { again: true })).toMatchObject({
    verdict: 'green',
    runs: [{ state: 'passed' }],
  });
  const merged = await approved(approval, first);
  expect(merged).toMatchObject({ state: 'merged', mergeCommit: first });
  expect(await tip()).toBe(first);
  expect((await terminalIds()).filter((one) => one === 'gate--clean')).toHaveLength(2);
  const { worktrees } = await serving.operator.query<{
    worktrees: Array<{ path: string; state: string }>;
  }>('worktree.list');
  expect(worktrees.filter(({ path }) => path.includes('.gates'))).toMatchObject([
    { state: 'integration' },
  ]);
});

it('a red gate holds the merge back, says why without secrets, and gives way to a reason', async () => {
  const script =
    'echo "token ghp_0123456789abcdefghijABCDEFGHIJ012345"; test ! -e broken || exit 7';
  await gates([{ name: 'red', script }]);
  const broken = await commit({ broken: 'x\n' });
  const approval = await requested(broken);
  const before = await tip();
  const failed = await approved(approval, broken);
  expect(failed).toMatchObject({
    state: 'failed',
    failure: { code: 'GATES_FAILED', details: { gates: [{ gate: 'red', exitCode: 7 }] } },
  });
  expect(await tip()).toBe(before);
  const { runs, verdict } = await run(broken, {}, agent);
  expect(verdict).toBe('red');
  expect(runs[0]?.lastLines?.join('\n')).toMatch(/^token ghp_\*{36}$/);
  const merged = await approved(approval, broken, { overrideGates: 'known, and mended next' });
  expect(merged).toMatchObject({ state: 'merged', overrideGates: 'known, and mended next' });
  await world.repository.git(['rm', '-q', 'broken'], agent.worktree);
  const mended = await world.repository.commit('mended', {}, agent.worktree);
  expect(await approved(await requested(mended), mended)).toMatchObject({ state: 'merged' });
});

it('what a commit says of gates changes none, and is told', async () => {
  await gates([{ name: 'mine', script: 'test ! -e evil' }]);
  await world.repository.git(['add', '-f', '.musher/config.toml']);
  await world.repository.commit('gates', {});
  const evil = await commit({
    evil: 'x\n',
    '.musher/config.toml': '[[gates]]\nname = "mine"\ncommand = ["true"]\n',
  });
  const approval = await requested(evil);
  expect(await approved(approval, evil)).toMatchObject({
    state: 'failed',
    failure: { code: 'GATES_FAILED' },
  });
  expect(await run(evil, {}, agent)).toMatchObject({
    check: { changesGates: true },
    runs: [{ state: 'failed', command: ['/bin/sh', '-c', 'test ! -e evil'] }],
  });
  await agent.command('approval.withdraw', { approval });
  await world.repository.git(['reset', '-q', '--hard', 'refs/heads/main'], agent.worktree);
});

it('what takes too long, is cancelled, cannot be started or is of no concern is told as that', async () => {
  const hangs = 'echo "pid $$"; trap "" TERM; while :; do sleep 0.1; done';
  await gates([
    { name: 'slow', script: hangs, more: 'timeout = "1s"' },
    { name: 'stopped', script: hangs, more: 'required = false' },
    { name: 'docs', script: 'exit 1', more: 'paths = ["docs/**"]' },
  ]);
  const of = await commit();
  const { check } = await serving.operator.command<{ check: string }>('gate.run', { subject: of });
  const running = await waitFor('the second to run', async () => {
    const { runs } = await serving.operator.query<Outcome>('gate.outcome', { check });
    return runs.find((one) => one.gate === 'stopped' && one.startedMs !== undefined) ?? runs.length;
  });
  await serving.operator.command('gate.cancel', { run: running.id });
  const { runs, verdict, check: done } = await outcomeOf(check);
  expect([verdict, runs]).toMatchObject([
    'red',
    [
      { gate: 'slow', state: 'timed_out' },
      { gate: 'stopped', state: 'cancelled' },
    ],
  ]);
  expect(done.gates.find(({ gate }) => gate === 'docs')).toMatchObject({ applies: false });
  const pid = Number(/pid (\d+)/.exec(runs[0]?.lastLines?.join(' ') ?? '')?.[1]);
  expect(isAlive(pid)).toBe(false);
  const path = join(world.repository.root, '.musher', 'config.toml');
  await writeFile(path, '[[gates]]\nname = "none"\ncommand = ["no-such-program-here"]\n');
  await waitFor('the gate to be read', async () => {
    const { gates: known } = await serving.operator.query<{ gates: Array<{ name: string }> }>(
      'gate.list',
    );
    return known[0]?.name === 'none' || stringify(known);
  });
  expect((await run(of)).runs).toMatchObject([
    { state: 'failed', error: { code: 'GATE_PROGRAM_MISSING' } },
  ]);
});

it('of ten gates two run at once, each alone in its checkout', async () => {
  const log = tmp('ten.log');
  const script = `pwd >> ${log}; sleep 0.1; echo end >> ${log}`;
  await gates(Array.from({ length: 10 }, (_, at) => ({ name: `g${at}`, script })));
  const { verdict, runs } = await run(await commit());
  expect([verdict, runs.length]).toEqual(['green', 10]);
  let [now, most] = [0, 0];
  const folders = new Set<string>();
  for (const line of (await readFile(log, 'utf8')).trim().split('\n')) {
    if (line !== 'end') folders.add(line);
    now += line === 'end' ? -1 : 1;
    most = Math.max(most, now);
  }
  expect([most, folders.size]).toEqual([2, 2]);
});

it('a kill of the hub costs no run: it is found again, and the merge that waits for it happens', async () => {
  const [log, release] = [tmp('kill.log'), tmp('release')];
  const script = `echo begun >> ${log}; while ! test -e ${release}; do sleep 0.05; done`;
  await gates([{ name: 'long', script }]);
  const of = await commit();
  const approval = await requested(of);
  await serving.operator.command('approval.approve', {
    approval,
    commit: of,
    updateCheckout: true,
  });
  await waitFor('it to begin', () => existsSync(log));
  await serving.kill('SIGKILL');
  serving = await world.serve();
  await writeFile(release, '');
  const record = await serving.operator.query('approval.get', { approval, waitMs: 30_000 });
  expect(record).toMatchObject({ state: 'merged', mergeCommit: of });
  expect(await readFile(log, 'utf8')).toBe('begun\n');
});

it('a terminal host that dies takes its runs with it: they are lost, and nothing is merged', async () => {
  const log = tmp('host.log');
  await gates([{ name: 'lost', script: `echo begun >> ${log}; while :; do sleep 0.05; done` }]);
  const of = await commit();
  const approval = await requested(of);
  await serving.operator.command('approval.approve', {
    approval,
    commit: of,
    updateCheckout: true,
  });
  await waitFor('it to begin', () => existsSync(log));
  const before = await tip();
  await killHost(world.repository.env);
  const record = await serving.operator.query<ApprovalRecord>('approval.get', {
    ...{ approval, waitMs: 30_000 },
  });
  expect(record).toMatchObject({ state: 'failed', failure: { code: 'GATES_FAILED' } });
  expect(record.failure?.message).toContain('lost lost');
  expect(await tip()).toBe(before);
});
