import { describe, expect, it } from 'vitest';
import { triggersKept } from '../../../preload/contract/trigger-facts.ts';
import { type Box, diesAt, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import {
  add,
  drained,
  onStory,
  one,
  openTriggers,
  said,
  story,
  tell,
  types,
} from '../../../test/harness/triggers-box.ts';

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
    const { box } = await openTriggers();
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
    const { box } = await openTriggers();
    const thrown = await refusedWith('TRIGGER_WEBHOOK_INVALID', add(box, { ...onStory, webhook }));
    expect(JSON.stringify(thrown)).not.toContain('pw');
  });

  it.each([
    'https://x.example/a?b#c',
    'http://127.0.0.1:8080/x',
    'http://localhost',
    'http://[::1]:1/',
  ])('%s is an address', async (webhook) => {
    const { box } = await openTriggers();
    await add(box, { ...onStory, webhook });
    await add(box, { ...onStory, webhook: 'http://10.0.0.1/', plainHttp: true });
  });

  it('more than there may be', async () => {
    const { box } = await openTriggers();
    const adding = Array.from({ length: triggersKept.live }, () => add(box, good));
    await Promise.all(adding);
    await refusedWith('TRIGGER_LIMIT', add(box, good));
    await box.dispatch('trigger.remove', { trigger: 'tr-7' });
    expect((await add(box, good)).result).toMatchObject({ trigger: 'tr-1001' });
  });

  it('agents have no part in it', async () => {
    const { box } = await openTriggers();
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
    const { box } = await openTriggers();
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
    const { box } = await openTriggers();
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
  const { box } = await openTriggers();
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
