import { describe, expect, it } from 'vitest';
import type { Actor } from '../../preload/contract/envelope.ts';
import type { InboxItem, TrackedMessage } from '../../preload/contract/messages.ts';
import { type Box, openBox, refusedWith } from '../harness/hub.ts';
import { newLogPath, openLog } from '../harness/hub-files.ts';
import { world } from '../harness/hub-ports.ts';

const [a, b] = ['agent:a', 'agent:b'] as const;

async function team() {
  const played = world();
  const file = await newLogPath();
  const box = await openBox({ features: played.features, store: await openLog(file) });
  for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
  return { box, file, played };
}

const send = (box: Box, body: string, to = 'b') =>
  box.dispatch('message.send', { to, body }, { actor: a });

async function read(box: Box, ask: object = {}, actor: Actor = b) {
  const answer = (await box.ask('inbox.read', ask, actor)) as {
    items: InboxItem[];
    cursor: number;
  };
  const said = answer.items.map((item) => `${item.text}${item.redelivered ? ' (again)' : ''}`);
  return { ...answer, said };
}

it('what was sent is in the inbox, in order, until it is acked', async () => {
  const { box } = await team();
  for (const body of ['one', 'two', 'three']) await send(box, body);
  const first = await read(box, { limit: 2 });
  expect(first.said).toEqual(['one', 'two']);
  expect((await read(box, { after: first.cursor })).said).toEqual(['three']);
  expect((await read(box)).said).toEqual(['one', 'two', 'three']);
  await box.dispatch('inbox.ack', { upTo: first.cursor }, { actor: b });
  expect((await read(box)).said).toEqual(['three']);
});

describe('an empty answer echoes the cursor', () => {
  it.each([0, 7, 10_000])('after %i', async (after) => {
    const { box } = await team();
    expect(await read(box, { after })).toMatchObject({ items: [], cursor: after });
  });
  it('and without one the last ack', async () => {
    const { box } = await team();
    await send(box, 'one');
    const { cursor } = await read(box);
    await box.dispatch('inbox.ack', { upTo: cursor }, { actor: b });
    expect(await read(box)).toMatchObject({ items: [], cursor });
  });
});

describe('redelivery', () => {
  it('what an earlier session was handed and did not ack comes again, marked', async () => {
    const { box } = await team();
    for (const body of ['acked', 'handed']) await send(box, body);
    const { items } = await read(box);
    await box.dispatch('inbox.ack', { upTo: items[0]?.seq }, { actor: b });
    expect((await read(box)).said).toEqual(['handed']);
    await box.dispatch('agent.restart', { agent: 'b' });
    await send(box, 'new');
    expect((await read(box)).said).toEqual(['handed (again)', 'new']);
    expect((await read(box)).said).toEqual(['handed (again)', 'new']);
    expect((await read(box, { after: 0 })).said).toEqual(['acked', 'handed (again)', 'new']);
    await box.dispatch('agent.restart', { agent: 'b' });
    expect((await read(box)).said).toEqual(['handed (again)', 'new (again)']);
  });

  it('what was never handed out is new to any session, also after looking ahead', async () => {
    const { box } = await team();
    await read(box, { after: 10_000 });
    await send(box, 'one');
    await box.dispatch('agent.restart', { agent: 'b' });
    expect((await read(box)).said).toEqual(['one']);
  });

  it('the operator looking into an inbox hands nothing out', async () => {
    const { box } = await team();
    await send(box, 'one');
    expect((await read(box, { agent: 'b' }, 'operator')).said).toEqual(['one']);
    await box.dispatch('agent.restart', { agent: 'b' });
    expect((await read(box)).said).toEqual(['one']);
  });

  it('holds over a crash of the hub', async () => {
    const { box, file, played } = await team();
    await send(box, 'one');
    await read(box);
    await box.dispatch('agent.stop', { agent: 'b' });
    await box.hub.stop();
    const next = await openBox({ features: played.features, store: await openLog(file) });
    expect((await read(next)).said).toEqual(['one']);
    await next.dispatch('agent.start', { agent: 'b' });
    expect((await read(next)).said).toEqual(['one (again)']);
  });
});

