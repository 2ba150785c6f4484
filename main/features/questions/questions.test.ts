import { expect, it } from 'vitest';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { type Box, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { world } from '../../../test/harness/hub-ports.ts';

const as = (agent: string): { actor: Actor } => ({ actor: `agent:${agent}` });

async function open() {
  const store = memoryStore();
  const played = world();
  const box = await openBox({ features: played.features, store });
  for (const name of ['a', 'b', 'c']) await box.dispatch('agent.add', { name });
  await box.settle();
  return { box, played, store };
}

async function asked(box: Box, data: object): Promise<string> {
  const { result } = await box.dispatch('question.ask', { text: 'Which?', ...data }, as('a'));
  return (result as { question: string }).question;
}
const get = async (box: Box, question: string, from: Actor = 'operator') =>
  (await box.ask('question.get', { question }, from)) as QuestionRecord;
const inboxOf = async (box: Box, agent: string) => {
  const { items } = (await box.ask('inbox.read', { after: 0 }, `agent:${agent}`)) as {
    items: { type: string; text: string }[];
  };
  return items.filter(({ type }) => type.startsWith('question.')).map(({ text }) => text);
};

it('of twenty answers at once, from the operator and the one who is asked, exactly one wins', async () => {
  const { box } = await open();
  const question = await asked(box, { to: 'b', options: ['yes', 'no'] });
  const all = Array.from({ length: 20 }, (_, n) =>
    box.dispatch(
      'question.answer',
      { question, choices: [n % 3 === 0 ? 'no' : 'yes'], text: `answer ${n}` },
      n % 2 === 0 ? {} : as('b'),
    ),
  );
  const settled = await Promise.allSettled(all);
  const won = settled.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
  expect(won).toHaveLength(1);
  for (const [n, one] of all.entries())
    if (n !== won[0]) await refusedWith('QUESTION_SETTLED', one);
  expect((await get(box, question)).answer?.text).toBe(`answer ${won[0]}`);
  expect((await inboxOf(box, 'a')).filter((text) => text.startsWith('Answer'))).toHaveLength(1);
  await refusedWith('QUESTION_SETTLED', box.dispatch('question.cancel', { question }, as('a')));
});

it('the operator answers in place of a peer, who is told and need not answer any more', async () => {
  const { box } = await open();
  const question = await asked(box, { to: 'b' });
  await box.dispatch('question.answer', { question, text: 'this' });
  const told = `Answer to ${question} ("Which?") (the operator, in place of b): this`;
  expect(await inboxOf(box, 'a')).toEqual([told]);
  expect((await inboxOf(box, 'b')).at(-1)).toBe(told);
  const own = await asked(box, { to: 'b' });
  await box.dispatch('question.answer', { question: own, text: 'mine' }, as('b'));
  expect((await inboxOf(box, 'b')).at(-1)).toContain(`Question ${own}`);
});

it('asked again, it says what was said before', async () => {
  const { box } = await open();
  const first = await asked(box, {});
  await box.dispatch('question.answer', { question: first, text: 'postgres' });
  const again = await asked(box, {});
  const former = { question: first, state: 'answered', answer: { choices: [], text: 'postgres' } };
  expect(await get(box, again)).toMatchObject({ state: 'open', former });
  // Of another, it is another question.
  expect((await get(box, await asked(box, { to: 'b' }))).former).toBeUndefined();
});

it('files are shown with it, and whoever may see the question sees them as they are now', async () => {
  const { box, played } = await open();
  played.outside.attached.set('db/schema.sql', 'create table a;');
  const attachments = ['db/schema.sql', 'db/schema.sql'];
  const question = await asked(box, { to: 'b', attachments });
  expect((await get(box, question)).attachments).toEqual([
    { path: 'db/schema.sql', sizeBytes: 15, hash: 'hash of create table a;' },
  ]);
  expect((await inboxOf(box, 'b'))[0]).toContain('Attached: db/schema.sql');
  const show = (actor: Actor, path = 'db/schema.sql') =>
    box.ask('question.attachment', { question, path }, actor);
  expect(await show('agent:b')).toMatchObject({ text: 'create table a;', hasChanged: false });
  played.outside.attached.set('db/schema.sql', 'a\0b');
  expect(await show('operator')).toEqual({ path: 'db/schema.sql', sizeBytes: 3, hasChanged: true });
  await refusedWith('QUESTION_UNKNOWN', show('agent:c'));
  await refusedWith('ATTACHMENT_UNKNOWN', show('operator', '.env'));
  await refusedWith('ATTACHMENT_REFUSED', asked(box, { attachments: ['gone.sql'] }));
});

it('is parked over a restart, answered after it, and runs out of time by its default', async () => {
  const { box, played, store } = await open();
  const question = await asked(box, {});
  const late = await asked(box, { text: 'Late?', timeoutMs: 60_000, default: 'no' });
  box.crash();
  const again = await openBox({ features: played.features, store });
  const woken = again.ask('question.get', { question, waitMs: 60_000 }, 'agent:a');
  await again.dispatch('question.answer', { question, text: 'this' });
  expect(await woken).toMatchObject({ state: 'answered', answer: { text: 'this' } });
  await again.advance(61_000);
  expect(await get(again, late)).toMatchObject({ state: 'expired', answer: { text: 'no' } });
  await refusedWith(
    'QUESTION_SETTLED',
    again.dispatch('question.answer', { question: late, text: 'yes' }),
  );
});

it('where a question is unknown, an agent is told of those alone that it has to do with', async () => {
  const { box } = await open();
  const question = await asked(box, { to: 'b' });
  const answer = { question: 'q-unknown', text: 'this' };
  for (const [agent, known] of [
    ['a', question],
    ['b', question],
    ['c', 'none'],
  ] as const) {
    const refused = box.dispatch('question.answer', answer, as(agent));
    const { wire } = await refusedWith('QUESTION_UNKNOWN', refused);
    expect(wire.details).toMatchObject({ known });
  }
});
