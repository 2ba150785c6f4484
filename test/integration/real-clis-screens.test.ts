// The real Gemini CLI, which is told of by its screen, and the real OpenCode, which is by its plugin, with a stand-in for the model:
// what is typed is taken each time, and what they want to be allowed is decided in the Inbox and nowhere else.

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PermissionRecord } from '../../preload/contract/permissions.ts';
import { makeCliHome } from '../harness/cli-homes.ts';
import { type ModelApi, startModelApi, type Turn } from '../harness/model-api.ts';
import { canRun, folderOf } from '../harness/real-clis.ts';
import {
  agentRecord,
  makeServeWorld,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

const installMs = 300_000;
const timeoutMs = 40_000;
/** A first start makes its folders and looks for what it does without. */
const firstMs = 150_000;
const clis = ['gemini', 'opencode'];
const wanted = { programs: clis, packages: ['@google/gemini-cli', 'opencode-ai'] };
const shells: Readonly<Record<string, string>> = { gemini: 'run_shell_command', opencode: 'bash' };

let scratch = '';
let world: ServeWorld;
let serving: Serving;
let api: ModelApi;

beforeAll(async () => {
  if (!canRun(wanted)) return;
  scratch = await mkdtemp(path.join(tmpdir(), 'musher-clis-'));
  const bin = await folderOf(wanted, scratch);
  api = await startModelApi(undefined);
  world = await makeServeWorld();
  const { env } = world.repository;
  const own = await makeCliHome({ home: path.join(scratch, 'home'), model: api.url, trusted: [] });
  const searched = [bin, env.PATH].join(path.delimiter);
  const data = path.join(scratch, 'data');
  serving = await world.serve({ env: { ...env, ...own, PATH: searched, MUSHER_DATA: data } });
}, installMs);
afterAll(async () => {
  await world?.dispose();
  await api?.close();
  if (scratch !== '') await rm(scratch, { recursive: true, force: true });
});

async function screenOf(agent: string): Promise<string> {
  return (await serving.operator.query<{ text: string }>('agent.screen', { agent })).text;
}

interface Awaited {
  readonly agent: string;
  readonly what: string;
  is(): boolean | Promise<boolean>;
}

/** On giving up, what stands on its screen is told. */
function until({ agent, what, is }: Awaited, ms = timeoutMs): Promise<unknown> {
  const look = async () => (await is()) || new Error(await screenOf(agent));
  return waitFor(what, look, { timeoutMs: ms });
}

function untilIdle(agent: string): Promise<unknown> {
  const is = async () => (await agentRecord(serving, agent)).status.value === 'idle';
  return until({ agent, what: 'it to be idle', is });
}

function heard(agent: string, words: string, ms = timeoutMs): Promise<unknown> {
  const is = () => api.asked().includes(words);
  return until({ agent, what: `its model to hear ${words}`, is }, ms);
}

const type = (agent: string, text: string) =>
  serving.operator.command('agent.type', { agent, text });

function asked(agent: string, command: string): Promise<PermissionRecord> {
  const look = async () => {
    const { permissions } = await serving.operator.query<{ permissions: PermissionRecord[] }>(
      'permission.list',
    );
    return (
      permissions.find(({ subject }) => subject === command) ?? new Error(await screenOf(agent))
    );
  };
  return waitFor(`that ${command} is asked for`, look, { timeoutMs });
}

const made = (agent: string, name: string) =>
  existsSync(path.join(world.repository.worktreesFolder, agent, name));

function wants(agent: string, command: string): void {
  const turn: Turn = { tool: shells[agent] ?? '', input: { command, description: 'Make it' } };
  api.wants(turn);
}

describe.skipIf(!canRun(wanted)).each(clis)('the real %s', (name) => {
  const begins = async () => {
    api.wants(undefined);
    const prompt = `Begin as ${name}.`;
    await serving.operator.command('agent.add', { name, profile: name, prompt });
    await untilAgent(serving, name, 'running');
    await heard(name, prompt, firstMs);
    await untilIdle(name);
  };
  it('works through its first turn, and is idle then', begins, firstMs + timeoutMs);

  it('takes what is typed, each time', async () => {
    for (const word of ['quince', 'medlar', 'sorb', 'quince again', 'damson']) {
      await type(name, `Hear ${word}.`);
      await heard(name, `Hear ${word}.`);
      await untilIdle(name);
    }
  });

  it('asks in the Inbox, takes nothing else for the answer, and works on once it is allowed', async () => {
    wants(name, 'touch made.txt');
    await type(name, 'Make it.');
    const { id } = await asked(name, 'touch made.txt');
    // Its own screen asks as well, with "Allow once" chosen.
    const is = async () => /allow once/i.test(await screenOf(name));
    await until({ agent: name, what: 'its own prompt', is });
    await expect(type(name, 'You have new messages.')).rejects.toMatchObject({
      code: 'TERMINAL_UNSHOWN',
    });
    expect(made(name, 'made.txt')).toBe(false);
    await serving.operator.command('permission.allow', { permission: id });
    await until({ agent: name, what: 'the file', is: () => made(name, 'made.txt') });
    await untilIdle(name);
  });

  it('is told why it was denied', async () => {
    wants(name, 'touch other.txt');
    await type(name, 'Make another.');
    const { id } = await asked(name, 'touch other.txt');
    api.wants(undefined);
    const note = 'Leave that file alone.';
    await serving.operator.command('permission.deny', { permission: id, note });
    await heard(name, note);
    await untilIdle(name);
    expect(made(name, 'other.txt')).toBe(false);
  });
});
