/**
 * From cells to lines with money. A price of the config counts before what a CLI told, so that it can correct that. What a CLI told as a
 * sum of its own, without tokens, is what its tokens without a price cost, as far as those with one do not make it up already.
 */
import type { Tokens } from '../../../preload/contract/cost-records.ts';
import type { DayOf } from './days.ts';
import type { PriceOf } from './prices.ts';
import { allTokens, usdOf } from './prices.ts';
import type { Cell } from './slice.ts';

export interface Line extends Tokens {
  readonly day: string;
  readonly agent: string;
  readonly profile: string;
  readonly story: string;
  readonly model: string;
  readonly requests: number;
  readonly usd: number;
  readonly toldUsd: number;
  readonly unpriced: number;
}

export interface Reckoning {
  readonly price: PriceOf;
  readonly dayOf: DayOf;
}

export function reckon(cells: Iterable<Cell>, { price, dayOf }: Reckoning): Line[] {
  const groups = new Map<string, { lines: Line[]; toldUsd: number }>();
  for (const cell of cells) {
    const day = dayOf(cell.atMs);
    const key = `${cell.agent} ${cell.profile} ${cell.story ?? ''} ${day}`;
    const group = groups.get(key) ?? { lines: [], toldUsd: 0 };
    groups.set(key, group);
    if (cell.model === '') group.toldUsd += cell.costUsd ?? 0;
    group.lines.push(lineOf(cell, day, price));
  }
  return [...groups.values()].flatMap(({ lines, toldUsd }) =>
    toldUsd === 0 ? lines : spread(lines, toldUsd),
  );
}

function lineOf(cell: Cell, day: string, price: PriceOf): Line {
  const { agent, profile, story = '', model, requests, costUsd } = cell;
  const { input, output, cacheRead, cacheWrite } = cell;
  const tokens = { input, output, cacheRead, cacheWrite };
  const rule = model === '' ? undefined : price(model);
  const told = rule === undefined && model !== '' ? (costUsd ?? 0) : 0;
  // A CLI that says 0 of tokens that it used knows no price either.
  const isPriced = rule !== undefined || told > 0;
  return {
    ...{ day, agent, profile, story, model, requests, ...tokens, toldUsd: told },
    usd: rule === undefined ? told : usdOf(tokens, rule),
    unpriced: isPriced ? 0 : allTokens(tokens),
  };
}

function spread(lines: readonly Line[], toldUsd: number): Line[] {
  const priced = lines.reduce((sum, { usd }) => sum + usd, 0);
  const unpriced = lines.reduce((sum, line) => sum + line.unpriced, 0);
  const hasTokens = lines.some((line) => allTokens(line) > 0);
  const rest = toldUsd - priced;
  const tokens = lines.filter(({ model }) => model !== '');
  if (!hasTokens) return asMoney(lines, toldUsd);
  if (unpriced === 0 || rest <= 0) return tokens;
  return tokens.map((line) => {
    const part = (rest * line.unpriced) / unpriced;
    return { ...line, usd: line.usd + part, toldUsd: line.toldUsd + part, unpriced: 0 };
  });
}

function asMoney(lines: readonly Line[], toldUsd: number): Line[] {
  const [first] = lines;
  return first === undefined ? [] : [{ ...first, usd: toldUsd, toldUsd }];
}