it('how far a message got is told for each who should have it', async () => {
  const { box } = await team();
  await send(box, 'hello', '*');
  const seq = box.hub.head().seq;
  const states = async () => {
    const { delivery } = (await box.ask('message.get', { seq })) as TrackedMessage;
    return Object.fromEntries(delivery.map(({ to, state }) => [to, state]));
  };
  expect(await states()).toEqual({ operator: 'delivered', b: 'queued' });
  await read(box);
  await box.advance(2_000);
  expect(box.hub.live('position').get('b')).toMatchObject({ handed: seq, again: 0 });
  expect(await states()).toMatchObject({ b: 'delivered' });
  await box.dispatch('agent.restart', { agent: 'b' });
  expect(await states()).toMatchObject({ b: 'redelivered' });
  await read(box);
  expect(await states()).toMatchObject({ b: 'redelivered' });
  await box.dispatch('inbox.ack', { upTo: seq }, { actor: b });
  await box.dispatch('inbox.ack', { upTo: seq });
  expect(await states()).toEqual({ operator: 'acknowledged', b: 'acknowledged' });
  await box.advance(2_000);
  expect(box.hub.live('position').get('b')).toEqual({ acked: seq, handed: seq, again: seq });
  const { messages } = (await box.ask('message.list')) as { messages: TrackedMessage[] };
  expect(messages.at(-1)?.delivery).toHaveLength(2);
  await box.advance(1_000);
  for (const verb of ['destroy', 'purge']) await box.dispatch(`agent.${verb}`, { agent: 'b' });
  expect(await states()).toMatchObject({ b: 'gone' });
  await box.dispatch('agent.add', { name: 'b' });
  expect(await states()).toMatchObject({ b: 'gone' });
});

it('a new agent under the name of a purged one has an empty inbox', async () => {
  const { box } = await team();
  await send(box, 'for the first b');
  await read(box);
  for (const verb of ['destroy', 'purge']) await box.dispatch(`agent.${verb}`, { agent: 'b' });
  await box.dispatch('agent.add', { name: 'b' });
  expect((await read(box)).said).toEqual([]);
  await send(box, 'for the second');
  expect((await read(box)).said).toEqual(['for the second']);
});

describe('a long poll', () => {
  it('is answered by the message it waited for', async () => {
    const { box } = await team();
    const waiting = read(box, { waitMs: 60_000 });
    await send(box, 'to another', 'operator');
    await send(box, 'here');
    expect((await waiting).said).toEqual(['here']);
  });
  it('ends empty when its time is over', async () => {
    const { box } = await team();
    const waiting = read(box, { waitMs: 5_000, after: 3 });
    await box.advance(5_000);
    expect(await waiting).toMatchObject({ items: [], cursor: 3 });
  });
  it('of a caller that went away hands nothing out', async () => {
    const { box } = await team();
    const caller = new AbortController();
    const data = { waitMs: 60_000 };
    const waiting = box.hub.query({ type: 'inbox.read', data, signal: caller.signal }, b);
    caller.abort();
    await send(box, 'one');
    expect(await waiting).toMatchObject({ items: [] });
    await box.dispatch('agent.restart', { agent: 'b' });
    expect((await read(box)).said).toEqual(['one']);
  });
});

it('TOPIC-3: whatever concerns an agent is in its inbox, said in words', async () => {
  const { box } = await team();
  await box.dispatch('message.send', { to: '*', body: 'hello' });
  const asked = await box.dispatch(
    'question.ask',
    { text: 'Which?', options: ['x', 'y'] },
    { actor: a },
  );
  const { question } = asked.result as { question: string };
  await box.dispatch('question.answer', { question, choices: ['x'] });
  const wanted = await box.dispatch('approval.request', { commit: 'a'.repeat(40) }, { actor: a });
  const { approval } = wanted.result as { approval: string };
  await box.dispatch('approval.deny', { approval, note: 'tests' });
  expect((await read(box, {}, a)).said).toEqual([
    'hello\n(to all; it may need no action from you)',
    `Answer to ${question} ("Which?"): x`,
    `Denied: "work aaaa" (${approval}). Note: tests`,
  ]);
  const operator = (await read(box, {}, 'operator')).said;
  expect(operator).toEqual([
    `Question ${question}: Which?\nOptions: x | y\nAnswer with: musher answer ${question} <choice or text>`,
    `a asks to merge "work aaaa" (${approval}).`,
  ]);
});

it('an inbox is its owner’s and the operator’s', async () => {
  const { box } = await team();
  await refusedWith('INBOX_FORBIDDEN', box.ask('inbox.read', { agent: 'a' }, b));
  await refusedWith('INBOX_FORBIDDEN', box.ask('inbox.read', { agent: 'operator' }, b));
  await refusedWith('AGENT_UNKNOWN', box.ask('inbox.read', { agent: 'z' }));
  await refusedWith('AGENT_UNKNOWN', box.ask('inbox.read', {}, 'agent:z'));
  expect((await read(box, { agent: 'b' })).said).toEqual([]);
});

it('WRITE-11: an inbox can be read while nothing can be written, and reading is no transaction of its own', async () => {
  const { box } = await team();
  await send(box, 'one');
  box.store.failWith(new Error('disk full'));
  expect((await read(box)).said).toEqual(['one']);
  box.store.failWith(undefined);
  const before = box.store.commits;
  await Promise.all([read(box), send(box, 'two'), read(box, {}, a)]);
  expect(box.store.commits - before).toBe(1);
});
