import { describe, expect, it } from 'vitest';
import { type Box, openBox } from '../../../../test/harness/hub.ts';
import { type World, world } from '../../../../test/harness/hub-ports.ts';
import { requireAgent, selectAgents } from '../slice.ts';
import { statusOf } from '../view.ts';

interface One {
  readonly box: Box;
  readonly played: World;
}

async function open(profile = 'gemini'): Promise<One> {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a', profile });
  played.outside.done.length = 0;
  return { box, played };
}

/** The screen becomes another one, and time goes on by the second. */
async function show({ box, played }: One, screen: string, seconds: number): Promise<void> {
  played.outside.screen = screen;
  played.outside.outputs.set('a.1', box.clock.now());
  for (let at = 0; at < seconds; at++) await box.advance(1_000);
}

function statusIn({ box }: One): string {
  const agent = requireAgent(selectAgents(box.hub.state()), 'a');
  if (!agent.ok) return 'none';
  const { value, source } = statusOf(agent.value);
  return `${value} by ${source}`;
}

const told = ({ box }: One) =>
  box.store
    .page({ after: 0, limit: 1_000, type: 'agent.screen_told' })
    .map(({ data }) => (data as { tells: string }).tells);
const reads = ({ played }: One) => played.outside.done.filter((deed) => deed.startsWith('read'));

const busy = 'esc to cancel';
const asks = 'Allow execution of: rm?\n1. Yes, allow once';

describe('a screen', () => {
  it('tells what its program does within six seconds, and is written when it changes', async () => {
    const one = await open();
    await show(one, busy, 6);
    expect(statusIn(one)).toBe('working by screen');
    for (let at = 0; at < 20; at++) await show(one, busy, 1);
    expect(told(one)).toEqual(['busy']);
    await show(one, asks, 6);
    expect(statusIn(one)).toBe('waiting by screen');
    expect(told(one)).toEqual(['busy', 'waiting']);
  });

  it('is read only when its terminal said something since, and at most every two seconds', async () => {
    // Nobody else reads there: it has no shapes of prompts.
    const one = await open('opencode');
    await show(one, busy, 60);
    // And once by the watchdog.
    expect(reads(one)).toHaveLength(2);
    for (let at = 0; at < 60; at++) await show(one, busy, 1);
    expect(reads(one).length).toBeLessThanOrEqual(34);
  });

  it('of a terminal that said nothing yet is not read', async () => {
    const one = await open();
    await one.box.advance(60_000);
    expect(reads(one)).toEqual([]);
  });

  it.each(['shell', 'script'])('of a profile without phrases is not read: %s', async (profile) => {
    const played = world();
    const box = await openBox({ features: played.features });
    const command = profile === 'script' ? { command: ['run'] } : {};
    await box.dispatch('agent.add', { name: 'a', profile, ...command });
    await show({ box, played }, busy, 10);
    expect(reads({ box, played })).toEqual([]);
  });

  it('is not read any more once a hook was heard, and what it told does not count', async () => {
    const one = await open('claude');
    await show(one, busy, 6);
    await one.box.dispatch('agent.hook', { event: 'idle' }, { actor: 'agent:a' });
    one.played.outside.done.length = 0;
    await show(one, busy, 30);
    // By the watchdog, which looks at all every 30 seconds.
    expect(reads(one)).toHaveLength(1);
    expect(statusIn(one)).toBe('idle by hook');
  });

  it('that is half drawn tells nothing', async () => {
    const one = await open();
    await show(one, busy, 6);
    for (let at = 0; at < 10; at++) {
      await show(one, '', 1);
      await show(one, busy, 1);
    }
    await show(one, '', 9);
    expect(told(one)).toEqual(['busy']);
    await show(one, '', 5);
    expect(told(one)).toEqual(['busy', 'nothing']);
  });

  it('that flickers between two words costs the log at most twelve events a minute', async () => {
    const one = await open();
    for (let at = 0; at < 30; at++) await show(one, at % 2 === 0 ? busy : asks, 4);
    expect(told(one).length).toBeGreaterThan(2);
    expect(told(one).length).toBeLessThanOrEqual(24);
  });

  it('that cannot be read is read again at the next look', async () => {
    const one = await open();
    one.played.outside.before = (deed) => {
      if (deed.startsWith('read')) throw new Error('no answer');
    };
    await show(one, busy, 6);
    expect(told(one)).toEqual([]);
    one.played.outside.before = () => undefined;
    await one.box.advance(2_000);
    await one.box.advance(2_000);
    await one.box.advance(2_000);
    expect(told(one)).toEqual(['busy']);
  });

  it('of the next session begins with nothing', async () => {
    const one = await open();
    await show(one, busy, 6);
    await one.box.dispatch('agent.restart', { agent: 'a' });
    await one.box.settle();
    expect(statusIn(one)).toBe('unknown by none');
  });
});

it('a word that comes too late, or is no news, is not written', async () => {
  const one = await open();
  const say = (tells: string) =>
    one.box.hub.system({ type: 'agent.screen_told', data: { agent: 'a', tells } });
  await Promise.all([say('nothing'), say('busy'), say('busy'), one.box.settle()]);
  expect(told(one)).toEqual(['busy']);
  await one.box.dispatch('agent.stop', { agent: 'a' });
  await Promise.all([say('waiting'), one.box.settle()]);
  expect(told(one)).toEqual(['busy']);
});
