// Setup and teardown of worktrees, with the real git, the real terminal host and the real hub.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import { runMusher, type Serving } from '../harness/serve.ts';
import {
  agentRecord,
  makeServeWorld,
  scriptedAgent,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let outside: string;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  outside = dirname(world.repository.root);
});
afterAll(() => world?.dispose());

/** Node with a line of its own; what it is told stands in its arguments. */
const node = (script: string, ...args: string[]) => [process.execPath, '-e', script, ...args];
const append = (file: string) =>
  node(
    'const e = process.env; require("fs").appendFileSync(process.argv[1], [process.cwd(), e.MUSHER_AGENT, e.MUSHER_WORKTREE, e.MUSHER_ROOT, typeof e.MUSHER_TOKEN].join(" ") + "\\n")',
    file,
  );
/** Says that it runs, and waits for a file before it ends. */
const until = (begun: string, go: string) =>
  node(
    'const fs = require("fs"), [b, g] = process.argv.slice(1); fs.appendFileSync(b, "x"); console.log("waiting for it"); setInterval(() => fs.existsSync(g) && process.exit(0), 20)',
    begun,
    go,
  );

async function configure(lines: Readonly<Record<string, unknown>>): Promise<void> {
  const file = join(world.repository.root, '.musher', 'config.toml');
  await mkdir(dirname(file), { recursive: true });
  const text = Object.entries(lines).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  await writeFile(file, `[worktrees]\n${text.join('\n')}\n`);
  const wanted = JSON.stringify([lines.setup ?? [], lines.teardown ?? []]);
  const { unconfirmed } = await waitFor('the config to be read', async () => {
    const shown = await serving.operator.query<Shown>('worktree.commands');
    const found = JSON.stringify([shown.setup, shown.teardown]);
    return found === wanted ? shown : found;
  });
  if (unconfirmed) await serving.operator.command('worktree.trust', unconfirmed);
}
interface Shown {
  setup: string[][];
  teardown: string[][];
  unconfirmed?: { hash: string };
}

function add(name: string) {
  const command = scriptedAgent('forever.mjs');
  return serving.operator.command('agent.add', { name, profile: 'script', command });
}

const untilChore = (name: string, state: string): Promise<AgentRecord> =>
  waitFor(`the chore of ${name} to be ${state}`, async () => {
    const record = await agentRecord(serving, name);
    return record.chore?.state === state ? record : JSON.stringify(record);
  });

const lines = async (file: string) =>
  (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);

it('the operator’s config is what runs, in the worktree; an agent’s own copy of it is never read', async () => {
  const [told, evil] = [join(outside, 'told'), join(outside, 'evil')];
  await configure({ setup: [append(told)] });
  await add('ada');
  const { worktreePath = '' } = await untilAgent(serving, 'ada', 'running');
  const { root } = world.repository;
  expect(await lines(told)).toEqual([`${worktreePath} ada ${worktreePath} ${root} string`]);
  const { recordings } = await serving.operator.query<{ recordings: object[] }>('recording.list', {
    agent: 'ada~setup',
  });
  expect(recordings).toMatchObject([{ agent: 'ada~setup', isRunning: false }]);
  await mkdir(join(worktreePath, '.musher'), { recursive: true });
  const own = `[worktrees]\nsetup = ${JSON.stringify([append(evil)])}\n`;
  await writeFile(join(worktreePath, '.musher', 'config.toml'), own);
  await serving.operator.command('agent.stop', { agent: 'ada' });
  await untilAgent(serving, 'ada', 'stopped');
  const { begun } = await serving.operator.command<{ begun: boolean }>('worktree.setup', {
    agent: 'ada',
    again: true,
  });
  expect(begun).toBe(true);
  await untilAgent(serving, 'ada', 'stopped');
  await serving.operator.command('agent.start', { agent: 'ada' });
  await untilAgent(serving, 'ada', 'running');
  expect([(await lines(told)).length, await lines(evil)]).toEqual([2, []]);
});

it('a setup outlives the hub that began it, and is run once', async () => {
  const [begun, go, told] = ['begun-1', 'go-1', 'told-1'].map((name) => join(outside, name)) as [
    string,
    string,
    string,
  ];
  await configure({ setup: [until(begun, go), append(told)] });
  await add('bob');
  await waitFor('the setup to run', async () => (await lines(begun)).length === 1);
  const { chore } = await agentRecord(serving, 'bob');
  await serving.kill('SIGKILL');
  serving = await world.serve();
  expect((await agentRecord(serving, 'bob')).chore).toEqual(chore);
  await writeFile(go, '');
  await untilAgent(serving, 'bob', 'running');
  expect([await lines(begun), (await lines(told)).length]).toEqual([['x'], 1]);
});

