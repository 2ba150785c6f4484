import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../preload/contract/config.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { byHand } from '../../../test/harness/by-hand.ts';
import { type Box, openBox, refusedWith, TestPage } from '../../../test/harness/hub.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { boardSettings } from './board.ts';
import { selectStories } from './slice.ts';

const agent = (name: string): { actor: Actor } => ({ actor: `agent:${name}` });
const hub = { actor: 'system' } as const;

async function openWith(...titles: readonly string[]): Promise<Box> {
  const box = await openBox({ features: byHand(world().features) });
  for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
  for (const title of titles) await box.dispatch('story.add', { title });
  return box;
}

const show = (box: Box, story: string) =>
  box.ask('story.get', { story, limit: 50 }) as Promise<Record<string, unknown>>;
const stageOf = async (box: Box, story: string) =>
  ((await show(box, story)).place as { stage: string }).stage;
const listed = async (box: Box, ask: object, actor?: Actor) => {
  const page = await box.ask('story.list', ask, actor);
  return (page as { stories: Array<{ id: string }> }).stories.map(({ id }) => id);
};

it('a story is somebody’s from the start where that is said, or is not written', async () => {
  const box = await openWith();
  await box.dispatch('story.add', { title: 'one', agent: 'a' });
  expect(await show(box, 's-1')).toMatchObject({ agent: 'a', place: { stage: 'backlog' } });
  await refusedWith('AGENT_UNKNOWN', box.dispatch('story.add', { title: 'two', agent: 'c' }));
  expect(await listed(box, {})).toEqual(['s-1']);
});

describe('the line', () => {
  it('leads from the backlog to the archive; each step says by whom and why', async () => {
    const box = await openWith('one');
    const move = (to: string, more = {}) =>
      box.dispatch('story.move', { story: 's-1', to, ...more });
    const advance = (transition: string, more = {}) =>
      box.dispatch(
        'story.advance',
        { story: 's-1', transition, cause: { kind: 'gate', ref: 'gc-1' }, ...more },
        hub,
      );
    await box.dispatch('story.assign', { story: 's-1', agent: 'a' });
    await move('coding');
    await box.dispatch(
      'story.submit',
      { story: 's-1', commit: hex('1'), note: 'all green' },
      agent('a'),
    );
    await advance('pass');
    await advance('fail_merge', { failure: { kind: 'conflict', detail: 'src/a.ts' } });
    await advance('retry_merge', { commit: hex('2') });
    expect(await show(box, 's-1')).toMatchObject({ mergeFailures: 1, place: { commit: hex('2') } });
    await advance('merged', { merge: { mergeCommit: hex('3'), mergedMs: 7 } });
    await move('archived');
    const story = await show(box, 's-1');
    expect(story).toMatchObject({
      agent: 'a',
      mergeFailures: 0,
      place: { stage: 'archived', merge: { commit: hex('2'), mergeCommit: hex('3'), mergedMs: 7 } },
    });
    const history = story.history as Array<{
      actor: string;
      text: string;
      cause?: { kind: string };
    }>;
    expect(history.map(({ actor, cause }) => [actor, cause?.kind])).toEqual([
      ['operator', undefined],
      ['operator', 'command'],
      ['operator', 'command'],
      ['agent:a', 'command'],
      ['system', 'gate'],
      ['system', 'gate'],
      ['system', 'gate'],
      ['system', 'gate'],
      ['operator', 'command'],
    ]);
    expect(history[3]?.text).toContain('coding → qa by submit: all green');
    expect(history[5]?.text).toContain('conflict, src/a.ts');
  });

  it('is refused with what is legal, and with what is missing', async () => {
    const box = await openWith('one');
    const refused = async (code: Parameters<typeof refusedWith>[0], to: string, more = {}) => {
      const error = await refusedWith(
        code,
        box.dispatch('story.move', { story: 's-1', to, ...more }),
      );
      return `${error.wire.message} ${error.wire.mend}`;
    };
    expect(await refused('STORY_MOVE_ILLEGAL', 'merge')).toBe(
      'Story "s-1" cannot go to merge: it is in backlog. Legal from backlog: start (to coding), close (to done), block (to blocked), hold (to held), freeze (to frozen), abandon (to abandoned), supersede (to superseded).',
    );
    expect(await refused('STORY_MOVE_NEEDS', 'done')).toContain('without a reason');
    expect(await refused('STORY_MOVE_NEEDS', 'superseded')).toContain('another story');
    await box.dispatch('story.move', { story: 's-1', to: 'coding' });
    expect(await refused('STORY_MOVE_NEEDS', 'merge')).toContain('without a commit');
    await box.dispatch('story.move', { story: 's-1', to: 'merge', commit: hex('1') });
    expect(await refused('STORY_MOVE_NEEDS', 'done')).toContain('without a reason');
    const merged = { story: 's-1', transition: 'merged', cause: { kind: 'merge' } };
    await refusedWith('STORY_MOVE_NEEDS', box.dispatch('story.advance', merged, hub));
    await refusedWith('STORY_UNKNOWN', box.dispatch('story.move', { story: 's-9', to: 'qa' }));
  });

  it('a side state leads back to where it was, as it was', async () => {
    const box = await openWith('one');
    await box.dispatch('story.move', { story: 's-1', to: 'coding' });
    await box.dispatch('story.submit', { story: 's-1', commit: hex('1') });
    for (const [there, back] of [
      ['block', 'unblock'],
      ['hold', 'release'],
      ['freeze', 'unfreeze'],
    ]) {
      await box.dispatch(`story.${there}`, { story: 's-1', reason: 'why' });
      await refusedWith('STORY_MOVE_ILLEGAL', box.dispatch('story.freeze', { story: 's-1' }));
      await box.dispatch(`story.${back}`, { story: 's-1' });
      expect((await show(box, 's-1')).place).toEqual({ stage: 'qa', commit: hex('1') });
    }
  });

  it('a spike is done without code, another story is not', async () => {
    const box = await openWith('one');
    await box.dispatch('story.add', { title: 'try it', type: 'spike' });
    for (const story of ['s-1', 's-2']) {
      await box.dispatch('story.move', { story, to: 'coding' });
      await box.dispatch('story.submit', { story });
    }
    const conclude = (story: string) => ({
      story,
      transition: 'conclude',
      cause: { kind: 'gate' },
    });
    await refusedWith('STORY_MOVE_ILLEGAL', box.dispatch('story.advance', conclude('s-1'), hub));
    await box.dispatch('story.advance', conclude('s-2'), hub);
    expect(await stageOf(box, 's-2')).toBe('done');
  });
});

