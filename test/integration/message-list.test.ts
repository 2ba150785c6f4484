import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../preload/contract/envelope.ts';
import type { TrackedMessage } from '../../preload/contract/messages.ts';
import { type Box, openBox, refusedWith } from '../harness/hub.ts';
import { newLogPath, openLog } from '../harness/hub-files.ts';
import { memoryStore } from '../harness/hub-memory-store.ts';
import { world } from '../harness/hub-ports.ts';

interface Page {
  messages: TrackedMessage[];
  more: boolean;
  cursor: number;
}

/** Messages, a question with its answer, and what of it is read. Bodies are unique; `numbers` has each by its body. */
async function open(store: 'SQLite' | 'memory') {
  const { features } = world();
  const box = await openBox({
    features,
    store: store === 'SQLite' ? await openLog(await newLogPath()) : memoryStore(),
  });
  const numbers = new Map<string, number>();
  const send = async (actor: Actor, to: string | string[], said: string) => {
    // `> what it answers | what it says`
    const [, re, body = said] = /^> (.*) \| (.*)$/.exec(said) ?? [];
    const data = { to, body, re: re === undefined ? undefined : numbers.get(re) };
    const { seq } = await box.dispatch('message.send', data, { actor });
    numbers.set(body, seq);
  };
  for (const name of ['a', 'b', 'c']) await box.dispatch('agent.add', { name });
  await send('agent:a', 'b', 'the schema is in db/schema.sql');
  await send('agent:b', 'a', '> the schema is in db/schema.sql | got the schema');
  await send('agent:a', 'operator', 'schema is ready');
  await send('operator', '*', 'please rebase');
  await send('agent:c', ['a', 'operator'], 'tests are green');
  await send('agent:b', 'operator', '> got the schema | read me');
  await send('operator', 'b', '> read me | thanks');
  const asked = await box.dispatch('question.ask', { text: 'Which schema?' }, { actor: 'agent:a' });
  const { question } = asked.result as { question: string };
  await box.dispatch('question.answer', { question, text: 'the new one' });
  return { box, numbers };
}

const list = (box: Box, ask: object = {}) => box.ask('message.list', ask) as Promise<Page>;

async function bodies(box: Box, ask: object): Promise<string[]> {
  return (await list(box, ask)).messages.map(({ body }) => body);
}

const question = /^Question q-\S+: Which schema\?/;
const answer = /^Answer to q-\S+ \("Which schema\?"\): the new one$/;

describe.each(['SQLite', 'memory'] as const)('message.list on %s', (store) => {
  it.each<[object, (string | RegExp)[]]>([
    [{ agent: 'c' }, ['please rebase', 'tests are green']],
    [{ from: 'b' }, ['got the schema', 'read me']],
    [{ to: 'operator' }, ['schema is ready', 'tests are green', 'read me']],
    [{ to: '*' }, ['please rebase']],
    [{ from: 'operator', to: 'b' }, ['please rebase', 'thanks']],
    [{ agent: 'nobody' }, []],
    [{ text: 'schema' }, ['the schema is in db/schema.sql', 'got the schema', 'schema is ready']],
    [{ text: 'SCHEMA is', agent: 'operator' }, ['schema is ready']],
    [{ text: '"db schema"' }, ['the schema is in db/schema.sql']],
    [{ text: 'reb*' }, ['please rebase']],
    [{ unread: true }, ['schema is ready', 'tests are green']],
    [{ unread: true, text: 'green' }, ['tests are green']],
    [
      { type: '*', agent: 'a', text: 'schema', from: 'a' },
      ['the schema is in db/schema.sql', 'schema is ready', question],
    ],
    [{ type: 'question.asked,question.answered' }, [question, answer]],
    [{ type: 'question.answered', to: 'a', text: 'new' }, [answer]],
    [{ type: '*', text: 'which' }, [question, answer]],
    [{ type: 'agent.added' }, []],
  ])('%j', async (ask, expected) => {
    const { box } = await open(store);
    const found = await bodies(box, ask);
    expect(found).toEqual(
      expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    );
  });

  it('a thread is all of its chain, by any message of it', async () => {
    const { box, numbers } = await open(store);
    const chain = ['the schema is in db/schema.sql', 'got the schema', 'read me', 'thanks'];
    for (const body of chain)
      expect(await bodies(box, { thread: numbers.get(body) })).toEqual(chain);
    expect(await bodies(box, { thread: numbers.get('please rebase') })).toEqual(['please rebase']);
    expect(await bodies(box, { thread: numbers.get('thanks'), text: 'schema' })).toEqual(
      chain.slice(0, 2),
    );
  });

  it.each([{}, { type: '*' }, { agent: 'operator' }])(
    'pages of two, %j, in both directions are the whole',
    async (filters) => {
      const { box } = await open(store);
      const whole = await list(box, filters);
      expect([whole.more, whole.messages.length > 4]).toEqual([false, true]);
      const back: TrackedMessage[] = [];
      const forth: TrackedMessage[] = [];
      for (let ask: object | undefined = {}; ask !== undefined; ) {
        const { messages, more, cursor } = await list(box, { ...filters, ...ask, limit: 2 });
        back.unshift(...messages);
        ask = more ? { before: cursor } : undefined;
      }
      for (let ask: object | undefined = { after: 0 }; ask !== undefined; ) {
        const { messages, more, cursor } = await list(box, { ...filters, ...ask, limit: 2 });
        forth.push(...messages);
        ask = more ? { after: cursor } : undefined;
      }
      expect([back, forth]).toEqual([whole.messages, whole.messages]);
      const { cursor } = await list(box, { ...filters, after: 0 });
      expect(cursor).toBe(box.hub.head().seq);
    },
  );
});

describe('what message.list tells', () => {
  let messages: TrackedMessage[];
  beforeAll(async () => {
    const { box } = await open('memory');
    messages = (await list(box, { type: '*' })).messages;
  });
  const one = (body: string | RegExp) =>
    messages.find((message) => message.body.match(body) !== null);

  it('of several recipients, each with how far it got', () =>
    expect(one('tests are green')).toMatchObject({
      type: 'message.sent',
      to: ['a', 'operator'],
      delivery: [
        { to: 'a', state: 'queued' },
        { to: 'operator', state: 'delivered' },
      ],
    }));

  it('of what is no message, in words', () =>
    expect(one(answer)).toMatchObject({
      type: 'question.answered',
      from: 'operator',
      to: 'a',
      delivery: [{ to: 'a', state: 'queued' }],
    }));
});

it.each([
  { text: 'x'.repeat(201) },
  { agent: 'no such name' },
  { from: '"§"' },
  { type: 'a b' },
  { thread: 0 },
  { limit: 501 },
  { before: -1 },
])('%j is refused with the field', async (ask) => {
  const { box } = await open('memory');
  const error = await refusedWith('BODY_INVALID', list(box, ask));
  expect(error.wire.message).toContain(`"${Object.keys(ask)[0]}"`);
});
