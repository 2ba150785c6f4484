// An inbox as a stream: what comes, where it goes on, and how it ends.

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { InboxItem } from '../../preload/contract/messages.ts';
import { readEvents } from '../../main/cli/event-stream.ts';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let one: TestAgent;
let two: TestAgent;

beforeEach(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  one = await world.addAgent(serving, 'one');
  two = await world.addAgent(serving, 'two');
});
afterEach(() => world.dispose());

interface Stream {
  readonly status: number;
  readonly ids: string[];
  readonly said: string[];
  readonly ended: Promise<void>;
  /** Resolves with the newest when so many have come. */
  until(count: number): Promise<string[]>;
  cut(): void;
}

async function open(token: string, headers: Record<string, string> = {}): Promise<Stream> {
  const gone = new AbortController();
  const answer = await fetch(`${serving.url}/v1/inbox/events`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: gone.signal,
  });
  const [ids, said]: [string[], string[]] = [[], []];
  const take = async () => {
    const text = answer.body?.pipeThrough(new TextDecoderStream());
    if (text === undefined) return;
    for await (const { id, data } of readEvents(text)) {
      const item = JSON.parse(data) as InboxItem & { error?: { code: string } };
      ids.push(id);
      said.push(item.error?.code ?? `${item.text}${item.redelivered ? ' (again)' : ''}`);
    }
  };
  const ended = take().catch(() => undefined);
  return {
    ...{ status: answer.status, ids, said, ended, cut: () => gone.abort() },
    until: async (count) => {
      await waitFor(`${count} items`, () => said.length >= count || said.join());
      return said;
    },
  };
}

const send = (body: string, to = 'two') => one.command('message.send', { to, body });

it('has what is there and what comes, one’s own alone, and goes on after a lost connection', async () => {
  await send('first');
  await send('not yours', 'operator');
  const stream = await open(two.token);
  await stream.until(1);
  await send('second');
  expect(await stream.until(2)).toEqual(['first', 'second']);
  stream.cut();
  await send('meanwhile');
  const again = await open(two.token, { 'last-event-id': stream.ids.at(-1) ?? '' });
  expect(await again.until(1)).toEqual(['meanwhile']);
  again.cut();
  // Nothing of it was acked: it is all there for who begins anew.
  const anew = await open(two.token);
  expect(await anew.until(3)).toEqual(['first', 'second', 'meanwhile']);
  anew.cut();
});

it('marks what an earlier session was handed, and is not for a token that was taken back', async () => {
  await send('handed');
  const stream = await open(two.token);
  await stream.until(1);
  const { token: before } = two;
  await serving.operator.command('agent.restart', { agent: 'two' });
  await waitFor('the old token to be refused', async () => {
    return (await serving.as(before).send('/v1')).status === 401;
  });
  await send('new');
  expect(await stream.until(3)).toEqual(['handed', 'new', 'UNAUTHENTICATED']);
  await stream.ended;
  expect((await open(before)).status).toBe(401);
});

it('is the operator’s too, refuses a senseless position, and says why it ends', async () => {
  await send('to you', 'operator');
  const stream = await open(serving.operatorToken);
  expect(await stream.until(1)).toEqual(['to you']);
  const odd = await serving.operator.send('/v1/inbox/events?after=-1');
  expect([odd.status, odd.body]).toMatchObject([400, { error: { code: 'BODY_INVALID' } }]);
  const { code } = await serving.stop();
  await stream.ended;
  expect([code, stream.said.at(-1)]).toEqual([0, 'SHUTTING_DOWN']);
});
