import { describe, expect, it } from 'vitest';
import type { TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { longestChain, triggersKept } from '../../../preload/contract/trigger-facts.ts';
import { musherError } from '../../base/result.ts';
import { type Box, diesAt, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { type World, world } from '../../../test/harness/hub-ports.ts';

interface Opened {
  readonly box: Box;
  readonly outside: World['outside'];
}

async function open(): Promise<Opened> {
  const { features, outside } = world();
  const box = await openBox({ features });
  for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
  return { box, outside };
}

const onStory = { on: ['story.added'] };
const tell = (text: string) => ({
  command: 'message.send',
  data: { to: 'a', body: text },
});
const add = (box: Box, data: object) => box.dispatch('trigger.add', data);
const story = (box: Box, title = 'x') => box.dispatch('story.add', { title });
const all = async (box: Box) =>
  ((await box.ask('trigger.list')) as { triggers: TriggerRecord[] }).triggers;
const one = async (box: Box, id = 'tr-1') => (await all(box)).find((each) => each.id === id);
/** What was said to the agent, by what was done for triggers. */
const said = (box: Box) =>
  box.store
    .page({ after: 0, limit: 100_000 })
    .filter(({ type, actor }) => type === 'message.sent' && actor === 'operator')
    .map(({ data }) => (data as { body: string }).body);
const types = (box: Box) =>
  box.store
    .page({ after: 0, limit: 100_000 })
    .map(({ type }) => type)
    .filter((type) => type.startsWith('trigger.'));
async function waiting(box: Box): Promise<string[]> {
  const { items } = (await box.ask('inbox.list')) as {
    items: Array<{ id: string; title: string }>;
  };
  return items.filter(({ id }) => id.startsWith('trigger/')).map(({ title }) => title);
}

async function drained(box: Box): Promise<void> {
  const done = box.hub.drain();
  await box.settle();
  await done;
}

describe('firing', () => {
  it('what fits fires, in order, on behalf of the operator, with what the event says', async () => {
    const { box } = await open();
    await story(box, 'before it was there');
    await add(box, { ...onStory, ...tell('look at {{story}}: {{data.title}}') });
    await story(box, 'one');
    await box.dispatch('learning.add', { text: 'fits not' });
    await story(box, 'two');
    await drained(box);
    expect(said(box)).toEqual(['look at s-2: one', 'look at s-3: two']);
    expect(await one(box)).toMatchObject({
      ...{ state: 'armed', fired: 2, failures: 0 },
      last: { type: 'story.added', outcome: 'done' },
      name: expect.stringContaining('send'),
    });
    const sent = box.store
      .page({ after: 0, limit: 999 })
      .filter(({ type }) => type === 'message.sent');
    expect(sent.at(-1)).toMatchObject({ actor: 'operator', via: 'system' });
  });

  it('once is once, also of two that come together', async () => {
    const { box } = await open();
    await add(box, { ...onStory, ...tell('{{story}}'), once: true });
    const both = [story(box), story(box)];
    await Promise.all(both);
    await story(box);
    await drained(box);
    expect([said(box), (await one(box))?.state]).toEqual([['s-1'], 'spent']);
    await box.dispatch('trigger.resume', { trigger: 'tr-1' });
    await story(box);
    await drained(box);
    expect([said(box), (await one(box))?.state]).toEqual([['s-1', 's-4'], 'spent']);
  });

  it('a cool-down counts from the event that it fired on, also when the clock is set back', async () => {
    const { box } = await open();
    await add(box, { ...onStory, ...tell('{{story}}'), cooldownMs: 60_000 });
    for (const ms of [0, 30_000, 29_999, 1, 60_000]) {
      await box.advance(ms);
      await story(box);
      await drained(box);
    }
    box.clock.setWall(box.clock.now() - 86_400_000);
    await story(box);
    await drained(box);
    expect(said(box)).toEqual(['s-1', 's-4', 's-5', 's-6']);
  });

  it('an expression decides; one that fails is told once and stops no other', async () => {
    const { box } = await open();
    await add(box, { ...onStory, where: 'data.title == "yes"', ...tell('{{data.title}}') });
    await add(box, { ...onStory, where: 'data.nothing == 1', ...tell('never') });
    for (const title of ['no', 'yes', 'no']) await story(box, title);
    await drained(box);
    expect(said(box)).toEqual(['yes']);
    expect((await one(box, 'tr-2'))?.notes).toMatchObject([
      { kind: 'expression', text: expect.stringContaining('No such key: nothing') },
    ]);
    expect(types(box).filter((type) => type === 'trigger.noted')).toHaveLength(1);
    await box.dispatch('trigger.edit', { trigger: 'tr-2', where: 'has(data.nothing)' });
    expect((await one(box, 'tr-2'))?.notes).toBeUndefined();
  });

  it('one whose expression never ends is paused, and waits for the operator', async () => {
    const { box } = await open();
    await add(box, { ...onStory, where: '"endless" == "endless"', ...tell('never') });
    await story(box);
    await story(box);
    await drained(box);
    expect(await one(box, 'tr-1')).toMatchObject({
      state: 'paused',
      pause: { reason: 'expression', detail: expect.stringMatching(/500 ms.*trigger edit tr-1/) },
    });
    expect(types(box).filter((type) => type === 'trigger.paused')).toHaveLength(1);
  });

  it('a pause and a removal count at once; what happened meanwhile is not made up for', async () => {
    const { box } = await open();
    await add(box, { ...onStory, ...tell('{{story}}') });
    await box.dispatch('trigger.pause', { trigger: 'tr-1' });
    await story(box);
    await box.dispatch('trigger.resume', { trigger: 'tr-1' });
    await story(box);
    await box.dispatch('trigger.remove', { trigger: 'tr-1' });
    await story(box);
    await drained(box);
    expect([said(box), await all(box)]).toEqual([['s-2'], []]);
  });

  it('what an address is sent is the event, and nothing else is filled in there', async () => {
    const { box, outside } = await open();
    await add(box, { ...onStory, webhook: 'https://x.example/hook?k={{story}}' });
    await story(box, 'secret plans');
    await drained(box);
    const [posted = ''] = outside.done.filter((deed) => deed.startsWith('post'));
    expect(posted).toContain('post https://x.example/hook?k={{story}} {"trigger":{"id":"tr-1"');
    expect(posted).toContain('"story":"s-1"');
    expect((await one(box))?.last).toMatchObject({ outcome: 'done', detail: 'it answered 200' });
  });
});

describe('what fails', () => {
  it('three times in a row pauses it, and the operator is told; a success in between counts', async () => {
    const { box, outside } = await open();
    await add(box, { ...onStory, webhook: 'https://x.example/hook', name: 'hook' });
    const broken = (deed: string) => {
      if (deed.startsWith('post'))
        throw musherError('WEBHOOK_FAILED', { host: 'x.example', reason: 'it answered 500' });
    };
    const results = [broken, broken, () => undefined, broken, broken, broken, broken];
    for (const before of results) {
      outside.before = before;
      await story(box);
      await drained(box);
    }
    expect(await one(box)).toMatchObject({
      ...{ state: 'paused', fired: 6, failures: 3 },
      pause: { reason: 'failures' },
    });
    expect(await waiting(box)).toEqual([
      expect.stringContaining('hook was paused. What it does failed 3 times in a row'),
    ]);
    await box.dispatch('trigger.resume', { trigger: 'tr-1' });
    expect([await waiting(box), (await one(box))?.failures]).toEqual([[], 0]);
  });

  it('once: it is told at once', async () => {
    const { box } = await open();
    await add(box, { ...onStory, once: true, ...tell('{{data.nothing}}'), name: 'hm' });
    await story(box);
    await drained(box);
    expect(await one(box)).toMatchObject({ state: 'spent', last: { outcome: 'failed' } });
    expect(await waiting(box)).toEqual([
      'hm fired once, and what it does failed: the event has no data.nothing',
    ]);
  });

  it('a command that is refused is told with its remedy, and fires again next time', async () => {
    const { box } = await open();
    await add(box, { ...onStory, command: 'agent.start', data: { agent: 'nobody' } });
    await story(box);
    await drained(box);
    expect((await one(box))?.last).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining('nobody'),
    });
  });
});

