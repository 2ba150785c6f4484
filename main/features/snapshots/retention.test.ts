import { expect, it } from 'vitest';
import { chooseForgotten, dayMs, goneDays, inOrderOfGoing, mostOfAgent } from './retention.ts';
import { snapshotSettings } from './settings.ts';

const nowMs = 20_000 * dayMs;
const settings = snapshotSettings([]);
const hourMs = dayMs / 24;
const agents = new Set(['a', 'b', 'c']);

/** One each hour for so many days, newest first. */
function hourly(agent: string, days: number) {
  return Array.from({ length: days * 24 }, (_, at) => {
    const atMs = nowMs - 1 - at * hourMs;
    return { agent, ref: `${agent}/${at}`, commit: `c${at}`, atMs };
  });
}

const keptOf = (all: ReturnType<typeof hourly>, held: readonly string[] = []) => {
  const gone = new Set(
    chooseForgotten(all, { settings, nowMs, agents, held: new Set(held) }).map(({ ref }) => ref),
  );
  return all.filter(({ ref }) => !gone.has(ref));
};

it('all of a week are kept, then one a day for a month, then one a week for three months', () => {
  const kept = keptOf(hourly('a', 120));
  const between = (from: number, to: number) =>
    kept.filter(({ atMs }) => nowMs - atMs > from * dayMs && nowMs - atMs <= to * dayMs);
  expect(between(-1, 7)).toHaveLength(7 * 24);
  const daily = between(7, 30);
  expect(daily).toHaveLength(23);
  // The last of its day.
  for (const { atMs } of daily) expect(dayMs - (atMs % dayMs)).toBeLessThanOrEqual(hourMs);
  expect([9, 10]).toContain(between(30, 90).length);
  expect(between(90, 1_000)).toEqual([]);
});

it('the newest of an agent stays however old it is, and so does what is held', () => {
  const old = hourly('a', 3).map((one) => ({ ...one, atMs: one.atMs - 1_000 * dayMs }));
  expect(keptOf(old, ['a/7']).map(({ ref }) => ref)).toEqual(['a/0', 'a/7']);
});

it('of one agent at most a thousand are kept', () => {
  const many = Array.from({ length: mostOfAgent + 5 }, (_, at) => ({
    ...{ agent: 'a', ref: `a/${at}`, commit: `c${at}`, atMs: nowMs - at * 1_000 },
  }));
  expect(chooseForgotten(many, { settings, nowMs, agents, held: new Set() })).toEqual(
    many.slice(mostOfAgent).map(({ agent, ref, commit }) => ({ agent, ref, commit, why: 'count' })),
  );
});

it('for want of room the oldest go first, and never the newest, those held or those of the last day', () => {
  const all = [...hourly('a', 2), ...hourly('b', 2)];
  const order = inOrderOfGoing(all, { settings, nowMs, agents, held: new Set(['a/47', 'b/0']) });
  expect(order.map(({ ref }) => ref).slice(0, 3)).toEqual(['b/47', 'a/46', 'b/46']);
  expect(order.every(({ atMs }) => nowMs - atMs > dayMs)).toBe(true);
  const alone = [{ agent: 'c', ref: 'c/0', commit: 'c', atMs: 0 }];
  expect(inOrderOfGoing(alone, { settings, nowMs, agents, held: new Set() })).toEqual([]);
});

it('of an agent that is gone the newest stays for three months, whatever the settings say, then it goes as others do', () => {
  const brief = { ...settings, keepAllDays: 1, keepDailyDays: 2, keepWeeklyDays: 3 };
  const ask = { settings: brief, nowMs, held: new Set<string>(), agents };
  const of = (agent: string, days: number) => ({
    ...{ agent, ref: `${agent}/${days}`, commit: 'c', atMs: nowMs - days * dayMs },
  });
  const goes = (...all: ReturnType<typeof of>[]) => chooseForgotten(all, ask).map(({ ref }) => ref);
  expect(goes(of('gone', goneDays), of('gone', goneDays + 1))).toEqual(['gone/91']);
  expect(goes(of('gone', goneDays + 1), of('a', goneDays + 1))).toEqual(['gone/91']);
  const long = { ...ask, settings: { ...brief, keepWeeklyDays: 200 } };
  expect(chooseForgotten([of('gone', 100)], long)).toEqual([]);
  expect(inOrderOfGoing([of('gone', 100), of('other', 80), of('a', 70)], long)).toEqual([
    of('gone', 100),
  ]);
});