describe('dependencies', () => {
  it('hold a story back until they are done, in the shape of what took their place', async () => {
    const box = await openWith('one', 'two', 'three');
    await box.dispatch('story.edit', { story: 's-1', dependsOn: ['s-2'] });
    const start = () => box.dispatch('story.move', { story: 's-1', to: 'coding' });
    expect((await refusedWith('STORY_WAITS', start())).wire.message).toContain('s-2 (backlog)');
    await box.dispatch('story.supersede', { story: 's-2', by: 's-3' });
    expect((await refusedWith('STORY_WAITS', start())).wire.message).toContain('s-3 (backlog)');
    expect(await listed(box, { ready: true })).toEqual(['s-3']);
    await box.dispatch('story.abandon', { story: 's-3' });
    expect((await refusedWith('STORY_WAITS', start())).wire.message).toContain('s-3 (abandoned)');
    await box.dispatch('story.move', { story: 's-3', to: 'backlog' });
    await box.dispatch('story.move', { story: 's-3', to: 'done', reason: 'by hand' });
    await start();
    expect(await show(box, 's-3')).toMatchObject({ neededBy: ['s-2'] });
  });

  it('never lead round, also through what takes a place; the way is named', async () => {
    const box = await openWith('one', 'two', 'three');
    await box.dispatch('story.edit', { story: 's-1', dependsOn: ['s-2'] });
    await box.dispatch('story.edit', { story: 's-2', dependsOn: ['s-3'] });
    const error = await refusedWith(
      'STORY_CYCLE',
      box.dispatch('story.edit', { story: 's-3', dependsOn: ['s-1'] }),
    );
    expect(error.wire.message).toContain('s-3 → s-1 → s-2 → s-3');
    await refusedWith('STORY_CYCLE', box.dispatch('story.supersede', { story: 's-3', by: 's-1' }));
    await refusedWith(
      'STORY_CYCLE',
      box.dispatch('story.edit', { story: 's-1', dependsOn: ['s-1'] }),
    );
    const unknown = await refusedWith(
      'STORY_DEPENDENCY_UNKNOWN',
      box.dispatch('story.add', { title: 'x', dependsOn: ['s-1', 's-8', 's-9'] }),
    );
    expect(unknown.wire.message).toContain('s-8, s-9');
  });
});