describe('the loop guard', () => {
  it('what it does itself does not make it fire, and that is told once', async () => {
    const { box } = await open();
    await add(box, { on: ['message.sent'], ...tell('echo') });
    for (let n = 0; n < 3; n++) await box.dispatch('message.send', { to: 'b', body: 'hello' });
    await drained(box);
    expect(said(box).sort()).toEqual(['echo', 'echo', 'echo', 'hello', 'hello', 'hello']);
    expect(types(box).filter((type) => type === 'trigger.noted')).toHaveLength(1);
    expect((await one(box))?.notes).toMatchObject([{ kind: 'own' }]);
  });

  it('neither do two that make each other fire, nor one that is told of its own life', async () => {
    const { box } = await open();
    await add(box, { on: ['message.sent'], command: 'story.add', data: { title: 'x' } });
    await add(box, { ...onStory, ...tell('echo') });
    await add(box, { on: ['trigger.*'], ...tell('own') });
    await box.dispatch('message.send', { to: 'b', body: 'hello' });
    await drained(box);
    // hello -> story -> echo -> (not again); each firing is told by the third, not its own.
    expect(said(box).filter((body) => body === 'echo').length).toBeLessThanOrEqual(3);
    expect(said(box).length).toBeLessThan(30);
    expect((await one(box))?.notes).toMatchObject([{ kind: 'own' }]);
  });

  it('a chain of many triggers ends', async () => {
    const { box } = await open();
    for (let n = 0; n < longestChain + 3; n++)
      await add(box, {
        on: ['learning.added'],
        where: `data.text == "step ${n}"`,
        command: 'learning.add',
        data: { text: `step ${n + 1}` },
      });
    await box.dispatch('learning.add', { text: 'step 0' });
    await drained(box);
    const fired = (await all(box)).filter((each) => each.fired > 0);
    expect(fired).toHaveLength(longestChain);
    expect((await one(box, `tr-${longestChain + 1}`))?.notes).toMatchObject([{ kind: 'chain' }]);
  });

  it('one that fires too often is paused, and the operator is told', async () => {
    const { box } = await open();
    await add(box, { ...onStory, ...tell('{{story}}'), perMinute: 5, name: 'busy' });
    for (let n = 0; n < 9; n++) await story(box);
    await drained(box);
    expect(said(box)).toHaveLength(5);
    expect(await one(box)).toMatchObject({ state: 'paused', pause: { reason: 'rate' } });
    expect(await waiting(box)).toEqual([
      expect.stringContaining('busy was paused. It fired 5 times'),
    ]);
    await box.dispatch('trigger.edit', { trigger: 'tr-1', perMinute: 600 });
    expect(await waiting(box)).toEqual([]);
  });
});

