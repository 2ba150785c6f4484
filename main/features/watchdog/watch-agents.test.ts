import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../preload/contract/config.ts';
import { TestClock } from '../../../test/harness/clock.ts';
import { type Box, openBox } from '../../../test/harness/hub.ts';
import { memoryStore, newTables } from '../../../test/harness/hub-memory-store.ts';
import { type World, world } from '../../../test/harness/hub-ports.ts';
import { requireAgent, selectAgents } from '../agents/index.ts';
import { selectWaiting } from '../inbox/index.ts';
import { selectWatchdog } from './slice.ts';

interface One {
  readonly box: Box;
  readonly played: World;
}

async function open(config: object = {}, data: object = {}, tables = newTables()): Promise<One> {
  const played = world();
  played.outside.configs = [configSchema.parse(config)];
  const clock = new TestClock();
  const store = memoryStore(() => clock.now(), tables);
  const box = await openBox({ features: played.features, clock, store });
  await box.dispatch('agent.add', { name: 'a', profile: 'claude', ...data });
  return { box, played };
}

const agentIn = ({ box }: One) => {
  const found = requireAgent(selectAgents(box.hub.state()), 'a');
  return found.ok ? found.value : undefined;
};
const hook = ({ box }: One, event: string, more: object = {}) =>
  box.dispatch('agent.hook', { event, ...more }, { actor: 'agent:a' });
const told = ({ box }: One, type: string) =>
  box.store.page({ after: 0, limit: 10_000, type }).map(({ data }) => data);
const notices = ({ box }: One) =>
  selectWaiting(box.hub.state())
    .values()
    .map(({ id, title }) => [id, title]);

const nearIn = ({ box }: One) => selectWatchdog(box.hub.state()).get('a')?.near;

async function look(one: One, times = 1): Promise<void> {
  for (let at = 0; at < times; at++) await one.box.advance(30_000);
}

async function turns(one: One, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    await hook(one, 'busy', { tool: true });
    await hook(one, 'idle');
  }
}

describe('a limit', () => {
  it('is told at 80 %, once, and stops the agent at 100 %, whatever its restart policy', async () => {
    const one = await open({ limits: { turns: 5 } }, { restart: 'always' });
    await turns(one, 4);
    await look(one, 3);
    expect(told(one, 'watchdog.limit_near')).toEqual([
      { agent: 'a', kind: 'turns', used: 4, of: 5 },
    ]);
    expect(notices(one)).toEqual([
      ['watch/a.turns', 'It has used 4 of 5 turns; at the limit it is stopped'],
    ]);
    await turns(one, 1);
    // Not first at the next look.
    await one.box.advance(500);
    expect(agentIn(one)).toMatchObject({ state: 'stopped', failure: { code: 'TURN_LIMIT' } });
    expect(notices(one)).toEqual([['agent/a', expect.stringContaining('it has used 5 of 5')]]);
    await look(one, 4);
    expect(agentIn(one)).toMatchObject({ state: 'stopped', session: 1 });
  });

  it('that is raised is near no more, be it in a config file or its own', async () => {
    const one = await open({ limits: { turns: 5 } });
    await turns(one, 4);
    await look(one);
    expect(notices(one)).toHaveLength(1);
    const { outside } = one.played;
    outside.configs = [configSchema.parse({ limits: { turns: 20 } })];
    await look(one);
    expect(notices(one)).toEqual([]);
    expect(nearIn(one)).toEqual({});
    await one.box.dispatch('agent.limits', { agent: 'a', turns: 5 });
    await look(one);
    expect(nearIn(one)).toEqual({ turns: 5 });
    outside.configs = [configSchema.parse({ limits: { turns: 99 } })];
    await look(one);
    expect(notices(one)).toHaveLength(1);
    await one.box.dispatch('agent.limits', { agent: 'a', turns: 'config' });
    expect([notices(one), nearIn(one)]).toEqual([[], {}]);
    const uses = { kind: 'turns', used: 4, of: 99, from: 'config' };
    const config = { of: 99, path: 'config.toml', origin: 'repository', key: 'limits.turns' };
    expect(await one.box.ask('agent.watch', { agent: 'a' })).toMatchObject({
      uses: [{ ...uses, config }, {}, {}],
    });
    await look(one, 2);
    expect(told(one, 'watchdog.near_cleared')).toEqual([{ agent: 'a', kind: 'turns' }]);
  });

  it('as it is already is no news', async () => {
    const one = await open();
    await one.box.dispatch('agent.limits', { agent: 'a', turns: 'config' });
    await one.box.dispatch('agent.limits', { agent: 'a', turns: 3 });
    await one.box.dispatch('agent.limits', { agent: 'a', turns: 3 });
    expect(told(one, 'watchdog.limits_set')).toEqual([{ agent: 'a', turns: 3 }]);
  });

  it('counts on over the death of the hub, and anew after a start by the operator', async () => {
    const tables = newTables();
    const first = await open({ limits: { turns: 2 } }, {}, tables);
    await turns(first, 1);
    const { played } = first;
    first.box.crash();
    const clock = new TestClock();
    const { features } = played;
    const box = await openBox({ features, clock, store: memoryStore(() => clock.now(), tables) });
    const one = { box, played };
    await turns(one, 1);
    await look(one);
    expect(agentIn(one)).toMatchObject({ failure: { code: 'TURN_LIMIT' } });
    await box.dispatch('agent.start', { agent: 'a' });
    await look(one);
    expect(agentIn(one)).toMatchObject({ state: 'running', session: 2, failure: undefined });
  });

  it('of time leaves out pauses', async () => {
    const one = await open({ limits: { time_minutes: 2 } });
    await look(one);
    await one.box.dispatch('agent.pause', { agent: 'a' });
    await look(one, 20);
    expect(agentIn(one)?.state).toBe('running');
    await one.box.dispatch('agent.resume', { agent: 'a' });
    await look(one, 2);
    expect(agentIn(one)?.state).toBe('running');
    await look(one);
    expect(agentIn(one)).toMatchObject({ state: 'stopped', failure: { code: 'TIME_LIMIT' } });
  });

  it('of cost is by what its CLI tells; the operator’s own goes before the config’s', async () => {
    const one = await open({ limits: { cost_usd: 9 } });
    await one.box.dispatch('agent.limits', { agent: 'a', costUsd: 1 });
    await one.box.dispatch('agent.usage', { costUsd: 0.99 }, { actor: 'agent:a' });
    await look(one);
    expect(agentIn(one)?.state).toBe('running');
    await one.box.dispatch('agent.limits', { agent: 'a', costUsd: 'none' });
    expect(notices(one)).toEqual([]);
    await one.box.dispatch('agent.usage', { costUsd: 5 }, { actor: 'agent:a' });
    await look(one);
    expect(agentIn(one)?.state).toBe('running');
    await one.box.dispatch('agent.limits', { agent: 'a', costUsd: 5 });
    await look(one);
    expect(agentIn(one)).toMatchObject({ state: 'stopped', failure: { code: 'COST_LIMIT' } });
  });
});