describe('agents', () => {
  it('tick, submit and block their own story, and no other', async () => {
    const box = await openWith();
    await box.dispatch('story.add', { title: 'one', criteria: ['first', 'second'] });
    const tick = (name: string, criterion: number) =>
      box.dispatch('story.tick', { story: 's-1', criterion }, agent(name));
    await refusedWith('STORY_NOT_YOURS', tick('a', 1));
    await box.dispatch('story.assign', { story: 's-1', agent: 'a' });
    await tick('a', 2);
    await refusedWith('STORY_CRITERION_UNKNOWN', tick('a', 3));
    const notHis = await refusedWith('STORY_NOT_YOURS', tick('b', 1));
    expect(notHis.wire.message).toContain('it is a’s');
    await refusedWith(
      'STORY_NOT_YOURS',
      box.dispatch('story.block', { story: 's-1', reason: 'x' }, agent('b')),
    );
    await refusedWith(
      'FORBIDDEN',
      box.dispatch('story.move', { story: 's-1', to: 'coding' }, agent('a')),
    );
    await refusedWith(
      'STORY_MOVE_ILLEGAL',
      box.dispatch('story.submit', { story: 's-1' }, agent('a')),
    );
    expect(await show(box, 's-1')).toMatchObject({
      criteria: [
        { n: 1, text: 'first', done: false },
        { n: 2, text: 'second', done: true, by: 'agent:a' },
      ],
    });
    await box.dispatch('story.untick', { story: 's-1', criterion: 2 });
    const inbox = (await box.ask('inbox.read', {}, 'agent:a')) as {
      items: Array<{ text: string }>;
    };
    expect(inbox.items.map(({ text }) => text)).toEqual([
      expect.stringContaining('is a’s now'),
      expect.stringContaining('is not met after all'),
    ]);
  });

  it('hear that a story is theirs no more', async () => {
    const box = await openWith('one');
    await box.dispatch('story.assign', { story: 's-1', agent: 'a' });
    await box.dispatch('story.abandon', { story: 's-1', reason: 'not wanted' });
    const { items } = (await box.ask('inbox.read', {}, 'agent:a')) as { items: { text: string }[] };
    expect(items.at(-1)?.text).toBe('Story s-1 (one): backlog → abandoned by abandon: not wanted');
  });

  it('have one story in work; one that is gone has none', async () => {
    const box = await openWith('one', 'two');
    for (const story of ['s-1', 's-2']) await box.dispatch('story.assign', { story, agent: 'a' });
    await box.dispatch('story.move', { story: 's-1', to: 'coding' });
    await box.dispatch('story.block', { story: 's-1', reason: 'no access' }, agent('a'));
    const busy = await refusedWith(
      'STORY_AGENT_BUSY',
      box.dispatch('story.move', { story: 's-2', to: 'coding' }),
    );
    expect(busy.wire.message).toContain('"s-1" (blocked)');
    expect(await listed(box, { mine: true }, 'agent:a')).toEqual(['s-1', 's-2']);
    await box.dispatch('agent.destroy', { agent: 'a' });
    expect(await listed(box, { agent: 'a' })).toEqual([]);
    expect(selectStories(box.hub.state()).byAgent.size).toBe(0);
    await refusedWith(
      'AGENT_NOT_IN_STATE',
      box.dispatch('story.assign', { story: 's-1', agent: 'a' }),
    );
    await refusedWith('AGENT_UNKNOWN', box.dispatch('story.assign', { story: 's-1', agent: 'z' }));
  });
});

describe('two editors', () => {
  it('of different fields lose nothing; of the same one hears what the other changed', async () => {
    const box = await openWith('one');
    const edit = (data: object) => box.dispatch('story.edit', { story: 's-1', ...data });
    expect((await edit({ title: 'two', ifVersion: 1 })).result).toEqual({
      story: 's-1',
      version: 2,
    });
    await edit({ labels: ['ui'], ifVersion: 1 });
    const late = await refusedWith(
      'STORY_CHANGED',
      edit({ title: 'three', body: 'x', ifVersion: 1 }),
    );
    expect(late.wire.message).toContain('is at version 3; after version 1 somebody changed: title');
    await refusedWith('STORY_CHANGED', edit({ title: 'three', ifVersion: 9 }));
    await edit({ title: 'three' });
    expect(await show(box, 's-1')).toMatchObject({ title: 'three', labels: ['ui'], version: 4 });
    await refusedWith('STORY_EDIT_EMPTY', edit({}));
    await refusedWith('STORY_EDIT_TWICE', edit({ labels: ['x'], clear: ['labels'] }));
    const { seq } = await edit({ title: 'three' });
    expect(box.hub.head().seq).toBe(seq);
  });

  it('criteria that read the same keep their number and tick; a number is never given twice', async () => {
    const box = await openWith();
    await box.dispatch('story.add', { title: 'one', body: 'old', criteria: ['x', 'y'] });
    await box.dispatch('story.tick', { story: 's-1', criterion: 2 });
    await box.dispatch('story.edit', { story: 's-1', criteria: ['z', 'y'], body: 'new' });
    await box.dispatch('story.edit', { story: 's-1', criteria: ['y', 'x', 'w'] });
    expect(await show(box, 's-1')).toMatchObject({
      body: 'new',
      criteria: [
        { n: 2, text: 'y', done: true },
        { n: 4, text: 'x', done: false },
        { n: 5, text: 'w', done: false },
      ],
    });
  });
});

