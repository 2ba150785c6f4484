/** From tokens to money: by the price of the config file that fits the model best. Nothing is priced that nobody priced. Pure. */
import type { Tokens } from '../../../preload/contract/cost-records.ts';
import type { PriceRule } from './ports.ts';

export type PriceOf = (model: string) => PriceRule | undefined;

/** Of those that fit the longest pattern counts; of two alike the first, which is of the user's own file. */
export function pricesBy(rules: readonly PriceRule[]): PriceOf {
  const known = new Map<string, PriceRule | undefined>();
  const longest = rules.toSorted((a, b) => said(b.pattern) - said(a.pattern));
  return (model) => {
    if (!known.has(model))
      known.set(
        model,
        longest.find(({ pattern }) => fits(pattern, model)),
      );
    return known.get(model);
  };
}

/** How much a pattern says. */
const said = (pattern: string) => pattern.replaceAll('*', '').length;

/** `*` stands for anything, also nothing. Case counts for nothing. By parts and not by an expression: nothing to run away. */
export function fits(pattern: string, model: string): boolean {
  const name = model.toLowerCase();
  const [head = '', ...rest] = pattern.toLowerCase().split('*');
  const tail = rest.pop();
  if (tail === undefined) return name === head;
  if (!name.startsWith(head) || name.length < head.length + tail.length) return false;
  if (!name.endsWith(tail)) return false;
  const end = name.length - tail.length;
  let at = head.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

export function usdOf(tokens: Tokens, price: PriceRule): number {
  const { input, output, cacheRead, cacheWrite } = tokens;
  const sum =
    input * price.input +
    output * price.output +
    cacheRead * price.cacheRead +
    cacheWrite * price.cacheWrite;
  return sum / 1_000_000;
}

export function allTokens({ input, output, cacheRead, cacheWrite }: Tokens): number {
  return input + output + cacheRead + cacheWrite;
}

/** What budgets of tokens count: what the cache gives back again and again is left out. */
export function freshTokens({ input, output, cacheWrite }: Tokens): number {
  return input + output + cacheWrite;
}

/** What would price these models, with numbers to be filled in: as it stands it is not valid, so nobody takes it for a price. */
export function priceSnippet(models: readonly string[]): string | undefined {
  if (models.length === 0) return undefined;
  return models
    .map((model) => {
      const name = JSON.stringify(model.replace(/[\s"\\]/g, '*').slice(0, 120));
      return `[costs.prices.${name}]\ninput = …        # US dollars for a million tokens\noutput = …\ncache_read = …   # default: as input\ncache_write = …  # default: as input`;
    })
    .join('\n\n');
}
