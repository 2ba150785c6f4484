import { expect, it } from 'vitest';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { given } from '../../../test/harness/given.ts';
import { openBox, refusedWith } from '../../../test/harness/hub.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { selectSnapshots, toKeptRecord } from './slice.ts';
import type { TreeState } from '../worktrees/ports.ts';

const minuteMs = 60_000;
const dirty = {
  branch: 'agent/a',
  changes: new Map([['x', { kind: 'untracked', isStaged: false }]]),
};

async function open({ start = true } = {}) {
  const played = world();
  const { outside } = played;
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a', start });
  await box.settle();
  const takes = () => outside.done.filter((what) => what.startsWith('keep '));
  return {
    ...{ box, outside, takes },
    tell: (state: Partial<TreeState>) =>
      outside.trees.tell('/r.worktrees/a', { branch: 'agent/a', head: 'c1', ...state }),
    async exit() {
      outside.exit({ id: 'a.1', exitCode: 1, signal: null });
      await box.settle();
    },
    async pass(ms: number) {
      box.clock.advance(ms);
      await box.settle();
    },
    events: async (prefix = 'snapshot.') =>
      ((await box.ask('log.page', { limit: 200 })) as { events: EventEnvelope[] }).events.filter(
        ({ type }) => type.startsWith(prefix),
      ),
    kept: () => toKeptRecord(selectSnapshots(box.hub.state()).byAgent.get('a') ?? { agent: 'a' }),
  };
}

it('what an agent had written when its program ended is kept, and once', async () => {
  const { tell, exit, takes, pass } = await open();
  tell(dirty as Partial<TreeState>);
  expect(takes()).toEqual([]);
  await exit();
  expect(takes()).toEqual(['keep a exit']);
  await pass(60 * minuteMs);
  expect(takes()).toEqual(['keep a exit']);
});

it('what was written at the very end and is seen after it is kept too', async () => {
  const { tell, exit, takes, box } = await open();
  tell({ head: hex('b') });
  await exit();
  expect(takes()).toEqual([]);
  tell(dirty as Partial<TreeState>);
  await box.settle();
  expect(takes()).toEqual(['keep a exit']);
});

it('commits that no snapshot has are held when a program ends, though nothing is uncommitted', async () => {
  const { tell, exit, takes } = await open();
  tell({ head: 'c2' });
  await exit();
  expect(takes()).toEqual(['keep a exit']);
});

it('a worktree that cannot be looked at is kept all the same', async () => {
  const { outside, exit, takes } = await open();
  outside.trees.fail('/r.worktrees/a', new Error('index file corrupt'));
  await exit();
  expect(takes()).toEqual(['keep a exit']);
});

it('at work it is kept ten minutes after something was written, and not again before more is', async () => {
  const { tell, takes, pass } = await open();
  tell(dirty as Partial<TreeState>);
  await pass(9 * minuteMs);
  tell(dirty as Partial<TreeState>);
  expect(takes()).toEqual([]);
  await pass(minuteMs + 1);
  expect(takes()).toEqual(['keep a timer']);
  await pass(60 * minuteMs);
  expect(takes()).toHaveLength(1);
  tell(dirty as Partial<TreeState>);
  await pass(10 * minuteMs + 1);
  expect(takes()).toHaveLength(2);
});

it('a clean worktree on its branch is never kept by time, and a setting turns that off or makes it quicker', async () => {
  const { tell, takes, pass, outside } = await open();
  tell({});
  await pass(60 * minuteMs);
  expect(takes()).toEqual([]);
  const config = (minutes: number) =>
    [{ snapshots: { every_minutes: minutes } }] as unknown as typeof outside.configs;
  outside.configs = config(0);
  tell(dirty as Partial<TreeState>);
  await pass(60 * minuteMs);
  expect(takes()).toEqual([]);
  outside.configs = config(1);
  tell(dirty as Partial<TreeState>);
  await pass(1);
  expect(takes()).toEqual(['keep a timer']);
});

it('a failure is told, tried again later and later, and gone with the next snapshot', async () => {
  const { tell, exit, takes, pass, outside, kept, events } = await open();
  let left = 2;
  outside.before = (what) => {
    if (what.startsWith('keep') && left-- > 0) throw new Error('the disk is full');
  };
  tell(dirty as Partial<TreeState>);
  await exit();
  expect(kept()).toMatchObject({ failure: { times: 1 } });
  await pass(minuteMs - 1_000);
  expect(kept()).toMatchObject({ failure: { times: 1 } });
  await pass(2_000);
  expect(kept()).toMatchObject({ failure: { times: 2 } });
  await pass(minuteMs);
  expect(kept()).toMatchObject({ failure: { times: 2 } });
  await pass(minuteMs);
  expect(takes()).toEqual(['keep a exit']);
  expect(kept().failure).toBe(undefined);
  expect((await events('snapshot.failed')).length).toBe(2);
});

