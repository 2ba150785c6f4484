/** Costs as they are shown: lines of what was asked for, days, and how models are priced. Pure. */
import type {
  CostAsk,
  CostLine,
  CostReport,
  CostSum,
  ModelPrice,
} from '../../../preload/contract/cost-report.ts';
import { dayAfter, daysBetween, type DayOf } from './days.ts';
import type { CostSettings } from './ports.ts';
import { allTokens, type PriceOf, pricesBy, priceSnippet } from './prices.ts';
import type { Line } from './reckon.ts';
import { reckon } from './reckon.ts';
import type { CostsState } from './slice.ts';
import { allCells } from './slice.ts';

export const mostLines = 500;
const mostParts = 12;

type Report = Omit<CostReport, 'budgets' | 'isEmpty' | 'nowMs'>;

export interface ReportAsk {
  readonly ask: CostAsk;
  readonly state: CostsState;
  readonly settings: CostSettings;
  readonly dayOf: DayOf;
  readonly nowMs: number;
}

export function costReport({ ask, state, settings, dayOf, nowMs }: ReportAsk): Report {
  const { by, to = dayOf(nowMs), from = dayAfter(to, -29) } = ask;
  const price = pricesBy(settings.prices);
  const earlier = dayAfter(from, -1 - daysBetween(from, to));
  const all = reckon(allCells(state), { price, dayOf }).filter(fitsAsk(ask));
  const lines = all.filter(({ day }) => day >= from && day <= to);
  const before = all.filter(({ day }) => day >= earlier && day < from);
  const listed = linesBy(lines, by);
  const models = modelPrices(lines, price);
  const snippet = priceSnippet(unpricedModels(models));
  return {
    ...{ by, zone: settings.zone, from, to },
    lines: listed.slice(0, mostLines),
    ...(listed.length > mostLines && { omitted: listed.length - mostLines }),
    total: sumOf(lines),
    ...(before.length > 0 && { before: sumOf(before) }),
    days: daysOf(lines, by === 'day' ? 'agent' : by),
    models,
    ...(snippet !== undefined && { snippet }),
  };
}

function fitsAsk({ agent, story, profile, model }: CostAsk): (line: Line) => boolean {
  return (line) =>
    (agent === undefined || line.agent === agent) &&
    (story === undefined || line.story === story) &&
    (profile === undefined || line.profile === profile) &&
    (model === undefined || line.model === model);
}

export function sumOf(lines: readonly Line[]): CostSum {
  const sum = {
    ...{ input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    ...{ requests: 0, usd: 0, toldUsd: 0, unpriced: 0 },
  };
  for (const line of lines)
    for (const key of Object.keys(sum) as Array<keyof typeof sum>) sum[key] += line[key];
  return sum;
}

function groupBy(lines: readonly Line[], by: keyof Line): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const key = String(line[by]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  return groups;
}

function linesBy(lines: readonly Line[], by: CostAsk['by']): CostLine[] {
  const sums = [...groupBy(lines, by)].map(([key, some]) => ({ key, ...sumOf(some) }));
  const usd = sums.reduce((sum, one) => sum + one.usd, 0);
  const tokens = sums.reduce((sum, one) => sum + allTokens(one), 0);
  const all = sums.map((one) => {
    const share = usd > 0 ? one.usd / usd : tokens > 0 ? allTokens(one) / tokens : 0;
    return { ...one, share };
  });
  if (by === 'day') return all.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return all.toSorted(
    (a, b) => b.usd - a.usd || allTokens(b) - allTokens(a) || (a.key < b.key ? -1 : 1),
  );
}

function daysOf(lines: readonly Line[], by: Exclude<CostAsk['by'], 'day'>): CostReport['days'] {
  const first = new Set(
    linesBy(lines, by)
      .slice(0, mostParts)
      .map(({ key }) => key),
  );
  return [...groupBy(lines, 'day')]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, some]) => {
      const parts = new Map<string, { key: string; usd: number; tokens: number }>();
      for (const line of some) {
        const key = first.has(line[by]) ? line[by] : '…';
        const { usd, tokens } = parts.get(key) ?? { usd: 0, tokens: 0 };
        parts.set(key, { key, usd: usd + line.usd, tokens: tokens + allTokens(line) });
      }
      const { usd, ...tokens } = sumOf(some);
      return { day, usd, tokens: allTokens(tokens), parts: [...parts.values()] };
    });
}

/** Those with most tokens first. */
export function modelPrices(lines: readonly Line[], price: PriceOf): ModelPrice[] {
  return [...groupBy(lines, 'model')]
    .filter(([model]) => model !== '')
    .map(([model, some]) => {
      const rule = price(model);
      const { toldUsd, ...sum } = sumOf(some);
      return { model, tokens: allTokens(sum), toldUsd, ...(rule !== undefined && { rule }) };
    })
    .toSorted((a, b) => b.tokens - a.tokens);
}

/** Also those of which the CLI tells the money: a price of one's own would go before it. */
export function unpricedModels(models: readonly ModelPrice[]): string[] {
  return models.filter(({ rule }) => rule === undefined).map(({ model }) => model);
}
