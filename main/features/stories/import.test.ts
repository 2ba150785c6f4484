import { expect, it } from 'vitest';
import { byHand } from '../../../test/harness/by-hand.ts';
import { type Box, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { type World, world } from '../../../test/harness/hub-ports.ts';
import { sayCycle } from './dependencies.ts';
import type { ImportItem } from './ports.ts';

interface Imported {
  readonly counts: Record<string, number>;
  readonly added: readonly object[];
  readonly kept: readonly object[];
}

function item(
  name: string,
  more: Partial<ImportItem> & { title?: string; body?: string } = {},
): ImportItem {
  const { title = name, body = '', ...rest } = more;
  return {
    key: `file:${name}`,
    name,
    aliases: [name],
    fields: { title, body },
    isClosed: false,
    ...rest,
  };
}

async function begin(): Promise<{
  box: Box;
  from: (items: readonly ImportItem[], more?: object) => Promise<Imported>;
  played: World;
}> {
  const played = world();
  const box = await openBox({ features: byHand(played.features) });
  const from = async (items: readonly ImportItem[], more: object = {}) => {
    played.outside.importing = { items, faults: [], skipped: 0, ...more };
    return (await box.dispatch('story.import', { paths: ['/x.md'], ...more })).result as Imported;
  };
  return { box, from, played };
}

const titles = async (box: Box) => {
  const { stories } = (await box.ask('story.list')) as {
    stories: Array<{ id: string; title: string }>;
  };
  return stories.map(({ id, title }) => `${id} ${title}`);
};

it('adds what is new with what it depends on, in files and stories alike; a dry run changes nothing', async () => {
  const { box, from } = await begin();
  await box.dispatch('story.add', { title: 'old' });
  const items = [item('a', { dependsOn: ['b', 's-1'] }), item('b'), item('c', { isClosed: true })];
  const counts = { added: 2, updated: 0, unchanged: 0, kept: 0, skipped: 1 };
  const before = box.hub.head().seq;
  expect(await from(items, { dryRun: true })).toMatchObject({
    counts,
    added: [{ title: 'a' }, { title: 'b' }],
  });
  expect(box.hub.head().seq).toBe(before);
  expect((await from(items)).counts).toEqual(counts);
  expect(await box.ask('story.get', { story: 's-2' })).toMatchObject({ dependsOn: ['s-3', 's-1'] });
});

it('again changes what its source changed and the operator did not, and says what it left', async () => {
  const { box, from } = await begin();
  await from([item('a', { body: 'one' }), item('b')]);
  expect((await from([item('a', { body: 'one' }), item('b')])).counts).toMatchObject({
    unchanged: 2,
  });
  await box.dispatch('story.edit', { story: 's-1', title: 'mine' });
  const again = await from([
    item('a', { title: 'theirs', body: 'two', dependsOn: ['b'] }),
    item('b'),
  ]);
  expect(again).toMatchObject({
    counts: { updated: 1, unchanged: 1, kept: 1 },
    kept: [{ story: 's-1', source: 'a', fields: ['title'] }],
  });
  expect(await box.ask('story.get', { story: 's-1' })).toMatchObject({
    title: 'mine',
    body: 'two',
    dependsOn: ['s-2'],
  });
  // Gone from its source: it stays as it is.
  await from([item('b', { title: 'B', isClosed: true })]);
  expect(await titles(box)).toEqual(['s-1 mine', 's-2 B']);
});

it('every fault is told at once, and nothing is imported', async () => {
  const { box, from } = await begin();
  await box.dispatch('story.add', { title: 'old' });
  const items = [
    item('a', { dependsOn: ['b', 'nowhere'] }),
    item('b', { dependsOn: ['a'] }),
    item('c', { dependsOn: ['c', 'x.md'] }),
    item('twin', { key: 'file:a' }),
  ];
  const error = await refusedWith(
    'STORY_IMPORT_INVALID',
    from(items, { faults: ['x.md:3: expected'] }),
  );
  expect(error.wire.message.split('\n')).toEqual([
    'Nothing was imported, because of 5 faults:',
    'x.md:3: expected',
    'twin: expected a source of its own, found "file:a", as in a',
    expect.stringContaining('a: depends on "nowhere"'),
    expect.stringMatching(/would wait for each other: (a → b → a|b → a → b)/),
    expect.stringContaining('c → c'),
  ]);
  expect(await titles(box)).toEqual(['s-1 old']);
});

it('a cycle through stories that are there already is found', async () => {
  const { box, from } = await begin();
  await from([item('a')]);
  await box.dispatch('story.add', { title: 'x', dependsOn: ['s-1'] });
  const error = await refusedWith(
    'STORY_IMPORT_INVALID',
    from([item('a', { dependsOn: ['s-2'] })]),
  );
  expect(error.wire.message).toContain('s-1 → s-2 → s-1');
});

it('beyond what may be open it is refused as a whole', async () => {
  const { box, from } = await begin();
  const many = Array.from({ length: 10_001 }, (_, at) => item(`n${at}`));
  await refusedWith('STORY_LIMIT', from(many));
  expect(await titles(box)).toEqual([]);
});

it('a long way round is said short', () => {
  const way = Array.from({ length: 40 }, (_, at) => `s-${at}`);
  expect(sayCycle([...way, 's-0'])).toMatch(/^s-0 → .* → s-9 → … \(30 more\) … → s-0$/);
});
