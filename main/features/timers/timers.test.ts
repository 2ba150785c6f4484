import { describe, expect, it } from 'vitest';
import type { TimerRecord } from '../../../preload/contract/timer-facts.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { type Box, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { type World, world } from '../../../test/harness/hub-ports.ts';
import { TestClock, turn } from '../../../test/harness/clock.ts';
import { selectTimers } from './slice.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const hold = { command: 'queue.hold', data: { target: 'main' } };

interface One {
  readonly box: Box;
  readonly played: World;
}

async function open(options: Partial<Parameters<typeof openBox>[0]> = {}): Promise<One> {
  const played = world();
  return { played, box: await openBox({ features: played.features, ...options }) };
}

async function set(box: Box, data: object): Promise<string> {
  const { result } = await box.dispatch('timer.add', data);
  return (result as { timer: string }).timer;
}

function timerIn(box: Box, id = 't-1'): TimerRecord {
  const { open: active, over } = selectTimers(box.hub.state());
  const found = active.get(id) ?? over.byId.get(id);
  if (found === undefined) throw new Error(`no timer ${id}`);
  return found;
}

interface Told {
  readonly type: string;
  readonly actor: string;
  readonly via?: string;
  readonly data: Record<string, unknown>;
}

async function eventsIn(box: Box, type: string): Promise<Told[]> {
  const { events } = (await box.ask('log.page', { limit: 500 })) as { events: Told[] };
  return events.filter((event) => event.type === type);
}

/** By the tick, however far the clock goes. */
async function later(box: Box, ms: number): Promise<void> {
  box.clock.setWall(box.clock.now() + ms);
  await box.advance(1_000);
  await box.settle();
}

