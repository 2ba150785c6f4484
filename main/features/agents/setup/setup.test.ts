import { expect, it } from 'vitest';
import { TestClock } from '../../../../test/harness/clock.ts';
import { type BoxOptions, openBox, refusedWith } from '../../../../test/harness/hub.ts';
import { memoryStore } from '../../../../test/harness/hub-memory-store.ts';
import { world } from '../../../../test/harness/hub-ports.ts';
import { configSchema } from '../../../../preload/contract/config.ts';
import { selectAgents } from '../slice.ts';

const lines = [
  ['npm', 'ci'],
  ['npm', 'run', 'build'],
];

/** A hub whose config has these commands, confirmed unless that is not wanted. */
async function open(
  worktrees: object = { setup: lines },
  isConfirmed = true,
  life: Omit<BoxOptions, 'features'> = {},
) {
  const { outside, features } = world();
  outside.configs = [configSchema.parse({ worktrees })];
  const box = await openBox({ features, ...life });
  const agent = (id = 'a') => selectAgents(box.hub.state()).byId.get(id);
  const trust = async () => {
    const { unconfirmed } = (await box.ask('worktree.commands')) as {
      unconfirmed?: { hash: string };
    };
    await box.dispatch('worktree.trust', { hash: unconfirmed?.hash });
  };
  if (isConfirmed) await trust();
  const { runs } = outside;
  return { box, outside, runs, agent, trust };
}

const exit = (code: number) => ({ how: 'exited', code, signal: null }) as const;

it('the commands run before the program, in the worktree, with the environment of the agent', async () => {
  const { box, runs, agent, outside } = await open();
  await box.dispatch('agent.add', { name: 'a' });
  expect(agent()).toMatchObject({ state: 'running', chore: { state: 'done', kind: 'setup' } });
  const [first, second] = [...runs.ran.values()];
  expect([first?.program, first?.args, second?.args]).toEqual([
    '/bin/npm',
    ['ci'],
    lines[1]?.slice(1),
  ]);
  expect(first).toMatchObject({
    cwd: '/r.worktrees/a',
    env: {
      ...{ MUSHER_AGENT: 'a', MUSHER_TOKEN: 'token-a' },
      ...{ MUSHER_WORKTREE: '/r.worktrees/a', MUSHER_ROOT: '/r' },
    },
  });
  expect(outside.done.at(-1)).toBe('open a.1');
});

it('they run once for a worktree, again when they are others, and by hand', async () => {
  const { box, runs, outside, trust } = await open();
  await box.dispatch('agent.add', { name: 'a' });
  const restart = () => box.dispatch('agent.restart', { agent: 'a' });
  await restart();
  expect(runs.asked.length).toBe(2);
  outside.configs = [configSchema.parse({ worktrees: { setup: [['make']] } })];
  await trust();
  await restart();
  expect(runs.asked.length).toBe(3);
  await box.dispatch('agent.stop', { agent: 'a' });
  const setup = async (again: boolean) =>
    (await box.dispatch('worktree.setup', { agent: 'a', again })).result;
  expect([await setup(false), runs.asked.length]).toEqual([{ agent: 'a', begun: false }, 3]);
  expect([await setup(true), runs.asked.length]).toEqual([{ agent: 'a', begun: true }, 4]);
  expect(selectAgents(box.hub.state()).byId.get('a')).toMatchObject({ state: 'stopped' });
});

it.each([
  [exit(3), 'ended with exit code 3'],
  [{ how: 'exited', code: null, signal: 'SIGKILL' } as const, 'was ended by SIGKILL'],
  [{ how: 'timeout' } as const, 'took more than 30 minutes, and was ended'],
])('a command that fails stops the start: %j', async (end, said) => {
  const { box, runs, agent } = await open();
  runs.ends = [exit(0), end];
  await box.dispatch('agent.add', { name: 'a' });
  const failure = {
    code: 'SETUP_FAILED',
    message: expect.stringContaining(`npm run build ${said}`),
  };
  expect(agent()).toMatchObject({
    ...{ state: 'stopped', failure },
    chore: { state: 'failed', index: 1, error: failure },
  });
  await box.dispatch('agent.start', { agent: 'a' });
  expect([agent()?.state, runs.asked.length]).toEqual(['running', 4]);
});

it('it is started without them where that is said, and they are still wanted at the next start', async () => {
  const { box, runs, agent } = await open();
  runs.ends = [exit(1)];
  await box.dispatch('agent.add', { name: 'a' });
  await box.dispatch('agent.start', { agent: 'a', skipSetup: true });
  expect([agent()?.state, runs.asked.length]).toEqual(['running', 1]);
  await box.dispatch('agent.restart', { agent: 'a' });
  expect(runs.asked.length).toBe(3);
});

it('a stop cancels them, also between two', async () => {
  const { box, runs, agent } = await open();
  runs.ends = ['hang'];
  await box.dispatch('agent.add', { name: 'a' });
  const { terminalId = '' } = agent()?.chore ?? {};
  expect(agent()).toMatchObject({ state: 'starting', chore: { state: 'running', index: 0 } });
  await box.dispatch('agent.stop', { agent: 'a' });
  expect([runs.cuts, runs.asked.length]).toEqual([[terminalId], 1]);
  expect(agent()).toMatchObject({ state: 'stopped', chore: { state: 'cut' } });
  expect(agent()?.failure).toBeUndefined();
});

