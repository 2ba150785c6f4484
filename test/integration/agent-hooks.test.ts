// Conversations and hooks across processes: a stand-in CLI by a profile of the user's config, with the real `musher` command.

import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import type { CostReport } from '../../preload/contract/cost-report.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { agentRecord, makeServeWorld, untilAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { runMusher } from '../harness/serve.ts';
import { prepareTalks } from '../harness/talks.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let talks: string;

beforeAll(async () => {
  world = await makeServeWorld();
  const prepared = await prepareTalks(world);
  talks = prepared.talks;
  serving = await world.serve({ env: prepared.env });
});
afterAll(() => world?.dispose());

async function start(name: string): Promise<AgentRecord> {
  await serving.operator.command('agent.add', { name, profile: 'talks', prompt: 'one' });
  return untilStatus(name, 'idle');
}

function untilStatus(name: string, value: string): Promise<AgentRecord> {
  return waitFor(`${name} to be ${value}`, async () => {
    const record = await agentRecord(serving, name);
    const { status } = record;
    return status.value === value && status.source === 'hook'
      ? record
      : new Error(JSON.stringify(record));
  });
}

async function say(name: string, text: string): Promise<void> {
  await serving.operator.command('agent.type', { agent: name, text });
}

const untilScreen = (agent: string, words: string) =>
  waitFor(`${words} on the screen of ${agent}`, async () => {
    const { text } = await serving.operator.query<{ text: string }>('agent.screen', { agent });
    return text.includes(words) || text;
  });

async function stop(agent: string): Promise<void> {
  await serving.operator.command('agent.stop', { agent });
  await untilAgent(serving, agent, 'stopped');
}

it('is working, waiting and idle by its hooks alone', async () => {
  await start('states');
  await say('states', 'ask');
  const waiting = await untilStatus('states', 'waiting');
  expect(waiting.status).toMatchObject({ source: 'hook', note: 'Bash: npm test' });
  await say('states', 'allow');
  await untilStatus('states', 'idle');
});

it('a nudge is followed from the keys to the first sign of work', async () => {
  await start('nudged');
  await serving.operator.command('agent.nudge', { agent: 'nudged', text: 'go on' });
  await waitFor('the nudge to be taken up', async () => {
    const { nudge } = await agentRecord(serving, 'nudged');
    return nudge?.state === 'accepted' || JSON.stringify(nudge);
  });
  await untilScreen('nudged', 'said: one, go on');
});