describe('a timer', () => {
  it('does its command in the name of who set it, once, and says what came of it', async () => {
    const { box } = await open();
    await set(box, { inMs: 2 * hourMs, ...hold });
    await later(box, hourMs);
    expect(await eventsIn(box, 'timer.fired')).toEqual([]);
    await later(box, hourMs);
    const [held] = await eventsIn(box, 'queue.held');
    expect([held?.actor, held?.via]).toEqual(['operator', 'system']);
    expect(timerIn(box)).toMatchObject({ state: 'done', fired: 1, last: { n: 1, state: 'done' } });
    await later(box, 400 * dayMs);
    expect(await eventsIn(box, 'timer.fired')).toHaveLength(1);
  });

  it('that is overdue by a year fires once, and then at its next time', async () => {
    const { box } = await open();
    const startMs = box.clock.now();
    await set(box, { everyMs: 30 * minuteMs, ...hold });
    await later(box, 365 * dayMs + 10 * minuteMs);
    for (let at = 0; at < 5; at++) await box.advance(1_000);
    const fired = await eventsIn(box, 'timer.fired');
    expect(fired.map(({ data }) => [data.dueMs, data.skips])).toEqual([
      [startMs + 30 * minuteMs, true],
    ]);
    expect(timerIn(box).nextMs).toBe(startMs + 365 * dayMs + 30 * minuteMs);
    await later(box, 30 * minuteMs);
    expect(await eventsIn(box, 'timer.fired')).toHaveLength(2);
  });

  it('never fires a time twice when the clock goes back, and does not sleep until it was', async () => {
    const { box } = await open();
    const startMs = box.clock.now();
    await set(box, { everyMs: hourMs, ...hold });
    // A year too far by mistake, and back.
    await later(box, 365 * dayMs);
    await later(box, -365 * dayMs + 2_000);
    const dues = async () => (await eventsIn(box, 'timer.fired')).map(({ data }) => data.dueMs);
    expect(await dues()).toEqual([startMs + hourMs]);
    expect(timerIn(box).nextMs).toBe(startMs + 2 * hourMs);
    await later(box, hourMs);
    expect(await dues()).toEqual([startMs + hourMs]);
    await later(box, hourMs);
    expect(await dues()).toEqual([startMs + hourMs, startMs + 2 * hourMs]);
  });

  it('does not sleep either when the clock comes back in steps, or was ahead when it was resumed or edited', async () => {
    const { box } = await open();
    const startMs = box.clock.now();
    for (let at = 0; at < 3; at++) await set(box, { everyMs: hourMs, ...hold });
    await later(box, hourMs + 1_000);
    await box.dispatch('timer.pause', { timer: 't-2' });
    await later(box, 365 * dayMs);
    await box.dispatch('timer.resume', { timer: 't-2' });
    await box.dispatch('timer.edit', { timer: 't-3', everyMs: 2 * hourMs });
    await later(box, -2 * dayMs);
    await later(box, -363 * dayMs);
    const next = ['t-1', 't-2', 't-3'].map((id) => (timerIn(box, id).nextMs ?? 0) - startMs);
    for (const ms of next) expect(ms).toBeLessThanOrEqual(4 * hourMs);
    const fired = await eventsIn(box, 'timer.fired');
    expect(new Set(fired.map(({ data }) => `${data.timer} ${data.dueMs}`)).size).toBe(fired.length);
  });

  it('set while the clock was a year ahead comes when it was meant to', async () => {
    const clock = new TestClock();
    const rightMs = clock.now();
    clock.setWall(rightMs + 365 * dayMs);
    const { box } = await open({ clock });
    for (const when of [{ inMs: 2 * hourMs }, { everyMs: 3 * hourMs }, { cron: '0 9 * * *' }])
      await set(box, { ...when, ...hold });
    clock.setWall(rightMs);
    await box.advance(1_000);
    const next = ['t-1', 't-2', 't-3'].map((id) => (timerIn(box, id).nextMs ?? 0) - rightMs);
    expect(next[0]).toBe(2 * hourMs + 1_000);
    for (const ms of next) expect(ms).toBeLessThanOrEqual(dayMs);
  });

  it('is not disturbed by a clock that is put right by seconds', async () => {
    const { box } = await open();
    await set(box, { everyMs: hourMs, ...hold });
    await later(box, -30_000);
    await later(box, hourMs + 30_000);
    await later(box, -30_000);
    await later(box, 30_000);
    expect(await eventsIn(box, 'timer.rearmed')).toEqual([]);
    expect(await eventsIn(box, 'timer.fired')).toHaveLength(1);
  });

  it('that fails is told, goes on, and is paused after five in a row', async () => {
    const { box } = await open();
    const broken = { command: 'story.move', data: { story: 's-9', to: 'coding' } };
    await set(box, { everyMs: hourMs, ...broken });
    await later(box, hourMs);
    expect(timerIn(box)).toMatchObject({
      ...{ state: 'active', failures: 1 },
      last: { state: 'failed', error: { code: 'STORY_UNKNOWN' } },
    });
    for (let at = 0; at < 6; at++) await later(box, hourMs);
    expect(timerIn(box)).toMatchObject({ state: 'paused', pausedBy: 'failures', failures: 5 });
    const waiting = async () => (await box.ask('inbox.list')) as { items: object[] };
    expect((await waiting()).items).toMatchObject([{ id: 'timer/t-1', isBlocking: false }]);
    await box.dispatch('timer.resume', { timer: 't-1' });
    expect(timerIn(box)).toMatchObject({ state: 'active', failures: 0 });
    expect((await waiting()).items).toEqual([]);
  });

  it('that fires once and fails stands in the inbox until it is run or changed', async () => {
    const { box } = await open();
    await set(box, { inMs: hourMs, command: 'story.hold', data: { story: 's-1' } });
    await later(box, hourMs);
    expect((await box.ask('inbox.list')) as object).toMatchObject({
      items: [{ id: 'timer/t-1' }],
    });
    await box.dispatch('story.add', { title: 'x' });
    await box.dispatch('timer.run', { timer: 't-1' });
    await box.settle();
    expect(timerIn(box)).toMatchObject({ state: 'done', fired: 2, last: { state: 'done' } });
    // What it did waits there now, and its failure no more.
    expect(await box.ask('inbox.list')).toMatchObject({ items: [{ id: 'story/s-1' }] });
  });

  it('is paused, resumed at its next time, run by hand, and taken back', async () => {
    const { box } = await open();
    const startMs = box.clock.now();
    await set(box, { everyMs: hourMs, ...hold });
    await box.dispatch('timer.pause', { timer: 't-1' });
    await later(box, 5 * hourMs);
    expect(await eventsIn(box, 'timer.fired')).toEqual([]);
    await box.dispatch('timer.run', { timer: 't-1' });
    await box.settle();
    expect(timerIn(box)).toMatchObject({ state: 'paused', fired: 1, last: { state: 'done' } });
    await box.dispatch('timer.resume', { timer: 't-1' });
    expect(timerIn(box).nextMs).toBe(startMs + 6 * hourMs);
    await box.dispatch('timer.remove', { timer: 't-1' });
    await later(box, dayMs);
    expect(await eventsIn(box, 'timer.fired')).toHaveLength(1);
    await refusedWith('TIMER_STATE', box.dispatch('timer.run', { timer: 't-1' }));
    const shown = (await box.ask('timer.get', { timer: 't-1' })) as {
      history: Array<{ type: string }>;
    };
    expect(shown.history.map(({ type }) => type)).toEqual([
      ...['timer.added', 'timer.paused', 'timer.fired', 'timer.acted'],
      ...['timer.resumed', 'timer.removed'],
    ]);
  });

  it('paused over its only time is not resumed, but may be given another', async () => {
    const { box } = await open();
    await set(box, { inMs: hourMs, ...hold });
    await box.dispatch('timer.pause', { timer: 't-1' });
    await later(box, 2 * hourMs);
    await refusedWith('TIMER_TIME_PAST', box.dispatch('timer.resume', { timer: 't-1' }));
    await box.dispatch('timer.edit', { timer: 't-1', inMs: hourMs });
    await box.dispatch('timer.resume', { timer: 't-1' });
    await later(box, hourMs);
    expect(timerIn(box)).toMatchObject({ state: 'done', last: { state: 'done' } });
    await box.dispatch('timer.edit', { timer: 't-1', inMs: hourMs });
    expect(timerIn(box).state).toBe('active');
  });

  it('waits for what it did last, and then fires once for all that passed', async () => {
    const { box, played } = await open();
    const held: Array<() => void> = [];
    played.outside.before = (deed) =>
      deed.startsWith('check') ? new Promise((resolve) => held.push(resolve)) : undefined;
    await set(box, { everyMs: hourMs, prompt: 'look', profile: 'shell' });
    for (const hours of [1, 1, 2]) await later(box, hours * hourMs);
    const count = async () => (await eventsIn(box, 'timer.fired')).length;
    expect([await count(), timerIn(box).last?.state]).toEqual([1, 'acting']);
    played.outside.before = () => undefined;
    for (const release of held) release();
    await box.settle();
    expect(timerIn(box).last?.state).toBe('done');
    for (let ticks = 0; ticks < 3; ticks++) await box.advance(1_000);
    expect(await count()).toBe(2);
  });
});

