/** What the waits of a day come to. Pure. */
import type { WaitDay, WaitFigures } from '../../../preload/contract/waits.ts';
import type { Ended } from './slice.ts';

/** The newest day first; within one, whoever waited longest in all. `fromMs`: nothing that ended before it. */
export function toDays(ended: readonly Ended[], fromMs: number): WaitDay[] {
  const days = Map.groupBy(
    ended.filter(({ atMs }) => atMs >= fromMs),
    ({ atMs }) => dayOf(atMs),
  );
  return [...days]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([day, all]) => ({ day, all: figuresOf(all), rows: toRows(all) }));
}

function toRows(ended: readonly Ended[]): WaitDay['rows'] {
  const groups = Map.groupBy(ended, ({ agent, kind }) => JSON.stringify([agent, kind]));
  return [...groups.values()]
    .flatMap((own) => {
      const [first] = own;
      return first ? [{ agent: first.agent, kind: first.kind, ...figuresOf(own) }] : [];
    })
    .sort((a, b) => b.sumMs - a.sumMs || (a.agent < b.agent ? -1 : 1));
}

function figuresOf(ended: readonly Ended[]): WaitFigures {
  const sorted = ended.map(({ lastedMs }) => lastedMs).sort((a, b) => a - b);
  return {
    count: sorted.length,
    medianMs: percentile(sorted, 50),
    p95Ms: percentile(sorted, 95),
    sumMs: sorted.reduce((sum, one) => sum + one, 0),
  };
}

/** The least of them that so many of a hundred do not exceed. */
function percentile(sorted: readonly number[], of100: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * of100) / 100) - 1)] ?? 0;
}

/** When the day began that lies so many before the one of `nowMs`, by this machine's clock. */
export function dayBegan(nowMs: number, daysBefore: number): number {
  const date = new Date(nowMs);
  date.setDate(date.getDate() - daysBefore);
  return date.setHours(0, 0, 0, 0);
}

function dayOf(atMs: number): string {
  const date = new Date(atMs);
  const two = (value: number) => `${value}`.padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
