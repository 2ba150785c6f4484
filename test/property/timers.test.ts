// A clock that jumps anywhere, and crashes in the middle of anything: every time that came is fired effectively once, and no time twice.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { selectTimers } from '../../main/features/timers/index.ts';
import { TestClock, turn } from '../harness/clock.ts';
import { type Box, openBox } from '../harness/hub.ts';
import { memoryStore } from '../harness/hub-memory-store.ts';
import { world } from '../harness/hub-ports.ts';
import { rounds } from '../harness/rounds.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Each adds a story when it fires: what was done can be counted. */
const whens = [
  { everyMs: 7 * minuteMs },
  { everyMs: dayMs },
  { cron: '30 2 * * *', zone: 'Europe/Berlin' },
  { cron: '*/20 1-3 * * *', zone: 'America/New_York' },
  { inMs: 3 * dayMs },
];

type Step =
  | { does: 'tick' }
  | { does: 'jump'; byMs: number }
  | { does: 'crash'; afterCommits: number }
  | { does: 'pause' | 'resume' | 'run'; timer: string };

const timer = fc.constantFrom(...whens.map((_when, at) => `t-${at + 1}`));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ does: 'tick' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('jump' as const),
      byMs: fc.oneof(
        fc.integer({ min: -2 * minuteMs, max: 30 * minuteMs }),
        fc.integer({ min: -5 * dayMs, max: 5 * dayMs }),
        fc.constantFrom(-365 * dayMs, 365 * dayMs),
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('crash' as const),
      afterCommits: fc.integer({ min: 0, max: 8 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom('pause' as const, 'resume' as const, 'run' as const),
      timer,
    }),
  },
);

interface Fired {
  readonly timer: string;
  readonly n: number;
  readonly dueMs?: number;
  readonly nextMs?: number;
}

interface Logged<T> {
  readonly seq: number;
  readonly type: string;
  readonly atMs: number;
  readonly data: T;
}

/** All of the log, of one type. */
async function logged<T>(box: Box, type: string): Promise<Array<Logged<T>>> {
  const all: Array<Logged<T>> = [];
  for (let after = 0; ; after = all.at(-1)?.seq ?? 0) {
    const { events } = (await box.ask('log.page', { after, limit: 500 })) as {
      events: Array<Logged<T>>;
    };
    all.push(...events);
    if (events.length < 500) return all.filter((event) => event.type === type);
  }
}

/** Lets that many commits happen of what is due, then nothing any more. */
async function commitSome(box: Box, clock: TestClock, count: number): Promise<void> {
  const until = box.store.commits + count;
  clock.advance(1_000);
  for (let turns = 0; turns < 40 && box.store.commits < until; turns++) {
    await turn();
    if (box.store.commits < until) clock.flush();
  }
}

async function check(box: Box): Promise<void> {
  const fired = await logged<Fired>(box, 'timer.fired');
  const last = new Map<string, number>();
  const seen = new Set<string>();
  for (const { atMs, data } of fired) {
    const name = `${data.timer}:${data.n}`;
    expect(seen.has(name), `${name} fired twice`).toBe(false);
    seen.add(name);
    if (data.dueMs === undefined) continue;
    expect(data.dueMs, `${name} is later than the one before`).toBeGreaterThan(
      last.get(data.timer) ?? -Infinity,
    );
    expect(data.dueMs).toBeLessThanOrEqual(atMs);
    if (data.nextMs !== undefined) expect(data.nextMs, 'never a burst').toBeGreaterThan(atMs);
    last.set(data.timer, data.dueMs);
  }
  const { open } = selectTimers(box.hub.state());
  const acting = open.values().filter(({ last: one }) => one?.state === 'acting');
  expect(acting.map(({ id }) => id)).toEqual([]);
  const made = await logged<object>(box, 'story.added');
  expect(made.length, 'each firing did its work once').toBe(fired.length);
}

/** Nothing is left asleep: what has a next time has it within its own period, as the clock stands or after the latest that it fired for. */
function checkAwake(box: Box, clock: TestClock): void {
  selectTimers(box.hub.state()).open.forEach(({ state, nextMs, schedule, firedUpToMs = 0 }) => {
    if (state !== 'active') return;
    const fromMs = Math.max(clock.now(), firedUpToMs);
    expect(nextMs).toBeGreaterThan(clock.now() - 2_000);
    const period = schedule.kind === 'once' ? 3 * dayMs : 2 * dayMs;
    expect((nextMs ?? 0) - fromMs, JSON.stringify(schedule)).toBeLessThanOrEqual(period + 65_000);
  });
}

it('every timer that is due fires effectively once, whatever the clock does and wherever it crashes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 30 }), async (steps) => {
      let clock = new TestClock();
      const store = memoryStore(() => clock.now());
      const { features } = world();
      let box = await openBox({ features, store, clock });
      for (const when of whens)
        await box.dispatch('timer.add', { ...when, command: 'story.add', data: { title: 'x' } });
      for (const one of steps) {
        if (one.does === 'jump') clock.setWall(clock.now() + one.byMs);
        else if (one.does === 'tick') await box.advance(1_000);
        else if (one.does === 'crash') {
          await commitSome(box, clock, one.afterCommits);
          box.crash();
          const nowMs = clock.now();
          clock = new TestClock();
          clock.setWall(nowMs);
          box = await openBox({ features: world().features, store, clock });
        } else await box.dispatch(`timer.${one.does}`, { timer: one.timer }).catch(() => undefined);
      }
      for (let ticks = 0; ticks < 3; ticks++) await box.advance(1_000);
      await box.settle();
      await check(box);
      checkAwake(box, clock);
    }),
    { numRuns: rounds(12, 2_000) },
  );
});