describe('a prompt', () => {
  it('goes to an agent as a message, and starts it when it is stopped', async () => {
    const { box } = await open();
    await box.dispatch('agent.add', { name: 'a', profile: 'claude' });
    await box.settle();
    await set(box, { everyMs: hourMs, prompt: 'look at new issues', to: 'a' });
    await later(box, hourMs);
    const [sent] = await eventsIn(box, 'message.sent');
    expect(sent?.data).toMatchObject({ to: 'a', body: 'look at new issues' });
    expect(timerIn(box).last).toMatchObject({ state: 'done', made: 'a' });
    await box.dispatch('agent.stop', { agent: 'a' });
    await box.settle();
    await later(box, hourMs);
    const { agents } = (await box.ask('agent.list')) as { agents: Array<{ state: string }> };
    expect([agents[0]?.state, timerIn(box).last?.state]).toEqual(['running', 'done']);
  });

  it('for nobody writes a story, at once of an agent that is started for it', async () => {
    const { box } = await open();
    await set(box, { inMs: hourMs, prompt: 'Update what we depend on.\nAll of it.' });
    await later(box, hourMs);
    const { stories } = (await box.ask('story.list')) as { stories: object[] };
    expect(stories).toMatchObject([
      { title: 'Update what we depend on.', type: 'chore', agent: 'timer-t-1-1' },
    ]);
    expect(stories).toMatchObject([{ place: { stage: 'coding' } }]);
    expect(timerIn(box).last).toMatchObject({ state: 'done', made: 's-1' });
  });
});

describe('a reminder', () => {
  it('of the operator is an item of the inbox, one for each reminder', async () => {
    const { box } = await open();
    await box.dispatch('timer.remind', { text: 'look at backend', everyMs: hourMs });
    await later(box, hourMs);
    await later(box, hourMs);
    expect(await box.ask('inbox.list')).toMatchObject({
      items: [{ id: 'reminder/t-1', title: 'look at backend' }],
    });
    await box.dispatch('inbox.dismiss', { item: 'reminder/t-1' });
  });

  it('of an agent is in its own inbox, is its own alone, and goes with it', async () => {
    const { box } = await open();
    for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
    await box.settle();
    const actor = 'agent:a' as const;
    await box.dispatch('timer.remind', { text: 'run the tests', inMs: hourMs }, { actor });
    await box.dispatch('timer.remind', { text: 'and again', everyMs: hourMs }, { actor });
    await refusedWith(
      'TIMER_NOT_YOURS',
      box.dispatch('timer.remove', { timer: 't-1' }, { actor: 'agent:b' }),
    );
    expect(await box.ask('timer.list', {}, 'agent:b')).toMatchObject({ total: 0 });
    expect(await box.ask('timer.list', {}, actor)).toMatchObject({ total: 2 });
    await later(box, hourMs);
    const inbox = (await box.ask('inbox.read', { after: 0 }, actor)) as {
      items: Array<{ text: string }>;
    };
    expect(JSON.stringify(inbox)).toContain('run the tests');
    expect(await box.ask('inbox.list')).toEqual({ items: [] });
    await box.dispatch('agent.destroy', { agent: 'a' });
    await box.settle();
    expect(timerIn(box, 't-2').state).toBe('removed');
  });
});