it('one that is cancelled is ended, and runs anew at the next start', async () => {
  const [begun, go] = [join(outside, 'begun-2'), join(outside, 'go-2')];
  await configure({ setup: [until(begun, go)] });
  await add('cleo');
  await waitFor('the setup to run', async () => (await lines(begun)).length === 1);
  const env = {
    ...world.repository.env,
    MUSHER_URL: serving.url,
    MUSHER_TOKEN: serving.operatorToken,
  };
  const { stdout } = await runMusher(['agent', 'list'], { env });
  expect(stdout).toMatch(/cleo .*setting up 1\/1: \S*node/);
  await serving.operator.command('agent.stop', { agent: 'cleo' });
  expect(await untilAgent(serving, 'cleo', 'stopped')).toMatchObject({ chore: { state: 'cut' } });
  await writeFile(go, '');
  await serving.operator.command('agent.start', { agent: 'cleo' });
  await untilAgent(serving, 'cleo', 'running');
  expect(await lines(begun)).toEqual(['xx']);
});

it('one that takes too long is ended and says so; one that cannot begin names its program', async () => {
  await configure({ setup: [node('setInterval(() => {}, 1e6)')], setup_timeout_minutes: 0.05 });
  await add('dan');
  const { failure, state } = await untilChore('dan', 'failed');
  expect([state, failure?.code, failure?.message]).toMatchObject([
    ...['stopped', 'SETUP_FAILED', expect.stringContaining('took more than 3 s')],
  ]);
  await configure({ setup: [['no-such-program-here']] });
  await serving.operator.command('agent.start', { agent: 'dan' });
  await waitFor('the reason', async () => {
    const { failure, state } = await agentRecord(serving, 'dan');
    return (state === 'stopped' && failure?.message.includes('no-such-program-here')) || state;
  });
});

it('the teardown runs where the files were kept already; one that fails leaves all of it', async () => {
  const spoil =
    'require("fs").writeFileSync("kept.txt", "spoilt"); process.exit(Number(process.argv[1]))';
  await configure({ teardown: [node(spoil, '3')] });
  await add('eve');
  const { worktreePath = '' } = await untilAgent(serving, 'eve', 'running');
  await writeFile(join(worktreePath, 'kept.txt'), 'mine');
  await serving.operator.command('agent.destroy', { agent: 'eve' });
  const { failure } = await untilAgent(serving, 'eve', 'stopped');
  expect(failure).toMatchObject({ code: 'TEARDOWN_FAILED' });
  expect(await readFile(join(worktreePath, 'kept.txt'), 'utf8')).toBe('spoilt');
  await writeFile(join(worktreePath, 'kept.txt'), 'mine');
  await serving.operator.command('agent.destroy', { agent: 'eve', force: true });
  await untilAgent(serving, 'eve', 'destroyed');
  await configure({});
  await serving.operator.command('agent.revive', { agent: 'eve' });
  await untilAgent(serving, 'eve', 'running');
  expect(await readFile(join(worktreePath, 'kept.txt'), 'utf8')).toBe('mine');
});

it('a worktree that nobody has is torn down before it is pruned', async () => {
  const told = join(outside, 'told-3');
  await configure({ teardown: [append(told)] });
  await add('gus');
  const { worktreePath = '' } = await untilAgent(serving, 'gus', 'running');
  const { repository } = world;
  const env = { ...repository.env, MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
  // As after a log that was lost: what Musher made, of an agent that nobody knows.
  const ghost = join(repository.worktreesFolder, 'ghost');
  await repository.git(['worktree', 'add', '-q', '-b', 'ghost', ghost]);
  const mark = { agent: 'ghost', branch: 'ghost', base: { ref: 'main', commit: '0' }, ready: true };
  await writeFile(
    join(repository.commonDir, 'worktrees', 'ghost', 'musher.json'),
    JSON.stringify(mark),
  );
  const pruned = await runMusher(['worktree', 'prune', '--yes'], { env });
  expect([pruned.code, pruned.stdout]).toMatchObject([0, expect.stringMatching(/ghost +done/)]);
  expect(await lines(told)).toEqual([`${ghost}  ${ghost} ${repository.root} undefined`]);
  expect(worktreePath).not.toBe(ghost);
  await rm(told);
});
