import { describe, expect, it } from 'vitest';
import { type Box, openBox } from '../../../../test/harness/hub.ts';
import { type World, world } from '../../../../test/harness/hub-ports.ts';
import { requireAgent, selectAgents } from '../slice.ts';

interface One {
  readonly box: Box;
  readonly played: World;
}

async function open(profile = 'claude'): Promise<One> {
  const played = world();
  const box = await openBox({ features: played.features });
  const command = profile === 'script' ? { command: ['run'] } : {};
  await box.dispatch('agent.add', { name: 'a', profile, ...command });
  await box.settle();
  return { box, played };
}

function agentIn({ box }: One) {
  const found = requireAgent(selectAgents(box.hub.state()), 'a');
  if (!found.ok) throw new Error('there is no agent');
  return found.value;
}

const stateOf = (one: One) => agentIn(one).nudge?.state;
const hook = ({ box }: One, event: string, detail?: string) =>
  box.dispatch('agent.hook', { event, detail }, { actor: 'agent:a' });
const pasted = ({ played }: One) => played.outside.done.filter((deed) => deed.startsWith('paste'));

async function nudge(one: One, text = 'go on with the tests'): Promise<void> {
  await one.box.dispatch('agent.nudge', { agent: 'a', text });
  await one.box.settle();
}

describe('a nudge', () => {
  it('is typed once, seen on the screen, and accepted when the CLI works', async () => {
    const one = await open();
    await nudge(one);
    expect([stateOf(one), pasted(one)]).toEqual(['sent', ['paste a.1 go on with the tests']]);
    one.played.outside.screen = '│ > go on with\n│   the tests │';
    await one.box.advance(1_000);
    expect(stateOf(one)).toBe('seen');
    await hook(one, 'busy');
    expect(stateOf(one)).toBe('accepted');
  });

  it('that no screen shows fails after ten seconds, and says so', async () => {
    const one = await open();
    await nudge(one);
    for (let at = 0; at < 12; at++) await one.box.advance(1_000);
    const { state, reason } = agentIn(one).nudge ?? {};
    expect([state, reason]).toEqual(['failed', 'it did not appear on its screen']);
  });

  it('that nothing comes of fails after a minute; of one at work it stays seen', async () => {
    for (const [before, after] of [
      ['idle', 'failed'],
      ['busy', 'seen'],
    ] as const) {
      const one = await open();
      await hook(one, before);
      one.played.outside.screen = 'go on with the tests';
      await nudge(one);
      for (let at = 0; at < 70; at++) await one.box.advance(1_000);
      expect(stateOf(one)).toBe(after);
    }
  });

  it('of a program that would run the words fails, and nothing is typed', async () => {
    const one = await open('script');
    await nudge(one);
    expect([stateOf(one), pasted(one)]).toEqual(['failed', []]);
  });

  it('of a stopped agent is refused', async () => {
    const one = await open();
    await one.box.dispatch('agent.stop', { agent: 'a' });
    await one.box.settle();
    await expect(one.box.dispatch('agent.nudge', { agent: 'a' })).rejects.toMatchObject({
      wire: { code: 'AGENT_NOT_IN_STATE' },
    });
  });
});

describe('a limit', () => {
  const minuteMs = 60_000;

  it('is a time, after which it is told to go on, once', async () => {
    const one = await open();
    await hook(one, 'limit', '429, in 12 min');
    await hook(one, 'idle');
    const { limit, hook: told } = agentIn(one);
    expect(limit?.untilMs).toBe(one.box.clock.now() + 12 * minuteMs + 30_000);
    expect([limit?.isGuess, told?.event]).toEqual([false, 'limit']);
    await one.box.advance(12 * minuteMs + 29_000);
    expect(pasted(one)).toEqual([]);
    await one.box.advance(2_000);
    await one.box.settle();
    expect(pasted(one)).toEqual(['paste a.1 The limit is over. Continue.']);
    await one.box.advance(60 * minuteMs);
    expect(pasted(one)).toHaveLength(1);
  });

  it.each([
    [
      'is closed by the choice to wait, shortly before it is over',
      '  ❯ 1. Stop and wait for limit to reset',
      1,
    ],
    ['is left alone where another choice is taken', '  ❯ 2. Switch to usage credits', 0],
  ])('that opened a menu %s', async (_, line, least) => {
    const one = await open();
    const keys = () => one.played.outside.done.filter((deed) => deed.startsWith('press'));
    await hook(one, 'limit', '429, in 12 min');
    one.played.outside.screen = `What do you want to do?\n${line}\nEnter to confirm`;
    await one.box.advance(11 * minuteMs);
    expect(keys()).toEqual([]);
    for (let at = 0; at < 89; at++) await one.box.advance(1_000);
    expect(new Set(keys())).toEqual(new Set(least === 0 ? [] : ['press a.1 \r']));
  });

  it('without a time is guessed, longer each time until a turn ends well', async () => {
    const one = await open();
    const waits: number[] = [];
    for (let at = 0; at < 6; at++) {
      await hook(one, 'limit', 'rate limited');
      const untilMs = agentIn(one).limit?.untilMs ?? 0;
      waits.push((untilMs - one.box.clock.now()) / minuteMs);
      await one.box.advance(untilMs - one.box.clock.now() + 1_000);
      await one.box.settle();
      await hook(one, 'busy');
    }
    expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
    await hook(one, 'idle');
    expect(agentIn(one).limit).toBeUndefined();
  });

  it('told again with an earlier time keeps the later one', async () => {
    const one = await open();
    await hook(one, 'limit', 'in 60 min');
    const before = agentIn(one).limit?.untilMs;
    await hook(one, 'limit', 'in 5 min');
    expect(agentIn(one).limit?.untilMs).toBe(before);
  });

  it('ends with a nudge by the operator, and with the session', async () => {
    const one = await open();
    await hook(one, 'limit', 'in 60 min');
    await nudge(one);
    expect(agentIn(one).limit?.untilMs).toBeUndefined();
    await hook(one, 'limit', 'in 90 min');
    await one.box.dispatch('agent.restart', { agent: 'a' });
    await one.box.settle();
    expect(agentIn(one).limit).toBeUndefined();
  });
});