describe('what is stored', () => {
  it.each([
    [{}, 'ACTION_MISSING'],
    [{ command: 'story.hold', prompt: 'x' }, 'ACTION_AMBIGUOUS'],
    [{ command: 'story.mvoe' }, 'ACTION_UNKNOWN'],
    [{ command: 'agent.provisioned', data: {} }, 'ACTION_UNKNOWN'],
    [{ command: 'agent.report', data: { status: 'idle' } }, 'ACTION_UNKNOWN'],
    [{ command: 'approval.approve', data: {} }, 'ACTION_BY_HAND'],
    [{ command: 'permission.allow', data: {} }, 'ACTION_BY_HAND'],
    [{ command: 'timer.add', data: {} }, 'ACTION_BY_HAND'],
    [{ command: 'story.move', data: { story: 's-1', to: 'nowhere' } }, 'ACTION_INVALID'],
    [{ prompt: 'x', to: 'nobody' }, 'AGENT_UNKNOWN'],
  ] as const)('%j is refused with %s', async (action, code) => {
    const { box } = await open();
    await refusedWith(code, box.dispatch('timer.add', { inMs: hourMs, ...action }));
  });

  it('says which command was meant', async () => {
    const { box } = await open();
    const ask = box.dispatch('timer.add', { inMs: hourMs, command: 'story.mvoe' });
    const { wire } = await refusedWith('ACTION_UNKNOWN', ask);
    expect(wire.mend).toContain('Nearest: story.move');
  });
});

describe('over a crash', () => {
  it.each([0, 1, 2, 3, 4, 5, 6])('after %i more commits a firing is done once', async (commits) => {
    const clock = new TestClock();
    const store = memoryStore(() => clock.now());
    const { box } = await open({ store, clock });
    await set(box, { inMs: hourMs, command: 'story.add', data: { title: 'x' } });
    clock.setWall(clock.now() + hourMs);
    const before = box.store.commits;
    clock.advance(1_000);
    for (let turns = 0; turns < 50 && box.store.commits < before + commits; turns++) {
      await turn();
      if (box.store.commits >= before + commits) break;
      clock.flush();
    }
    box.crash();
    const after = new TestClock();
    // Longer away than receipts are kept that nobody may ask for.
    after.setWall(clock.now() + 10 * dayMs);
    const again = (await open({ store, clock: after })).box;
    await again.advance(1_000);
    await again.settle();
    expect(await eventsIn(again, 'timer.fired')).toHaveLength(1);
    expect(await eventsIn(again, 'story.added')).toHaveLength(1);
    expect(timerIn(again).last).toMatchObject({ n: 1, state: 'done', made: 's-1' });
  });
});

it('what comes by itself is one list, of whatever feature', async () => {
  const { box } = await open();
  await box.dispatch('agent.add', { name: 'a', profile: 'claude' });
  await box.settle();
  await set(box, { label: 'nightly', everyMs: dayMs, ...hold });
  await box.dispatch('agent.hook', { event: 'limit', detail: 'in 30 min' }, { actor: 'agent:a' });
  await box.dispatch('message.send', { to: 'operator', body: 'look' }, { actor: 'agent:a' });
  const { items } = (await box.ask('inbox.list')) as { items: Array<{ id: string }> };
  await box.dispatch('inbox.snooze', { item: items[0]?.id, when: '1h' });
  expect(await box.ask('schedule.list')).toMatchObject({
    upcoming: [
      { kind: 'limit', subject: 'a' },
      { kind: 'snooze', title: 'look' },
      { kind: 'timer', subject: 't-1', title: 'nightly: queue hold main' },
    ],
    total: 3,
  });
});
