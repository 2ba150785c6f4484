/** What of a report is shown where. Pure. */
import type {
  CostBy,
  CostLine,
  CostReport,
  CostSum,
} from '../../../preload/contract/cost-report.ts';
import { tokenWords, usdWords } from '../../../preload/contract/say-cost.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { Unit } from './use-costs.ts';

const unnamed: Readonly<Record<CostBy, string>> = {
  agent: 'Earlier agents',
  story: 'No story',
  profile: 'No profile',
  model: 'Told by the CLI',
  day: '–',
};

export function nameOf(by: CostBy, key: string): string {
  if (key === '…') return 'All others';
  return key === '' ? unnamed[by] : toPlainLine(key);
}

export function tokensOf({ input, output, cacheRead, cacheWrite }: CostSum): number {
  return input + output + cacheRead + cacheWrite;
}

/** A plus says that there is more, without a price. */
export function costWords({ usd, unpriced }: Pick<CostLine, 'usd' | 'unpriced'>): string {
  if (unpriced === 0) return usdWords(usd);
  return usd === 0 ? 'no price' : `${usdWords(usd)} +`;
}

export function unitWords(unit: Unit, value: number): string {
  return unit === 'usd' ? usdWords(value) : `${tokenWords(value)} tokens`;
}

/** How much more or less than in the same time before; nothing where either is not known whole. */
export function trendWords({ before, total }: CostReport): string | undefined {
  if (before === undefined || before.usd === 0 || total.unpriced > 0 || before.unpriced > 0)
    return undefined;
  const percent = Math.round((total.usd / before.usd - 1) * 100);
  if (percent === 0) return `as before (${usdWords(before.usd)})`;
  const more = percent < 0 ? `${-percent} % less` : `${percent} % more`;
  return `${more} than before (${usdWords(before.usd)})`;
}

const colors = ['bg-series-1', 'bg-series-2', 'bg-series-3', 'bg-series-4', 'bg-series-5'] as const;
const fills = [
  ...['fill-series-1', 'fill-series-2', 'fill-series-3', 'fill-series-4', 'fill-series-5'],
] as const;
export const mostSeries = colors.length;

/** Of the line at this place; those beyond the colours are told together. */
export function colorAt(at: number): string {
  return colors[at] ?? 'bg-line-strong';
}

export function fillAt(at: number): string {
  return fills[at] ?? 'fill-line-strong';
}

export interface Part {
  readonly key: string;
  /** Of its colour. */
  readonly at: number;
  readonly value: number;
}

export interface PlotDay {
  readonly day: string;
  readonly value: number;
  readonly usd: number;
  readonly tokens: number;
  /** From below, the first lines first, the others as one. */
  readonly parts: readonly Part[];
}

/** Every day from the first to the last, also those with nothing. */
export function plotDays(report: CostReport, unit: Unit, order: readonly string[]): PlotDay[] {
  const known = new Map(report.days.map((one) => [one.day, one]));
  return daysFrom(report.from, report.to).map((day) => {
    const { usd = 0, tokens = 0, parts = [] } = known.get(day) ?? {};
    const values = new Map<number, Part>();
    for (const part of parts) {
      const found = order.indexOf(part.key);
      const at = found < 0 || found >= mostSeries ? mostSeries : found;
      const value = (values.get(at)?.value ?? 0) + part[unit];
      values.set(at, { key: at === mostSeries ? '…' : part.key, at, value });
    }
    const sorted = [...values.values()].filter(({ value }) => value > 0);
    sorted.sort((a, b) => a.at - b.at);
    return { day, usd, tokens, value: unit === 'usd' ? usd : tokens, parts: sorted };
  });
}

function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  const end = Date.parse(`${to}T12:00:00Z`);
  for (let at = Date.parse(`${from}T12:00:00Z`); at <= end && days.length < 400; at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** A round number that nothing is above, and half of it. */
export function scaleOf(most: number): number {
  if (most <= 0) return 1;
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 10].map((times) => times * step).find((top) => top >= most) ?? most;
}

/** `Mon 30 Nov`. */
export function dayWords(day: string): string {
  const at = new Date(`${day}T12:00:00Z`);
  const parts = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return at.toLocaleDateString('en-GB', parts);
}