describe('what cannot be', () => {
  const good = { ...onStory, ...tell('x') };
  it.each<[string, object, Parameters<typeof refusedWith>[0]]>([
    ['an event that there is not', { on: ['story.movd'] }, 'TRIGGER_EVENT_UNKNOWN'],
    ['a kind that there is not', { on: ['storys.*'] }, 'TRIGGER_EVENT_UNKNOWN'],
    ['a path that leads out', { path: '../x' }, 'TRIGGER_PATH_INVALID'],
    ['a path with too many wildcards', { path: '**/**/**/**/x' }, 'TRIGGER_PATH_INVALID'],
    ['an expression that does not read', { where: 'data.' }, 'TRIGGER_EXPRESSION_INVALID'],
    ['two things to do', { prompt: 'x' }, 'TRIGGER_ACTION_INVALID'],
    ['nothing to do', { command: undefined, data: undefined }, 'TRIGGER_ACTION_INVALID'],
    ['a command that there is not', { command: 'story.fly' }, 'ACTION_UNKNOWN'],
    ['a command done by hand', { command: 'approval.approve' }, 'ACTION_BY_HAND'],
    ['a command of the hub', { command: 'story.advance' }, 'ACTION_UNKNOWN'],
    ['a trigger that adds triggers', { command: 'trigger.add' }, 'ACTION_BY_HAND'],
    ['data that it does not take', { data: { to: 3 } }, 'ACTION_INVALID'],
    ['a placeholder of nothing', { data: { to: 'a', body: '{{x}}' } }, 'TRIGGER_ACTION_INVALID'],
  ])('%s', async (_, change, code) => {
    const { box } = await open();
    await refusedWith(code, add(box, { ...good, ...change }));
    expect(types(box)).toEqual([]);
  });

  it.each([
    'ftp://x.example/',
    'https://user:pw@x.example/',
    'http://x.example/',
    'http://10.0.0.1/',
    'http://127.0.0.1.x.example/',
    'http://localhost\\@x.example/',
    'https:/x',
    'javascript:alert(1)',
    'x.example',
  ])('an address like %s', async (webhook) => {
    const { box } = await open();
    const thrown = await refusedWith('TRIGGER_WEBHOOK_INVALID', add(box, { ...onStory, webhook }));
    expect(JSON.stringify(thrown)).not.toContain('pw');
  });

  it.each([
    'https://x.example/a?b#c',
    'http://127.0.0.1:8080/x',
    'http://localhost',
    'http://[::1]:1/',
  ])('%s is an address', async (webhook) => {
    const { box } = await open();
    await add(box, { ...onStory, webhook });
    await add(box, { ...onStory, webhook: 'http://10.0.0.1/', plainHttp: true });
  });

  it('more than there may be', async () => {
    const { box } = await open();
    const adding = Array.from({ length: triggersKept.live }, () => add(box, good));
    await Promise.all(adding);
    await refusedWith('TRIGGER_LIMIT', add(box, good));
    await box.dispatch('trigger.remove', { trigger: 'tr-7' });
    expect((await add(box, good)).result).toMatchObject({ trigger: 'tr-1001' });
  });

  it('agents have no part in it', async () => {
    const { box } = await open();
    for (const type of ['trigger.add', 'trigger.list', 'trigger.test'])
      await refusedWith(
        'FORBIDDEN',
        type === 'trigger.add'
          ? box.dispatch(type, good, { actor: 'agent:a' })
          : box.ask(type, {}, 'agent:a'),
      );
  });
});

