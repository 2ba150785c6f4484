import { expect, it } from 'vitest';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { InboxItem } from '../../../preload/contract/messages.ts';
import { TestClock } from '../../../test/harness/clock.ts';
import { type Box, openBox } from '../../../test/harness/hub.ts';
import { memoryStore, newTables } from '../../../test/harness/hub-memory-store.ts';
import { world } from '../../../test/harness/hub-ports.ts';

const modified = { kind: 'modified', isStaged: false } as const;

async function open(tables = newTables(), clock = new TestClock()) {
  const played = world();
  const store = memoryStore(() => clock.now(), tables);
  const box = await openBox({ features: played.features, clock, store });
  const list = async (data = {}, actor: Actor = 'operator') =>
    ((await box.ask('conflict.list', data, actor)) as { conflicts: ConflictRecord[] }).conflicts;
  return {
    ...{ box, played, list },
    add: (...names: string[]) => inTurn(names, (name) => box.dispatch('agent.add', { name })),
    declare: (agent: string, files: unknown[], more = {}) =>
      box.dispatch('intent.declare', { summary: 's', files, ...more }, { actor: `agent:${agent}` }),
    write: async (agent: string, paths: string[], head = 'c1') => {
      const changes = new Map(paths.map((path) => [path, modified]));
      played.outside.trees.tell(`/r.worktrees/${agent}`, { changes, head });
      await box.settle();
    },
    shown: async (data = {}) =>
      (await list(data)).map(({ kind, agents, files, end }) =>
        [kind, ...agents, files.map(({ path }) => path).join(), end].filter(Boolean).join(' '),
      ),
  };
}

async function inTurn<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  for (const one of all) await work(one);
}

/** What Musher told an agent. */
async function mailOf(box: Box, agent: string): Promise<string[]> {
  const answer = await box.ask('inbox.read', { agent, limit: 100 });
  const { items } = answer as { items: InboxItem[] };
  const told = items.filter(({ type }) => /^(conflict|intent\.(expired|stolen))/.test(type));
  expect(told.every(({ text, from }) => text.startsWith('[Musher') && from === 'system')).toBe(
    true,
  );
  return told.map(({ type, text }) => `${type}: ${text.split('] ')[1]}`);
}

it('two who say the same are told so, who was first, and that it is over', async () => {
  const { box, add, declare, shown } = await open();
  await add('a', 'b', 'c');
  await declare('a', ['src/**', 'x.md']);
  const { result } = await declare('b', ['src/form.ts']);
  expect(result).toMatchObject({ overlaps: [{ agent: 'a', files: ['src/form.ts'] }] });
  expect(await shown()).toEqual(['forward a b src/form.ts']);
  await box.dispatch('intent.release', {}, { actor: 'agent:b' });
  expect(await shown()).toEqual([]);
  expect(await shown({ all: true })).toEqual(['forward a b src/form.ts gone']);
  for (const agent of ['a', 'b'])
    expect(await mailOf(box, agent)).toEqual([
      expect.stringMatching(/^conflict.found: a and then b said .* src\/form.ts/),
      expect.stringMatching(/^conflict.cleared: /),
    ]);
  expect(await mailOf(box, 'c')).toEqual([]);
});

it('what is said again changes nothing, more files are told once more, and time ends it', async () => {
  const { box, add, declare, shown } = await open();
  await add('a', 'b');
  await declare('a', ['x', 'y'], { forMs: 60_000 });
  await declare('b', ['x'], { forMs: 600_000 });
  await declare('a', ['x', 'y'], { forMs: 60_000 });
  expect(await mailOf(box, 'a')).toHaveLength(1);
  // Within five seconds of the first: told when they are over.
  await declare('b', ['x', 'y'], { forMs: 600_000 });
  expect(await shown()).toEqual(['forward a b x']);
  await box.advance(5_000);
  expect(await shown()).toEqual(['forward a b x,y']);
  expect((await mailOf(box, 'b')).at(-1)).toMatch(/^conflict.changed: a and then b .* x, y/);
  await box.advance(60_000);
  expect(await shown()).toEqual([]);
  expect((await mailOf(box, 'a')).map((line) => line.split(':')[0])).toEqual([
    'conflict.found',
    'conflict.changed',
    'intent.expired',
    'conflict.cleared',
  ]);
});

