// What comparable systems were found to get wrong, and does not go wrong here. Each test is one such defect. Those of
// git-paw's broker stand in git-paw.test.ts, under "not here".

import { expect, it } from 'vitest';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { InboxItem } from '../../preload/contract/messages.ts';
import type { QuestionRecord } from '../../preload/contract/questions.ts';
import type { Snapshot } from '../../preload/contract/sync.ts';
import { openBox } from '../harness/hub.ts';
import { memoryStore } from '../harness/hub-memory-store.ts';
import { world } from '../harness/hub-ports.ts';

const a = { actor: 'agent:a' } as const;
const b = { actor: 'agent:b' } as const;

async function team(store = memoryStore()) {
  const box = await openBox({ store, features: world().features });
  const isNew = box.hub.head().seq === 0;
  for (const name of isNew ? ['a', 'b'] : [])
    await box.dispatch('agent.add', { name, profile: 'script', command: ['x'] });
  await box.settle();
  const ask = async (data: object, by: typeof a | typeof b) =>
    ((await box.dispatch('question.ask', data, by)).result as { question: string }).question;
  const agent = async (id: string) => {
    const { agents } = (await box.ask('agent.list')) as { agents: AgentRecord[] };
    return agents.find((one) => one.id === id);
  };
  const inbox = async (actor: 'agent:a' | 'agent:b') =>
    ((await box.ask('inbox.read', {}, actor)) as { items: InboxItem[] }).items;
  return { box, ask, agent, inbox };
}

it('one thing that an agent waits for does not overwrite another', async () => {
  const { box, ask, agent } = await team();
  const first = await ask({ text: 'First?' }, a);
  const second = await ask({ text: 'Second?', to: 'b' }, a);
  const blocked = { kind: 'blocked', to: 'operator', body: 'needs a key', payload: {} };
  await box.dispatch('message.announce', blocked, a);
  const waits = async () => (await agent('a'))?.status;
  expect(await waits()).toMatchObject({ value: 'waiting', source: 'question' });
  await box.dispatch('question.answer', { question: second, text: 'yes' }, b);
  expect(await waits()).toMatchObject({ value: 'waiting', source: 'question' });
  await box.dispatch('question.answer', { question: first, text: 'yes' });
  expect(await waits()).toMatchObject({ value: 'waiting', source: 'wait' });
  await box.dispatch('message.send', { to: 'a', body: 'here it is' });
  expect((await waits())?.value).not.toBe('waiting');
});

/** Of any kind, what it has of these. */
interface Shown {
  readonly id?: string;
  readonly text?: string;
  readonly body?: string;
  readonly askedMs?: number;
  readonly atMs?: number;
  readonly createdMs?: number;
  readonly status?: { readonly sinceMs: number };
}

it('the time of an event and of what is shown of it is one and the same', async () => {
  const { box, ask } = await team();
  box.clock.advance(1_234);
  await ask({ text: 'When?' }, a);
  box.clock.advance(777);
  await box.dispatch('message.send', { to: 'operator', body: 'now' }, a);
  const { events } = (await box.ask('log.page', { after: 0 })) as { events: EventEnvelope[] };
  const at = (type: string) => events.find((event) => event.type === type)?.atMs;
  const shown = Promise.withResolvers<Snapshot>();
  const ignore = () => undefined;
  const feed = box.hub.openRecords(0, {
    onSnapshot: shown.resolve,
    ...{ onDelta: ignore, onLive: ignore, pendingBytes: () => 0 },
  });
  await box.settle();
  const records = Object.values((await shown.promise).records) as Shown[];
  feed.close();
  expect(records.find(({ text }) => text === 'When?')?.askedMs).toBe(at('question.asked'));
  expect(records.find(({ body }) => body === 'now')?.atMs).toBe(at('message.sent'));
  const { status, createdMs } = records.find(({ id }) => id === 'a') ?? {};
  expect([status?.sinceMs, createdMs]).toEqual([at('question.asked'), at('agent.added')]);
});

it('a notice is not lost with the process that was to give it', async () => {
  const store = memoryStore();
  const before = await team(store);
  const question = await before.ask({ text: 'Go on?' }, a);
  const head = before.box.hub.head().seq;
  await before.box.dispatch('question.answer', { question, text: 'yes' });
  // Nobody has read it yet.
  before.box.crash();
  const after = await team(store);
  expect(await after.inbox('agent:a')).toMatchObject([{ type: 'question.answered' }]);
  const told: string[] = [];
  const stream = after.box.hub.openEvents(head, {
    onEvents: (events) => void told.push(...events.map(({ type }) => type)),
  });
  await after.box.settle();
  stream.close();
  expect(told[0]).toBe('question.answered');
});

it('what peers settle among themselves is seen by all whom it concerns', async () => {
  const { box, ask, inbox } = await team();
  const question = await ask({ text: 'Yours or mine?', to: 'b' }, a);
  await box.dispatch('question.answer', { question, text: 'mine' }, b);
  for (const actor of ['operator', 'agent:a', 'agent:b'] as const) {
    const { questions } = (await box.ask('question.list', { all: true }, actor)) as {
      questions: QuestionRecord[];
    };
    expect(questions, actor).toMatchObject([
      { id: question, state: 'answered', answer: { text: 'mine' }, settledBy: 'agent:b' },
    ]);
  }
  expect(await inbox('agent:a')).toMatchObject([{ type: 'question.answered' }]);
  expect((await inbox('agent:b')).map(({ type }) => type)).toEqual(['question.asked']);
});