describe('a dry run', () => {
  const test = (box: Box, ask: object) => box.ask('trigger.test', ask) as Promise<object>;

  it('says what would have fired, plays cool-down and once, and does nothing', async () => {
    const { box } = await open();
    for (let n = 0; n < 4; n++) {
      await story(box, `story ${n}`);
      await box.advance(30_000);
    }
    const head = box.hub.head().seq;
    expect(await test(box, onStory)).toMatchObject({
      ...{ count: 4, held: 0, faults: 0, looked: head, from: 1, to: head, hasMore: false },
      fires: [{ type: 'story.added', text: 'Story s-1 was written: story 0' }, ...[{}, {}, {}]],
    });
    expect(await test(box, { ...onStory, cooldownMs: 60_000 })).toMatchObject({
      count: 2,
      held: 2,
    });
    expect(await test(box, { ...onStory, once: true })).toMatchObject({ count: 1, held: 3 });
    const where = 'data.title == "story 2"';
    expect(await test(box, { ...onStory, where })).toMatchObject({ count: 1 });
    expect(await test(box, { ...onStory, where: 'data.x' })).toMatchObject({
      ...{ count: 0, faults: 4, fault: 'No such key: x' },
    });
    expect(box.hub.head().seq).toBe(head);
  });

  it('of one that there is, page by page', async () => {
    const { box } = await open();
    await add(box, { ...onStory, ...tell('x'), once: true });
    for (let n = 0; n < 3; n++) await story(box);
    await drained(box);
    const asked = { trigger: 'tr-1', once: false };
    type Run = { from: number; count: number };
    const newest = (await test(box, { ...asked, look: 4 })) as Run;
    expect(newest.from).toBe(box.hub.head().seq - 3);
    const rest = (await test(box, { ...asked, before: newest.from })) as Run;
    expect(rest).toMatchObject({ to: newest.from - 1, hasMore: false });
    expect(newest.count + rest.count).toBe(3);
    await refusedWith('TRIGGER_TEST_EMPTY', test(box, {}));
    await refusedWith('TRIGGER_UNKNOWN', test(box, { trigger: 'tr-9' }));
  });
});

it('editing says what is other, keeps what is not, and begins anew from there', async () => {
  const { box } = await open();
  await add(box, { ...onStory, ...tell('x'), agent: 'b', where: 'true' });
  await story(box);
  await box.dispatch('trigger.edit', { trigger: 'tr-1', clear: ['agent', 'where'], cooldownMs: 5 });
  const record = await one(box);
  expect(record).toMatchObject({ on: ['story.added'], cooldownMs: 5, action: tellAction('x') });
  expect([record && 'agent' in record, record && 'where' in record]).toEqual([false, false]);
  await drained(box);
  expect(said(box)).toEqual([]);
  const { seq } = await box.dispatch('trigger.edit', { trigger: 'tr-1', cooldownMs: 5 });
  expect(seq).toBe(box.hub.head().seq);
  const history = (await box.ask('trigger.get', { trigger: 'tr-1' })) as {
    history: Array<{ text: string }>;
  };
  expect(history.history.map(({ text }) => text)).toEqual([
    expect.stringContaining('was added: on story.added'),
    expect.stringContaining('was edited: agent, where, cooldownMs'),
  ]);
});

const tellAction = (body: string) => ({
  ...{ kind: 'command', type: 'message.send', data: { to: 'a', body } },
});

it('a life that is killed at any commit fires each once', async () => {
  for (let commits = 1; commits < 14; commits++) {
    const store = memoryStore();
    const { features } = world();
    const first = await openBox({ features, store });
    await first.dispatch('agent.add', { name: 'a' });
    await add(first, { ...onStory, ...tell('{{story}}') });
    const revive = diesAt(store, commits, () => first.crash());
    for (let n = 0; n < 3; n++) await story(first).catch(() => undefined);
    first.crash();
    revive();
    const second = await openBox({ features: world().features, store });
    await drained(second);
    const stories = store
      .page({ after: 0, limit: 9_999 })
      .filter(({ type }) => type === 'story.added');
    expect(said(second)).toEqual(stories.map(({ data }) => (data as { story: string }).story));
  }
});