describe('stuck', () => {
  it('on a prompt: told in the inbox once, and gone with the prompt', async () => {
    const one = await open();
    await hook(one, 'waiting', { detail: 'Bash: rm x' });
    await look(one, 4);
    const found = [expect.objectContaining({ shape: 'stuck-on-prompt', what: 'Bash: rm x' })];
    expect(told(one, 'watchdog.stuck_found')).toEqual(found);
    expect(notices(one)).toEqual([
      ['watch/a.stuck-on-prompt', 'It waits at its own screen: Bash: rm x'],
    ]);
    await hook(one, 'busy');
    expect(notices(one)).toEqual([]);
    const answer = (await one.box.ask('agent.watch', { agent: 'a' })) as object;
    expect(answer).toMatchObject({ stuck: [], told: { 'stuck-on-prompt': 1 } });
  });

  it('no more, and then again: told after five minutes, gone by a look where nothing else tells', async () => {
    const one = await open();
    const tokens = (contextTokens: number) =>
      one.box.dispatch('agent.usage', { contextTokens }, { actor: 'agent:a' });
    await tokens(250_000);
    await look(one);
    await tokens(9_000);
    await look(one);
    expect(told(one, 'watchdog.stuck_gone')).toEqual([{ agent: 'a', shape: 'context-bloat' }]);
    expect(notices(one)).toEqual([]);
    await tokens(260_000);
    await look(one, 8);
    expect(told(one, 'watchdog.stuck_found')).toHaveLength(1);
    await look(one);
    expect(told(one, 'watchdog.stuck_found')).toHaveLength(2);
  });

  it('not on a prompt that is in the inbox', async () => {
    const one = await open();
    await hook(one, 'waiting', { detail: 'ask: Which?' });
    await one.box.dispatch('question.ask', { text: 'Which?' }, { actor: 'agent:a' });
    await look(one, 4);
    expect(told(one, 'watchdog.stuck_found')).toEqual([]);
  });

  it('by its screen: seen at one look, told at the next', async () => {
    const one = await open();
    one.played.outside.screen = 'API Error (Request timed out.)';
    one.played.outside.outputs.set('a.1', one.box.clock.now());
    await look(one);
    expect(told(one, 'watchdog.stuck_found')).toEqual([]);
    await look(one);
    expect(told(one, 'watchdog.stuck_found')).toMatchObject([{ shape: 'stream-timeout' }]);
  });

  it('without progress: its worktree is asked only when nothing else tells', async () => {
    const one = await open();
    await hook(one, 'busy');
    await look(one, 49);
    expect(one.played.outside.done).not.toContain('changes /r.worktrees/a');
    one.played.outside.changedMs = one.box.clock.now() - 1_300_000;
    await look(one);
    expect(one.played.outside.done).toContain('changes /r.worktrees/a');
    expect(told(one, 'watchdog.stuck_found')).toEqual([]);
    await look(one, 7);
    expect(told(one, 'watchdog.stuck_found')).toMatchObject([{ shape: 'no-progress' }]);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('by its context: nudged only where that is set (%s)', async (nudge_compact, nudges) => {
    const one = await open({ watchdog: { nudge_compact } });
    await one.box.dispatch('agent.usage', { contextTokens: 250_000 }, { actor: 'agent:a' });
    await look(one, 2);
    expect(told(one, 'watchdog.stuck_found')).toMatchObject([{ shape: 'context-bloat' }]);
    expect(told(one, 'agent.nudged')).toHaveLength(nudges);
  });

  it('waiting for the operator is told beside what it waits for', async () => {
    const one = await open();
    await one.box.dispatch('question.ask', { text: 'Which?' }, { actor: 'agent:a' });
    await look(one, 31);
    expect(told(one, 'watchdog.stuck_found')).toMatchObject([{ shape: 'blocked-on-supervisor' }]);
    expect(notices(one)).toHaveLength(1);
  });
});

describe('an orphan', () => {
  it('agent is ended with what the host knows of the end', async () => {
    const one = await open();
    one.played.outside.running.delete('a.1');
    one.played.outside.ended = [{ id: 'a.1', exitCode: 3, signal: null }];
    await look(one);
    expect(agentIn(one)).toMatchObject({ state: 'stopped', exit: { code: 3 } });
  });

  it('program is ended after one further look', async () => {
    const one = await open();
    one.played.outside.running.set('b.1', { id: 'b.1', pid: 9, cols: 80, rows: 24 });
    await look(one);
    expect(told(one, 'watchdog.orphan_reaped')).toEqual([]);
    await look(one);
    expect(told(one, 'watchdog.orphan_reaped')).toEqual([{ terminalId: 'b.1' }]);
    expect([...one.played.outside.running.keys()]).toEqual(['a.1']);
    expect(agentIn(one)?.state).toBe('running');
  });

  it('is never one that is starting', async () => {
    const one = await open();
    let letGo = (): void => undefined;
    one.played.outside.before = (deed) =>
      deed === 'open a.2' ? new Promise((resolve) => (letGo = resolve)) : undefined;
    await one.box.dispatch('agent.restart', { agent: 'a' });
    await look(one, 4);
    expect(agentIn(one)?.state).toBe('starting');
    letGo();
    await one.box.settle();
    await look(one, 2);
    expect(agentIn(one)).toMatchObject({ state: 'running', session: 2 });
    expect(told(one, 'watchdog.orphan_reaped')).toEqual([]);
  });

  it('is none where the host does not answer', async () => {
    const one = await open();
    one.played.outside.running.clear();
    one.played.outside.isAway = true;
    await look(one, 3);
    expect(agentIn(one)?.state).toBe('running');
  });
});

describe('after its restart policy started it again', () => {
  it('it is told to go on, once', async () => {
    const one = await open({}, { restart: 'always' });
    await hook(one, 'busy', { sessionId: 'c-1' });
    one.played.outside.exit({ id: 'a.1', exitCode: 3, signal: null });
    await one.box.settle();
    for (let at = 0; at < 3; at++) await one.box.advance(1_000);
    expect(agentIn(one)).toMatchObject({ state: 'running', session: 2 });
    await hook(one, 'session', { sessionId: 'c-1', detail: 'resume' });
    await look(one, 4);
    expect(told(one, 'agent.nudged')).toMatchObject([{ by: 'kick' }]);
  });
});

describe('a machine that slept', () => {
  it('stops nobody by a time that nobody worked in, and finds nobody stuck', async () => {
    const one = await open({ limits: { time_minutes: 60 } });
    await hook(one, 'busy', { tool: true });
    await look(one, 2);
    const sleptMs = one.box.clock.now();
    one.box.clock.setWall(sleptMs + 8 * 3_600_000);
    // What is told of it first after the lid is open comes before the next look.
    await one.box.dispatch('agent.usage', { costUsd: 1 }, { actor: 'agent:a' });
    await one.box.advance(500);
    await look(one, 3);
    expect(told(one, 'watchdog.slept')).toEqual([
      { fromMs: sleptMs, toMs: sleptMs + 8 * 3_600_000 + 500 },
    ]);
    expect(agentIn(one)).toMatchObject({ state: 'running' });
    expect(told(one, 'watchdog.stuck_found')).toEqual([]);
    expect(notices(one)).toEqual([]);
  });

  it('is not said to have slept when it is busy, nor when nothing ran', async () => {
    const one = await open();
    one.box.clock.setWall(one.box.clock.now() + 60_000);
    await look(one);
    await one.box.dispatch('agent.stop', { agent: 'a' });
    await look(one);
    one.box.clock.setWall(one.box.clock.now() + 8 * 3_600_000);
    await look(one);
    expect(told(one, 'watchdog.slept')).toEqual([]);
  });
});