it('a hub that comes later goes on where they were, and counts their time from there', async () => {
  const [store, clock] = [memoryStore(), new TestClock()];
  const { box, runs } = await open({ setup: lines }, true, { store, clock });
  runs.ends = [exit(0), 'hang'];
  await box.dispatch('agent.add', { name: 'a' });
  const before = runs.asked[1];
  const begunMs = clock.now();
  box.crash();
  const later = new TestClock();
  later.advance(clock.now() + 60_000 - later.now());
  const next = await open({ setup: lines }, true, { store, clock: later });
  expect(next.runs.asked.map(({ id, sinceMs }) => [id, sinceMs])).toEqual([[before?.id, begunMs]]);
  expect(next.agent()).toMatchObject({ state: 'running', chore: { state: 'done' } });
});

it('what the repository brings runs once it was confirmed, and anything else asks again', async () => {
  const { box, runs, agent, outside, trust } = await open({ setup: lines }, false);
  await box.dispatch('agent.add', { name: 'a' });
  expect([agent()?.state, agent()?.failure?.code, runs.asked]).toEqual([
    ...['stopped', 'COMMANDS_UNCONFIRMED', []],
  ]);
  await refusedWith('COMMANDS_CHANGED', box.dispatch('worktree.trust', { hash: 'a'.repeat(64) }));
  await trust();
  await box.dispatch('agent.start', { agent: 'a' });
  expect([agent()?.state, runs.asked.length]).toEqual(['running', 2]);
  outside.configs = [configSchema.parse({ worktrees: { setup: [['make']] } })];
  await box.dispatch('agent.restart', { agent: 'a' });
  expect([agent()?.failure?.code, runs.asked.length]).toEqual(['COMMANDS_UNCONFIRMED', 2]);
});

it('an adopted worktree is set up only when that is asked for', async () => {
  const { box, runs } = await open();
  await box.dispatch('worktree.adopt', { path: '/mine', agent: 'a', profile: 'shell' });
  await box.dispatch('agent.start', { agent: 'a' });
  expect(runs.asked.length).toBe(0);
  await box.dispatch('agent.stop', { agent: 'a' });
  await box.dispatch('worktree.setup', { agent: 'a' });
  expect(runs.asked.length).toBe(2);
});

const down = { teardown: [['docker', 'compose', 'down']] };

it('before a worktree goes its files are kept, then the teardown runs', async () => {
  const { box, agent, outside, runs } = await open(down);
  await box.dispatch('agent.add', { name: 'a' });
  outside.done.length = 0;
  await box.dispatch('agent.destroy', { agent: 'a' });
  expect(outside.done).toEqual(['end a.1', 'keep a', 'issue a', 'end a.1', 'revoke a', 'retire a']);
  expect(runs.asked.length).toBe(1);
  expect(agent()).toMatchObject({
    ...{ state: 'destroyed', snapshotRef: 'refs/musher/snapshots/a/kept' },
  });
});

it('a teardown that fails leaves the worktree, unless its removal is forced', async () => {
  const { box, agent, outside, runs } = await open(down);
  await box.dispatch('agent.add', { name: 'a' });
  runs.ends = [exit(1), exit(1)];
  await box.dispatch('agent.destroy', { agent: 'a' });
  expect([agent()?.failure?.code, outside.retired]).toEqual(['TEARDOWN_FAILED', []]);
  await box.dispatch('agent.destroy', { agent: 'a', force: true });
  expect(agent()).toMatchObject({ state: 'destroyed', chore: { state: 'failed' } });
});

it('a teardown that hangs is stopped, and the worktree stays', async () => {
  const { box, agent, outside, runs } = await open(down);
  await box.dispatch('agent.add', { name: 'a' });
  runs.ends = ['hang'];
  await box.dispatch('agent.destroy', { agent: 'a' });
  expect(agent()).toMatchObject({ state: 'destroying', chore: { state: 'running' } });
  await box.dispatch('agent.stop', { agent: 'a' });
  expect([agent()?.chore?.state, agent()?.failure?.code, outside.retired]).toEqual([
    ...['cut', 'TEARDOWN_FAILED', []],
  ]);
});

it('the last line of a command that runs is shown, and none when it is over', async () => {
  const { box, runs, outside, agent } = await open({ setup: [['npm', 'ci']] });
  runs.ends = ['hang'];
  outside.screen = 'added 3 packages\n  building… \n\n';
  await box.dispatch('agent.add', { name: 'a' });
  await box.advance(1_000);
  expect(box.hub.live('choreLine').get('a')).toEqual({ line: 'building…' });
  runs.tell(agent()?.chore?.terminalId ?? '', exit(0));
  await box.settle();
  await box.advance(1_000);
  expect(box.hub.live('choreLine').get('a')).toBeUndefined();
});
