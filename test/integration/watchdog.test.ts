// The watchdog across processes: its looks are 30 seconds apart, so what takes them begins together and is waited for side by side.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import type { WaitingItem } from '../../preload/contract/inbox.ts';
import { beside } from '../harness/host-world.ts';
import { runMusher, type Serving } from '../harness/serve.ts';
import {
  agentRecord,
  makeServeWorld,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';
import { prepareTalks } from '../harness/talks.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let env: Record<string, string>;

beforeAll(async () => {
  world = await makeServeWorld();
  env = (await prepareTalks(world)).env;
  serving = await world.serve({ env });
});
afterAll(() => world?.dispose());

/** Two looks, on a machine that has other things to do. */
const looks = { timeoutMs: 90_000 };
const patienceMs = 150_000;

async function start(name: string, data: object = {}): Promise<void> {
  const add = { name, profile: 'talks', prompt: 'one', ...data };
  await serving.operator.command('agent.add', add);
  await untilStatus(name, 'idle');
}

function untilStatus(name: string, value: string): Promise<AgentRecord> {
  return waitFor(
    `${name} to be ${value}`,
    async () => {
      const record = await agentRecord(serving, name);
      return record.status.value === value ? record : new Error(JSON.stringify(record));
    },
    looks,
  );
}

async function say(agent: string, text: string): Promise<void> {
  await serving.operator.command('agent.type', { agent, text });
}

async function musher(...words: string[]): Promise<string> {
  const own = { MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
  const { stdout, stderr } = await runMusher(words, { env: { ...env, ...own } });
  return stdout + stderr;
}

function untilScreen(agent: string, words: string): Promise<unknown> {
  return waitFor(`${words} on the screen of ${agent}`, async () => {
    const { text } = await serving.operator.query<{ text: string }>('agent.screen', { agent });
    return text.replaceAll('\n', '').includes(words) || text;
  });
}

async function itemsOf(agent: string): Promise<readonly WaitingItem[]> {
  const { items } = await serving.operator.query<{ items: WaitingItem[] }>('inbox.list');
  return items.filter((item) => item.agent === agent);
}

it.concurrent(
  'a limit of turns: words alone count for nothing, and at the limit it is stopped for good',
  async () => {
    await start('limited', { restart: 'always' });
    expect(await musher('agent', 'limits', 'limited', '--turns', '2', '--time', '2h')).toBe(
      'limited is limited to: turns 2, time 2h.\n',
    );
    await say('limited', 'use ls');
    await untilScreen('limited', 'used: ls');
    for (const words of ['two', 'three', 'four']) await say('limited', words);
    await untilScreen('limited', 'said: one, two, three, four');
    expect(await musher('agent', 'watch', 'limited')).toMatch(/turns +1 +2 +agent/);
    await say('limited', 'use make');
    const stopped = await waitFor(
      'it to be stopped',
      async () => {
        const record = await agentRecord(serving, 'limited');
        return record.state === 'stopped' ? record : new Error(JSON.stringify(record));
      },
      looks,
    );
    expect(stopped.failure).toMatchObject({ code: 'TURN_LIMIT', details: { used: '2', of: '2' } });
    expect(stopped.exit).toMatchObject({ by: 'system', expected: true });
    expect(await itemsOf('limited')).toMatchObject([{ kind: 'agent' }]);
    await serving.operator.command('agent.start', { agent: 'limited' });
    expect((await untilAgent(serving, 'limited', 'running')).failure).toBeUndefined();
    expect(await musher('agent', 'limits', 'limited', '--turns', 'none')).toContain('turns none');
    expect(await musher('agent', 'limits', 'limited', '--turns', 'config')).toBe(
      'limited is limited to: time 2h.\n',
    );
  },
  patienceMs,
);

it.concurrent(
  'its cost is what its status line tells, and a CLI that tells none is said to',
  async () => {
    await start('paid');
    expect(await musher('agent', 'watch', 'paid')).toContain('not told by this CLI');
    await say('paid', 'cost 1.5');
    await untilScreen('paid', '$1.50');
    await waitFor('it to be counted', async () => {
      const said = await musher('agent', 'watch', 'paid');
      return /cost +\$1\.50/.test(said) || said;
    });
  },
  patienceMs,
);

it.concurrent(
  'at its own screen: told once, counted, and gone when it is answered',
  async () => {
    await start('asks');
    await say('asks', 'ask');
    await untilStatus('asks', 'waiting');
    const found = await waitFor(
      'it to be in the inbox',
      async () => {
        const items = await itemsOf('asks');
        return items.length > 0 ? items : 'none';
      },
      looks,
    );
    expect(found).toMatchObject([
      { id: 'watch/asks.stuck-on-prompt', title: 'It waits at its own screen: Bash: npm test' },
    ]);
    const said = await musher('agent', 'status', 'asks');
    expect(said).toContain('told as stuck: stuck-on-prompt 1x');
    expect(said).toContain('stuck-on-prompt: Bash: npm test');
    await say('asks', 'allow');
    await waitFor('it to be gone', async () => (await itemsOf('asks')).length === 0);
    const after = await musher('agent', 'watch', 'asks');
    expect(after).toContain('told as stuck: stuck-on-prompt 1x');
    expect(after).not.toContain('Bash: npm test');
  },
  patienceMs,
);

it.concurrent(
  'after its restart policy started it, it is told to go on; by hand at any time',
  async () => {
    await start('kicked', { restart: 'on-failure' });
    await say('kicked', 'crash');
    const accepted = (by: string, words: string) =>
      waitFor(
        `a ${by} to be taken up`,
        async () => {
          const { nudge, session } = await agentRecord(serving, 'kicked');
          const isIt = nudge?.by === by && nudge.text.startsWith(words);
          return (isIt && nudge.state === 'accepted' && { session }) || JSON.stringify(nudge);
        },
        looks,
      );
    expect(await accepted('kick', 'You were started again.')).toEqual({ session: 2 });
    expect(await musher('agent', 'kick', 'kicked', '--text', 'look at the tests')).toContain(
      'Telling kicked to go on',
    );
    await accepted('kick', 'look at the tests');
    await untilScreen('kicked', 'look at the tests');
  },
  patienceMs,
);

it.concurrent(
  'a program that no record knows is ended at the second look, and no other',
  async () => {
    await start('known');
    const host = beside(env);
    const own = await waitFor('the terminal of an agent', async () =>
      (await host.list()).find(({ id }) => id.endsWith('/known.1')),
    );
    const ghost = own.id.replace(/known\.1$/, 'ghost.1');
    const args = ['-e', 'setInterval(() => {}, 1000)'];
    const cwd = world.repository.root;
    const size = { cols: 80, rows: 24 };
    await host.open({ id: ghost, program: process.execPath, args, cwd, env, ...size });
    const ids = async () => (await host.list()).map(({ id }) => id);
    await waitFor('it to be ended', async () => !(await ids()).includes(ghost), looks);
    expect(await ids()).toContain(own.id);
    expect((await agentRecord(serving, 'known')).state).toBe('running');
    expect(await musher('log')).toMatch(/watchdog\.orphan_reaped +\{"terminalId":"ghost\.1"\}/);
    await host.dispose();
  },
  patienceMs,
);