it('an agent keeps and sees its own, and restores nothing', async () => {
  const { box, outside } = await open();
  await box.dispatch('agent.add', { name: 'b' });
  outside.snapshots.put('a', { atMs: 1 });
  outside.snapshots.put('b', { atMs: 2 });
  const { ask } = (await box.dispatch('snapshot.take', {}, { actor: 'agent:a' })).result as {
    ask: string;
  };
  const outcome = await box.ask('snapshot.outcome', { ask, waitMs: 1_000 }, 'agent:a');
  expect(outcome).toMatchObject({ agent: 'a', state: 'kept', isNew: true });
  await refusedWith('SNAPSHOT_UNKNOWN', box.ask('snapshot.outcome', { ask }, 'agent:b'));
  const mine = await box.ask('snapshot.list', {}, 'agent:b');
  expect(mine).toMatchObject({ total: 1, snapshots: [{ agent: 'b' }] });
  await refusedWith('SNAPSHOT_NOT_YOURS', box.ask('snapshot.list', { agent: 'a' }, 'agent:b'));
  await refusedWith(
    'SNAPSHOT_NOT_YOURS',
    box.dispatch('snapshot.take', { agent: 'a' }, { actor: 'agent:b' }),
  );
  const theirs = '000000000001';
  await refusedWith('SNAPSHOT_UNKNOWN', box.ask('snapshot.diff', { snapshot: theirs }, 'agent:b'));
  await refusedWith(
    'FORBIDDEN',
    box.dispatch('snapshot.restore', { snapshot: theirs }, { actor: 'agent:a' }),
  );
  await refusedWith('SNAPSHOT_AGENT_NEEDED', box.dispatch('snapshot.take', {}));
});

it('who asks again and again is told to wait, and one whose agent is destroyed meanwhile how that ended', async () => {
  const { box, outside } = await open();
  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  outside.before = (what) => (what.startsWith('keep') ? held : undefined);
  const asked: string[] = [];
  for (let n = 0; n < 8; n++) {
    const { result } = await box.dispatch('snapshot.take', { agent: 'a' });
    asked.push((result as { ask: string }).ask);
  }
  await refusedWith('SNAPSHOT_BUSY', box.dispatch('snapshot.take', { agent: 'a' }));
  await box.dispatch('agent.destroy', { agent: 'a' });
  await box.settle();
  const last = await box.ask('snapshot.outcome', { ask: asked.at(-1) });
  expect(last).toMatchObject({ state: 'failed', error: { code: 'AGENT_NOT_IN_STATE' } });
  go();
  await box.settle();
});

it('a restore is refused under a program that runs, unless that is wished', async () => {
  const { box, outside } = await open();
  outside.snapshots.put('a', { atMs: 1 });
  const snapshot = '000000000001';
  await refusedWith('SNAPSHOT_AGENT_RUNS', box.dispatch('snapshot.restore', { snapshot }));
  await box.dispatch('snapshot.restore', { snapshot, force: true, paths: ['src'] });
  await box.dispatch('snapshot.restore', { snapshot, to: '/tmp/out' });
  await box.dispatch('agent.stop', { agent: 'a' });
  await box.settle();
  await box.dispatch('snapshot.restore', { snapshot });
  await box.settle();
  expect(outside.done.filter((what) => what.startsWith('restore'))).toEqual([
    ...['restore /r.worktrees/a src', 'restore /tmp/out all', 'restore /r.worktrees/a all'],
  ]);
  await box.dispatch('agent.destroy', { agent: 'a' });
  await box.settle();
  await refusedWith('AGENT_NOT_IN_STATE', box.dispatch('snapshot.restore', { snapshot }));
});

it('old ones go a minute after the start and each day, what a destroyed agent is revived from never', async () => {
  const { box, outside, pass, events } = await open();
  const { snapshots } = outside;
  for (const atMs of [1, 2, 3])
    snapshots.put('a', { atMs, ref: `refs/musher/snapshots/a/${atMs}` });
  // Nobody knows these two any more.
  snapshots.put('gone', { atMs: 1 });
  snapshots.put('lately', { atMs: box.clock.now() - 80 * 24 * 60 * minuteMs });
  await box.dispatch('agent.destroy', { agent: 'a' });
  await box.settle();
  const [newest] = snapshots.kept.filter(({ snapshot }) => snapshot.agent === 'a');
  await pass(minuteMs + 1);
  const left = snapshots.kept.map(({ snapshot }) => snapshot.ref);
  expect(left).toEqual([expect.stringContaining('/lately/'), newest?.snapshot.ref]);
  const [told] = await events('snapshot.forgotten');
  expect(told?.data).toMatchObject({ snapshots: Array(3).fill({ why: 'age' }) });
});

it('as many go as make the rest fit, and no more', async () => {
  const { box, outside, pass } = await open();
  const { snapshots } = outside;
  const nowMs = box.clock.now();
  for (let days = 6; days >= 0; days--)
    snapshots.put('a', { atMs: nowMs - days * 24 * 60 * minuteMs });
  snapshots.bytesEach = 1_000_000_000;
  await pass(minuteMs + 1);
  expect(snapshots.kept.map(({ snapshot }) => snapshot.id.slice(-1))).toEqual([...'76543']);
});

it('what was asked for of an agent that is destroyed meanwhile is no failure', async () => {
  const past = [
    {
      type: 'agent.added',
      data: { agent: 'a', profile: 'shell', branch: 'a', baseRef: 'main', start: false },
    },
    { type: 'snapshot.asked', data: { ask: 'sn-1', agent: 'a', why: 'timer' } },
    { type: 'agent.destroyed', data: { agent: 'a', snapshotRef: 'refs/x' } },
  ];
  const error = { code: 'SNAPSHOT_FAILED', message: 'm', mend: 'n' };
  await given(world(), ...past)
    .when('snapshot.failed', { ask: 'sn-1', agent: 'a', why: 'timer', error }, { actor: 'system' })
    .leadsTo([]);
});
