import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import { given, type Past } from '../../../test/harness/given.ts';
import { type Box, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { selectAgents } from '../agents/index.ts';
import { statusOf } from '../agents/view.ts';
import { selectWaiting } from './index.ts';

const a: Actor = 'agent:a';
const as = (actor: Actor) => ({ actor });

async function open(store = memoryStore()) {
  const played = world();
  const box = await openBox({ features: played.features, store });
  for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
  return { box, played, store };
}

async function listed(box: Box, all = false): Promise<WaitingItem[]> {
  return ((await box.ask('inbox.list', { all })) as { items: WaitingItem[] }).items;
}

const idsOf = async (box: Box) => (await listed(box)).map(({ id }) => id);
const write = (box: Box, to: string, body: string) =>
  box.dispatch('message.send', { to, body }, as(a));
const ask = async (box: Box, to = 'operator') => {
  const { result } = await box.dispatch('question.ask', { text: 'Which?', to }, as(a));
  return (result as { question: string }).question;
};
const request = async (box: Box, digit: string) => {
  const data = { commit: hex(digit), title: `work ${digit}` };
  const { result } = await box.dispatch('approval.request', data, as(a));
  return (result as { approval: string }).approval;
};

describe('what waits for the operator stays until it is settled', () => {
  it('a message, however much agents write to each other meanwhile', async () => {
    const { box } = await open();
    const { seq } = await write(box, 'operator', 'please look');
    for (let n = 0; n < 250; n++) await write(box, 'b', `chatter ${n}`);
    expect(await listed(box)).toMatchObject([
      { id: `message/${seq}`, agent: 'a', title: 'please look', isBlocking: false },
    ]);
  });

  it('all kinds in one list: what stops an agent first, then the oldest, over a restart too', async () => {
    const { box, store, played } = await open();
    const hello = { to: 'operator', body: 'hello' };
    const { seq } = await box.dispatch('message.send', hello, as('agent:b'));
    const question = await ask(box);
    const approval = await request(box, '1');
    played.outside.exit({ id: 'b.1', exitCode: 3, signal: null });
    await box.settle();
    const expected = [`question/${question}`, `approval/${approval}`, `message/${seq}`, 'agent/b'];
    expect(await idsOf(box)).toEqual(expected);
    box.crash();
    const again = await openBox({ features: world().features, store });
    expect(await idsOf(again)).toEqual(expect.arrayContaining(expected));
  });

  it('long texts are cut to one line; the whole is with the record', async () => {
    const { box } = await open();
    await write(box, 'operator', `first\n\n${'x'.repeat(5_000)}`);
    const [item] = await listed(box);
    expect([item?.title.length, item?.title.startsWith('first xxx')]).toEqual([300, true]);
  });
});

describe('what settles an item', () => {
  it('an answer, a cancellation, and the end of the asker', async () => {
    const { box } = await open();
    const [first, second] = [await ask(box), await ask(box)];
    await ask(box);
    await box.dispatch('question.answer', { question: first, text: 'this' });
    await box.dispatch('question.cancel', { question: second });
    expect(await idsOf(box)).toHaveLength(1);
    await box.dispatch('agent.destroy', { agent: 'a' });
    expect(await idsOf(box)).toEqual([]);
  });

  it('a question to a peer never waits for the operator', async () => {
    const { box } = await open();
    await ask(box, 'b');
    expect(await idsOf(box)).toEqual([]);
  });

  it('a decision parks an approval; a merge that fails brings it back, no longer blocking', async () => {
    const { box, played } = await open();
    const approval = await request(box, '1');
    played.outside.before = (deed) => {
      if (deed.startsWith('merge')) throw new Error('no');
    };
    await box.dispatch('approval.approve', { approval, commit: hex('1') });
    await box.settle();
    expect(await listed(box)).toMatchObject([{ id: `approval/${approval}`, isBlocking: false }]);
    await request(box, '2');
    expect(await idsOf(box)).toHaveLength(1);
  });

  it('reading up to a number, or a reply to it', async () => {
    const { box } = await open();
    const first = await write(box, 'operator', 'one');
    const second = await write(box, 'operator', 'two');
    const third = await write(box, 'operator', 'three');
    await box.dispatch('inbox.ack', { upTo: first.seq });
    expect(await idsOf(box)).toEqual([`message/${second.seq}`, `message/${third.seq}`]);
    await box.dispatch('message.send', { to: 'a', body: 'ok', re: second.seq });
    expect(await idsOf(box)).toEqual([`message/${third.seq}`]);
  });

  it('a push that failed is one for each target, until its push is tried again or a later one went', () => {
    const about = { approval: 'p-1', agent: 'a', title: 'Work', target: 'main', remote: 'origin' };
    const error = { code: 'PUSH_REJECTED', message: 'fetch first', mend: 'Fetch.' };
    const failed = (over: object = {}): Past => ({
      type: 'approval.push_failed',
      data: { ...about, kind: 'push-rejected', error, ...over },
    });
    const push = (event: string): Past => ({ type: `approval.${event}`, data: about });
    const waiting = (...past: Past[]) =>
      selectWaiting(given(world(), ...past).state)
        .values()
        .map(({ id, title, isBlocking }) => [id, title, isBlocking]);
    const main = ['push/main', 'main was not pushed to origin: fetch first', false];
    expect(waiting(failed(), failed({ approval: 'p-2' }))).toEqual([main]);
    expect(waiting(failed(), failed({ target: 'next' }))).toHaveLength(2);
    expect(waiting(failed(), push('pushing'))).toEqual([]);
    expect(waiting(failed(), push('pushing'), failed())).toEqual([main]);
    expect(waiting(failed(), push('pushed'))).toEqual([]);
  });

  it('a program that was told to end is nothing to look at', async () => {
    const { box, played } = await open();
    played.outside.before = (deed) => {
      if (deed === 'end a.1') played.outside.exit({ id: 'a.1', exitCode: null, signal: 'SIGHUP' });
    };
    await box.dispatch('agent.stop', { agent: 'a' });
    expect(await idsOf(box)).toEqual([]);
  });
});

describe('what the operator does with the list', () => {
  it('dismisses what nobody waits for, and takes it back', async () => {
    const { box } = await open();
    const { seq } = await write(box, 'operator', 'fyi');
    const item = `message/${seq}`;
    await box.dispatch('inbox.dismiss', { item });
    expect(await idsOf(box)).toEqual([]);
    await refusedWith('ITEM_UNKNOWN', box.dispatch('inbox.dismiss', { item }));
    await box.dispatch('inbox.restore', { item });
    expect(await idsOf(box)).toEqual([item]);
  });

  it('never dismisses what an agent waits for', async () => {
    const { box } = await open();
    const item = `question/${await ask(box)}`;
    await refusedWith('ITEM_BLOCKING', box.dispatch('inbox.dismiss', { item }));
    await refusedWith('FORBIDDEN', box.dispatch('inbox.dismiss', { item }, as(a)));
    expect(await idsOf(box)).toEqual([item]);
  });

  it('snoozes, and what is snoozed comes back by itself', async () => {
    const { box } = await open();
    const item = `question/${await ask(box)}`;
    await box.dispatch('inbox.snooze', { item, when: '60s' });
    expect([await idsOf(box), (await listed(box, true)).length]).toEqual([[], 1]);
    await box.advance(59_000);
    expect(await idsOf(box)).toEqual([]);
    await box.advance(2_000);
    expect(await idsOf(box)).toEqual([item]);
    await box.dispatch('inbox.snooze', { item, when: '60s' });
    await box.dispatch('inbox.restore', { item });
    expect(await idsOf(box)).toEqual([item]);
  });

  it('snoozes until its agent speaks again, over a restart, and no other agent brings it back', async () => {
    const { box, store, played } = await open();
    const item = `question/${await ask(box)}`;
    const { seq } = await write(box, 'operator', 'fyi');
    for (const one of [item, `message/${seq}`])
      await box.dispatch('inbox.snooze', { item: one, when: 'heard' });
    await box.dispatch('agent.report', { status: 'working' }, as('agent:b'));
    expect(await idsOf(box)).toEqual([]);
    box.crash();
    const again = await openBox({ features: played.features, store });
    expect(await idsOf(again)).toEqual([]);
    await again.dispatch('agent.report', { status: 'working' }, as(a));
    expect(await idsOf(again)).toEqual([item, `message/${seq}`]);
  });
});

describe('what an agent waits for is folded from the same', () => {
  const status = (box: Box) => {
    const agent = selectAgents(box.hub.state()).byId.get('a');
    return agent === undefined ? undefined : statusOf(agent);
  };

  it('a question, to whomever, and an approval until its outcome', async () => {
    const { box, played } = await open();
    const question = await ask(box, 'b');
    expect(status(box)).toMatchObject({ value: 'waiting', source: 'question' });
    await box.dispatch('question.answer', { question, text: 'this' }, as('agent:b'));
    expect(status(box)?.value).toBe('unknown');
    const approval = await request(box, '1');
    expect(status(box)).toMatchObject({ value: 'waiting', source: 'approval' });
    played.outside.before = (deed) => {
      if (deed.startsWith('merge')) throw new Error('no');
    };
    await box.dispatch('approval.approve', { approval, commit: hex('1') });
    await box.settle();
    expect(status(box)?.value).toBe('unknown');
  });
});