describe('a conversation', () => {
  it('is taken up after a stop, by the id that was chosen', async () => {
    const { conversation } = await start('again');
    expect(conversation).toEqual({ how: 'new', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    await stop('again');
    await serving.operator.command('agent.start', { agent: 'again' });
    const { conversation: next } = await untilAgent(serving, 'again', 'running');
    expect(next).toEqual({ how: 'resumed', id: conversation?.id });
    await untilScreen('again', '> ready');
    await say('again', 'two');
    await untilScreen('again', 'said: one, two');
  });

  it('that is gone is said in the CLI’s own words, and stays asked for', async () => {
    const { conversation } = await start('gone');
    await stop('gone');
    await rm(join(talks, conversation?.id ?? ''));
    await serving.operator.command('agent.start', { agent: 'gone' });
    const failed = await waitFor('the failure', async () => {
      const record = await agentRecord(serving, 'gone');
      return record.failure === undefined ? new Error(JSON.stringify(record)) : record;
    });
    expect(failed).toMatchObject({
      state: 'stopped',
      conversation: { how: 'resumed', id: conversation?.id },
      failure: {
        code: 'RESUME_FAILED',
        message: expect.stringContaining(
          `No conversation found with session ID: ${conversation?.id}`,
        ),
      },
    });
    const { items } = await serving.operator.query<{ items: object[] }>('inbox.list');
    expect(JSON.stringify(items)).toContain('did not take up its conversation');
    // Only when the operator says so does it begin anew.
    await serving.operator.command('agent.start', { agent: 'gone', fresh: true });
    const begun = await untilStatus('gone', 'idle');
    expect(begun.conversation).toMatchObject({ how: 'new' });
    expect(begun.conversation?.id).not.toBe(conversation?.id);
    expect(begun.failure).toBeUndefined();
  });
});

describe('by HTTP', () => {
  it('a hook needs the agent’s own token, and a good word', async () => {
    const agent = await world.addAgent(serving, 'http');
    await agent.command('agent.hook', { event: 'waiting', sessionId: 'h-1', detail: 'may I?' });
    const record = await agentRecord(serving, 'http');
    expect(record).toMatchObject({
      status: { value: 'waiting', source: 'hook', note: 'may I?' },
      conversation: { id: 'h-1' },
    });
    for (const data of [{ event: 'gone' }, { event: 'busy', sessionId: '--evil' }, {}])
      await expect(agent.command('agent.hook', data)).rejects.toMatchObject({ status: 400 });
    await expect(serving.operator.command('agent.hook', { event: 'busy' })).rejects.toMatchObject({
      status: 403,
    });
    await expect(serving.as('no').command('agent.hook', { event: 'busy' })).rejects.toMatchObject({
      status: 401,
    });
  });
});

describe('the hook command', () => {
  it('never troubles its CLI, whatever happens', async () => {
    const env = {
      ...world.repository.env,
      MUSHER_URL: serving.url,
      MUSHER_TOKEN: 'no',
      MUSHER_AGENT: 'x',
    };
    const asked = await runMusher(['hook', 'busy', '--payload'], { env });
    expect(asked).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const away = { ...env, MUSHER_URL: 'http://127.0.0.1:1' };
    const unheard = await runMusher(['hook', 'idle', '--payload'], { env: away });
    expect(unheard).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('tells what a turn used by the record that the CLI names, its subagents too, and once', async () => {
    const { token } = await world.addAgent(serving, 'uses');
    const home = join(world.repository.root, '..', 'cli-home');
    const conversation = '3f0c5a52-0b6e-4c5e-9a51-6f2f6f1f0a11';
    const folder = join(home, '.claude', 'projects', 'p');
    await mkdir(join(folder, conversation, 'subagents'), { recursive: true });
    const answer = (id: string, output_tokens: number) => {
      const usage = { input_tokens: 5, output_tokens, cache_read_input_tokens: 90 };
      const message = { id, model: 'claude-x', usage };
      const timestamp = new Date().toISOString();
      return `${JSON.stringify({ type: 'assistant', sessionId: conversation, timestamp, message })}\n`;
    };
    const main = join(folder, `${conversation}.jsonl`);
    const sub = join(folder, conversation, 'subagents', 'agent-1.jsonl');
    await writeFile(main, answer('m-1', 1) + answer('m-1', 30));
    await writeFile(sub, answer('s-1', 7));
    await writeFile(join(home, 'elsewhere.jsonl'), answer('m-9', 1_000));
    const own = { MUSHER_URL: serving.url, MUSHER_TOKEN: token, HOME: home };
    const env = { ...world.repository.env, ...own };
    const hook = (file: string) =>
      runMusher(['hook', 'idle', '--payload'], {
        env,
        input: JSON.stringify({ session_id: conversation, transcript_path: file }),
      });
    const used = async () => {
      const ask = { agent: 'uses', by: 'model' };
      const { lines } = await serving.operator.query<CostReport>('cost.report', ask);
      return lines;
    };
    await hook(main);
    await hook(join(home, 'elsewhere.jsonl'));
    const once = { input: 10, output: 37, cacheRead: 180, cacheWrite: 0, requests: 2 };
    expect(await used()).toMatchObject([{ key: 'claude-x', ...once }]);
    await appendFile(main, answer('m-1', 31) + answer('m-2', 4));
    await Promise.all([hook(main), hook(main)]);
    expect(await used()).toMatchObject([{ output: 42, requests: 3, unpriced: 327 }]);
  });

  it('says what is wrong to a person', async () => {
    const env = { ...world.repository.env, MUSHER_URL: serving.url, MUSHER_TOKEN: 'no' };
    expect(await runMusher(['hook', 'busy'], { env })).toMatchObject({ code: 1 });
  });
});