it('lists are filtered, in the order in which stories are taken, and paged', async () => {
  const box = await openWith('one', 'two', 'three');
  await box.dispatch('story.edit', { story: 's-3', priority: 'critical', labels: ['ui'] });
  await box.dispatch('story.abandon', { story: 's-2' });
  expect(await listed(box, {})).toEqual(['s-3', 's-1']);
  expect(await listed(box, { all: true })).toEqual(['s-3', 's-1', 's-2']);
  expect(await listed(box, { stage: ['abandoned'] })).toEqual(['s-2']);
  expect(await listed(box, { label: 'ui' })).toEqual(['s-3']);
  expect(await listed(box, { text: 'ONE' })).toEqual(['s-1']);
  await box.dispatch('story.edit', { story: 's-1', body: 'Count in redis, by key.' });
  expect(await listed(box, { text: 'key REDIS' })).toEqual([]);
  expect(await listed(box, { text: 'key REDIS', body: true })).toEqual(['s-1']);
  await box.dispatch('story.edit', { story: 's-1', body: 'Count in memory.' });
  expect(await listed(box, { text: 'redis', body: true })).toEqual([]);
  const first = (await box.ask('story.list', { limit: 1 })) as { next: string; total: number };
  expect(first.total).toBe(2);
  expect(await listed(box, { limit: 1, after: first.next })).toEqual(['s-1']);
});

it('pages have what is not over, without the text of bodies and criteria', async () => {
  const box = await openWith('one', 'two');
  await box.dispatch('story.edit', { story: 's-1', body: 'secret plan', criteria: ['x'] });
  await box.dispatch('story.abandon', { story: 's-2' });
  const page = new TestPage();
  box.hub.openRecords(0, page);
  const [told] = page.take();
  const records = told !== undefined && 'snapshot' in told ? told.snapshot.records : {};
  const mine = Object.entries(records).filter(([id]) => id.startsWith('story/'));
  expect(mine).toEqual([
    ['story/s-1', expect.objectContaining({ criteriaDone: 0, criteriaTotal: 1 })],
  ]);
  expect(JSON.stringify(mine)).not.toContain('secret');
  const gone = { id: 's-2', stage: 'abandoned' };
  expect(records['storyGone/s-2']).toEqual(gone);
  await box.dispatch('story.move', { story: 's-2', to: 'backlog' });
  await box.dispatch('story.supersede', { story: 's-2', by: 's-1' });
  const { gone: now } = selectStories(box.hub.state());
  expect(now.values()).toEqual([{ id: 's-2', stage: 'superseded', by: 's-1' }]);
});

it('who moves what stood elsewhere a moment ago is told where it is now', async () => {
  const box = await openWith('one');
  await box.dispatch('story.move', { story: 's-1', to: 'coding', from: 'backlog' });
  const late = { story: 's-1', to: 'coding', from: 'backlog' };
  const { wire } = await refusedWith('STORY_MOVED', box.dispatch('story.move', late));
  expect(wire.message).toContain('is coding by now, and not backlog');
});

it('the board is told its limits, the user’s own first', () => {
  const file = (origin: 'user' | 'repository', wip: object) => ({
    ...{ path: 'config.toml', origin },
    config: configSchema.parse({ board: { wip } }),
  });
  const files = [file('user', { coding: 2 }), file('repository', { coding: 5, qa: 3 })];
  expect(boardSettings(files)).toEqual({ wip: { coding: 2, qa: 3 } });
  expect(boardSettings([])).toEqual({ wip: {} });
});