it('an agent that is destroyed is in nobody’s way, and the other is told', async () => {
  const { box, add, declare, shown } = await open();
  await add('a', 'b');
  await declare('a', ['x']);
  await declare('b', ['x']);
  const seen = { kind: 'in-flight', agents: ['a', 'b'], files: [], fileCount: 0 };
  await box.dispatch('conflict.seen', seen, { actor: 'system' });
  await box.dispatch('agent.destroy', { agent: 'a' });
  await box.settle();
  expect(await shown()).toEqual([]);
  expect(await shown({ all: true })).toEqual([
    expect.stringMatching(/in-flight a b .*agent-gone/),
    expect.stringMatching(/forward a b x .*(agent-gone|gone)/),
  ]);
  expect((await mailOf(box, 'b')).filter((line) => line.startsWith('conflict.cl'))).toHaveLength(2);
});

it('who writes where another says that it works is told, until it is put back or said', async () => {
  const { box, add, declare, write, shown } = await open();
  await add('a', 'b', 'c');
  await declare('a', ['src/']);
  await write('b', ['src/x.ts', 'README.md']);
  expect(await shown()).toEqual(['ownership a b src/x.ts']);
  await write('b', ['src/x.ts', 'README.md']);
  expect((await mailOf(box, 'b')).join()).toMatch(/^conflict.found: b has changed what a says/);
  // Another file of it: the one who wrote it is told once more, the owner is not.
  await box.advance(5_000);
  await write('b', ['src/x.ts', 'src/y.ts']);
  expect([await mailOf(box, 'a'), await mailOf(box, 'b')].map(({ length }) => length)).toEqual([
    1, 2,
  ]);
  await write('b', []);
  expect(await shown()).toEqual([]);
  await write('b', ['src/x.ts']);
  await declare('b', ['src/x.ts']);
  expect(await shown()).toEqual(['forward a b src/x.ts']);
});

it('what was committed since is still foreign, and what is proved to collide is not told twice', async () => {
  const { box, add, declare, write, shown } = await open();
  await add('a', 'b');
  await declare('a', ['x', 'y']);
  await write('b', ['x'], 'c1');
  await write('b', [], 'c2');
  expect(await shown()).toEqual(['ownership a b x']);
  await box.dispatch('intent.release', {}, { actor: 'agent:a' });
  expect(await shown()).toEqual([]);
  const files = [{ path: 'y', reason: 'content' }];
  const seen = { kind: 'in-flight', agents: ['b', 'a'], files, fileCount: 1 };
  await box.dispatch('conflict.seen', seen, { actor: 'system' });
  await declare('a', ['y']);
  await write('b', ['y'], 'c2');
  expect(await shown()).toEqual(['in-flight b a y']);
});

it('both ways at once are two conflicts, and a claim weighs more', async () => {
  const { add, declare, write, list, shown } = await open();
  await add('a', 'b');
  await declare('a', ['x'], { exclusive: true });
  await declare('b', ['y']);
  await write('a', ['y']);
  await write('b', ['x']);
  expect((await shown()).sort()).toEqual(['ownership a b x', 'ownership b a y']);
  expect((await list()).map(({ severity }) => severity)).toEqual(['medium', 'low']);
});

it('a later life puts right what was open, and forgets nothing that is', async () => {
  const tables = newTables();
  const first = await open(tables);
  await first.add('a', 'b');
  await first.declare('a', ['x'], { forMs: 60_000 });
  await first.declare('b', ['x'], { forMs: 60_000 });
  first.box.crash();
  const second = await open(tables);
  expect(await second.shown()).toEqual(['forward a b x']);
  second.box.crash();
  const later = new TestClock();
  later.advance(90_000);
  const third = await open(tables, later);
  await third.box.advance(1_000);
  expect(await third.shown()).toEqual([]);
});

it('an agent sees its own first, and a dismissed one is out of sight until it is another', async () => {
  const { box, add, list, shown } = await open();
  await add('a', 'b', 'c');
  const seen = (agents: string[], ...paths: string[]) => {
    const files = paths.map((path) => ({ path, reason: 'both-added' }));
    const data = { kind: 'in-flight', agents, files, fileCount: files.length };
    return box.dispatch('conflict.seen', data, { actor: 'system' });
  };
  await seen(['a', 'b'], 'x');
  await seen(['b', 'c'], 'y');
  const [first] = await list({}, 'agent:c');
  expect(first?.agents).toEqual(['b', 'c']);
  await box.dispatch('conflict.dismiss', { conflict: first?.id, note: 'known' });
  expect(await shown()).toEqual(['in-flight a b x']);
  expect(await shown({ all: true })).toHaveLength(2);
  await box.advance(5_000);
  await seen(['c', 'b'], 'y', 'z');
  expect(await shown()).toEqual(['in-flight a b x', 'in-flight b c y,z']);
  expect((await mailOf(box, 'c')).at(-1)).toContain('conflict.changed');
});
