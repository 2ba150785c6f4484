import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { query } from '../../../preload/contract/define.ts';
import { musherError } from '../../base/result.ts';
import { silentLogger } from '../../base/logger.ts';
import { TestClock } from '../../../test/harness/clock.ts';
import { waitFor } from '../../../test/harness/wait.ts';
import type { Caller } from '../broker.ts';
import { createSession } from './session.ts';
import { toolsOf } from './tools.ts';

const look = query({
  summary: 'Look until there is something',
  who: ['agent'],
  data: z.object({}),
  result: z.object({ found: z.boolean() }),
  tool: { name: 'look', description: 'Looks.' },
});

/** A client of one tool, whose hub answers when `answer` is called. */
async function open() {
  const clock = new TestClock();
  const asked = Promise.withResolvers<unknown>();
  const door = { query: () => asked.promise };
  const caller = { actor: 'agent:a', project: { id: 'p', door } } as unknown as Caller;
  const tools = toolsOf({ commands: new Map(), queries: new Map([['toy.look', look]]) });
  const deps = { tools, resources: new Map(), clock, log: silentLogger, version: '1' };
  const server = createSession(deps, {
    ...{ caller, name: 's', url: '/mcp' },
    endStream: () => undefined,
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'test', version: '1' });
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  return { client, clock, ...asked };
}

it('who asked for it is told every five seconds that its request still waits, until it is answered', async () => {
  const { client, clock, resolve } = await open();
  const told: number[] = [];
  const onprogress = ({ progress }: { progress: number }) => void told.push(progress);
  const called = client.callTool({ name: 'look' }, undefined, { onprogress });
  await waitFor('the call to wait', () => clock.pending().length > 0);
  for (const count of [1, 2]) {
    clock.advance(5_000);
    await waitFor('progress', () => told.length >= count);
  }
  resolve({ found: true });
  expect((await called).structuredContent).toEqual({ found: true });
  expect([told, clock.pending()]).toEqual([[5, 10], []]);
});

it('who did not ask for it is told nothing, and a defect shows nothing of its inside', async () => {
  const { client, clock, reject } = await open();
  const called = client.callTool({ name: 'look' });
  called.catch(() => undefined);
  reject(new TypeError('secret inside'));
  await expect(called).rejects.toThrow('A defect in Musher stopped the tool look.');
  expect(clock.pending()).toEqual([]);
});

it('a refusal is the tool’s answer, with its remedy', async () => {
  const { client, reject } = await open();
  reject(musherError('AGENT_UNKNOWN', { agent: 'x', known: 'a, b' }));
  const { isError, content } = await client.callTool({ name: 'look' });
  expect([isError, content]).toEqual([
    true,
    [{ type: 'text', text: 'AGENT_UNKNOWN: There is no agent "x". Known agents: a, b.' }],
  ]);
});
