import { expect, it } from 'vitest';
import { openBox } from '../../../../test/harness/hub.ts';
import { world } from '../../../../test/harness/hub-ports.ts';
import { configSchema } from '../../../../preload/contract/config.ts';
import type { WorktreeRow } from '../../../../preload/contract/worktree-commands.ts';

async function open(worktrees: object) {
  const { outside, features } = world();
  const configure = (wanted: object) => {
    outside.configs = [configSchema.parse({ worktrees: wanted })];
    outside.tellConfig();
  };
  configure(worktrees);
  const box = await openBox({ features });
  const pass = async () => {
    // One deed after another, each in a turn of its own.
    for (const ms of [2_000, 1, 1, 1]) await box.advance(ms);
  };
  await pass();
  const { pool, runs } = outside;
  const states = () =>
    pool.members.map(({ name, commit, isReady }) => `${name} ${commit} ${isReady}`);
  return { box, outside, pool, runs, configure, states, pass };
}

it('as many stand ready as are wanted, made one after another, and the others go', async () => {
  const { pool, configure, states, pass } = await open({ pool: 2 });
  expect(states()).toEqual(['pool_1 c1 true', 'pool_2 c1 true']);
  configure({ pool: 1 });
  await pass();
  expect(states()).toEqual(['pool_1 c1 true']);
  configure({});
  await pass();
  expect([states(), pool.done.at(-1)]).toEqual([[], 'remove /r.worktrees/pool_1']);
});

it('one that an agent took is made up for, and a base that moved is followed', async () => {
  const { box, pool, outside, states, pass } = await open({ pool: 1 });
  pool.members = [];
  await box.dispatch('agent.add', { name: 'a', start: false });
  await pass();
  expect(states()).toEqual(['pool_2 c1 true']);
  pool.commit = 'c2';
  outside.tellTarget('main');
  await pass();
  expect(states()).toEqual(['pool_2 c2 true']);
});

it('they are set up once that is confirmed, without the name of an agent', async () => {
  const { box, pool, runs, pass } = await open({ pool: 1, setup: [['npm', 'ci']] });
  expect([pool.members[0]?.setUpAs, runs.asked.length]).toEqual([undefined, 0]);
  const { unconfirmed } = (await box.ask('worktree.commands')) as { unconfirmed: object };
  await box.dispatch('worktree.trust', unconfirmed);
  await pass();
  const [run] = runs.ran.values();
  expect(run?.cwd).toBe('/r.worktrees/pool_1');
  expect(Object.keys(run?.env ?? {})).not.toContain('MUSHER_AGENT');
  expect(pool.members).toMatchObject([{ isReady: true, setUpAs: expect.any(String) }]);
});

it('one that cannot be set up says why in the list, and is tried again later and later', async () => {
  const { outside, features } = world();
  outside.configs = [configSchema.parse({ worktrees: { pool: 1, setup: [['npm', 'ci']] } })];
  outside.pool.make = () => Promise.reject(new Error('no room on the disk'));
  const box = await openBox({ features });
  await box.advance(2_000);
  const tries = () => box.logged.filter(({ message }) => message.includes('made ready')).length;
  expect(tries()).toBe(1);
  await box.advance(60_000);
  expect(tries()).toBe(2);
  await box.advance(60_000);
  expect(tries()).toBe(2);
});

it('the list says of each how far it is, and none of them can be pruned', async () => {
  const { box, outside } = await open({ pool: 1 });
  const path = '/r.worktrees/pool_1';
  outside.upkeep.found = [{ kind: 'pool', path, head: 'c1', id: 'idpool' }];
  const { worktrees } = (await box.ask('worktree.list')) as { worktrees: WorktreeRow[] };
  expect(worktrees).toMatchObject([{ state: 'pool', why: 'ready for a new agent' }]);
  expect(worktrees[0]?.pruneId).toBeUndefined();
});

it('the setup of one that is wanted no more is not waited for', async () => {
  const { box, pool, runs, configure, pass } = await open({ pool: 1, setup: [['npm', 'ci']] });
  const { unconfirmed } = (await box.ask('worktree.commands')) as { unconfirmed: object };
  runs.ends = ['hang'];
  await box.dispatch('worktree.trust', unconfirmed);
  await pass();
  expect(box.hub.live('poolMember').values()).toMatchObject([{ state: 'setting up' }]);
  configure({ setup: [['npm', 'ci']] });
  await box.settle();
  await pass();
  expect([runs.cuts.length, pool.members]).toEqual([1, []]);
});

it('a worktree says in the list how far its setup is, or why it is not set up', async () => {
  const { box, outside, runs } = await open({ setup: [['npm', 'ci']] });
  const { unconfirmed } = (await box.ask('worktree.commands')) as { unconfirmed: object };
  await box.dispatch('worktree.trust', unconfirmed);
  runs.ends = ['hang'];
  await box.dispatch('agent.add', { name: 'a' });
  const path = '/r.worktrees/a';
  outside.upkeep.found = [{ kind: 'linked', path, madeFor: 'a', id: 'ida' }];
  const why = async () =>
    ((await box.ask('worktree.list')) as { worktrees: WorktreeRow[] }).worktrees[0]?.why;
  expect(await why()).toBe('setting up: npm ci');
  await box.dispatch('agent.stop', { agent: 'a' });
  expect(await why()).toBe('its setup was cancelled: npm ci');
});
