/** What the palette shows for what is typed, and in which order. Pure. */
import {
  type Haystack,
  scoreOf,
  toHaystack,
  toWords,
  type Word,
} from '../../../preload/contract/fuzzy.ts';
import type { PaletteFound, PaletteItem, PaletteSource } from './palette-source.ts';

export interface Offer {
  readonly source: PaletteSource;
  readonly items: readonly PaletteItem[];
  readonly found?: PaletteFound;
}

export interface Hit {
  /** `source/id`: unique, and what its uses are remembered by. */
  readonly key: string;
  readonly source: PaletteSource;
  readonly item: PaletteItem;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly hits: readonly Hit[];
  /** Fit too, and are not shown. */
  readonly more: number;
  /** None for what was used lately, of whatever kind. */
  readonly source?: PaletteSource;
}

export interface Asked {
  /** Of which source alone, where a prefix says so. */
  readonly only?: PaletteSource | undefined;
  readonly text: string;
}

const most = { recent: 6, ofEach: 6, ofOne: 40, chars: 200 };
/** With so few that fit, a slip of the fingers is likely. */
const fewHits = 4;
/** What comes later takes the place of no row that is meant: Enter may be on its way. It comes before slips of the fingers. */
const lateShare = 0.6;
/** So much more does something used every day count, at most: a better fit still wins over it. */
const mostBoost = 0.15;

/** A prefix is the first sign typed; what follows it is looked for. */
export function parseTyped(typed: string, sources: readonly PaletteSource[]): Asked {
  const text = typed.trimStart().slice(0, most.chars);
  const only = sources.find(({ prefix }) => prefix !== undefined && text.startsWith(prefix));
  return only?.prefix
    ? { only, text: text.slice(only.prefix.length).trim() }
    : { text: text.trim() };
}

export function toSections(
  offers: readonly Offer[],
  { only, text }: Asked,
  weights: ReadonlyMap<string, number>,
): readonly Section[] {
  const asked = only ? offers.filter(({ source }) => source === only) : offers;
  const words = toWords(text);
  if (words.length > 0) return findIn(asked, { words, weights, isOne: only !== undefined });
  return only ? asked.flatMap((offer) => sectionOf(offer, most.ofOne)) : atRest(asked, weights);
}

/** Nothing is typed: what was used lately, then of each kind the first. */
function atRest(offers: readonly Offer[], weights: ReadonlyMap<string, number>): Section[] {
  const used = offers
    .flatMap((offer) => offer.items.map((item) => toHit(offer.source, item)))
    .filter(({ key }) => weights.has(key))
    .sort((a, b) => (weights.get(b.key) ?? 0) - (weights.get(a.key) ?? 0))
    .slice(0, most.recent);
  const shown = new Set(used.map(({ key }) => key));
  const recent = { id: 'recent', title: 'Recent', hits: used, more: 0 };
  const others = offers.flatMap((offer) => {
    const items = offer.items.filter(
      (item) => item.isQuiet !== true && !shown.has(keyOf(offer.source, item)),
    );
    return sectionOf({ ...offer, items }, offer.source.atRest ?? 0);
  });
  return used.length > 0 ? [recent, ...others] : others;
}

function sectionOf({ source, items }: Offer, limit: number): Section[] {
  const hits = items.slice(0, limit).map((item) => toHit(source, item));
  return hits.length === 0 ? [] : [{ ...headOf(source), hits, more: items.length - hits.length }];
}

interface Search {
  readonly words: readonly Word[];
  readonly weights: ReadonlyMap<string, number>;
  readonly isOne: boolean;
}

interface Scored {
  readonly item: PaletteItem;
  readonly score: number;
}

/** The kind with the best hit first. */
function findIn(offers: readonly Offer[], search: Search): readonly Section[] {
  const strict = offers.map((offer) => score(offer, search, false));
  const count = strict.reduce((sum, scored) => sum + scored.count, 0);
  const isLoose = count < fewHits;
  const scored = isLoose ? offers.map((offer) => score(offer, search, true)) : strict;
  const limit = search.isOne ? most.ofOne : most.ofEach;
  const sections = offers.flatMap((offer, at) => {
    const { best, count: fitting } = withFound(scored[at] ?? noneFit, offer, search);
    const [first] = best;
    if (first === undefined) return [];
    const hits = best.slice(0, limit).map(({ item }) => toHit(offer.source, item));
    const section = { ...headOf(offer.source), hits, more: fitting - hits.length };
    return [{ section, best: first.score - at * 0.001 }];
  });
  return sections.sort((a, b) => b.best - a.best).map(({ section }) => section);
}

/** What the hub found may fit by something that the page does not know: then it comes last. */
function withFound(own: Fitting, { source, found }: Offer, search: Search): Fitting {
  if (found === undefined || found.items.length === 0) return own;
  const known = new Set(own.best.map(({ item }) => item.id));
  const items = found.items.filter(({ id }) => !known.has(id));
  const named = score({ source, items }, search, true).best.map(({ item, score: fit }) => ({
    item,
    score: fit * lateShare,
  }));
  const isNamed = new Set(named.map(({ item }) => item));
  // While it looks, this is of what was typed before.
  const others = found.isLoading ? [] : items.filter((item) => !isNamed.has(item));
  const best = [...own.best, ...named, ...others.map((item) => ({ item, score: 0.01 }))];
  best.sort((a, b) => b.score - a.score);
  return { best, count: own.count + named.length + others.length };
}

/** The best first; of those that fit as well, in the order that they came. */
function score({ source, items }: Offer, search: Search, isLoose: boolean): Fitting {
  const key = search.words.map(({ text }) => text).join(' ');
  const known = isLoose ? lastScored.loose : lastScored.strict;
  const before = known.get(items);
  // The page draws the same more than once: a row is pointed at, an agent begins to work.
  if (before?.key === key && before.weights === search.weights) return before.fitting;
  const boosts = boostsOf(source, search.weights);
  const best: Scored[] = [];
  let count = 0;
  for (const item of items) {
    const fit = fitOf(item, search.words, isLoose);
    if (fit === 0) continue;
    count += 1;
    insert(best, { item, score: fit + (boosts.get(item.id) ?? 0) });
  }
  const fitting = { best, count };
  known.set(items, { key, weights: search.weights, fitting });
  return fitting;
}

/** Among the best, after those that are as good; ten thousand are not sorted for the forty that are shown. */
function insert(best: Scored[], one: Scored): void {
  const last = best.at(-1);
  if (best.length >= most.ofOne && last && last.score >= one.score) return;
  let at = best.length;
  while (at > 0 && (best[at - 1]?.score ?? 0) < one.score) at -= 1;
  best.splice(at, 0, one);
  if (best.length > most.ofOne) best.pop();
}

interface Fitting {
  readonly best: readonly Scored[];
  readonly count: number;
}

const noneFit: Fitting = { best: [], count: 0 };

interface Known {
  readonly key: string;
  readonly weights: Search['weights'];
  readonly fitting: Fitting;
}

const lastScored = {
  strict: new WeakMap<readonly PaletteItem[], Known>(),
  loose: new WeakMap<readonly PaletteItem[], Known>(),
};

/** By the id of an item. */
function boostsOf({ id }: PaletteSource, weights: Search['weights']): ReadonlyMap<string, number> {
  const boosts = new Map<string, number>();
  for (const [key, weight] of weights)
    if (key.startsWith(`${id}/`))
      boosts.set(key.slice(id.length + 1), mostBoost * (weight / (weight + 2)));
  return boosts;
}

interface Prepared {
  readonly title: Haystack;
  /** With the other words that find it, which count less. */
  readonly all: Haystack | undefined;
}

const prepared = new WeakMap<PaletteItem, Prepared>();

function fitOf(item: PaletteItem, words: readonly Word[], isLoose: boolean): number {
  let ready = prepared.get(item);
  if (ready === undefined) {
    const { title, keywords = [], mainAt } = item;
    const all = keywords.length > 0 ? toHaystack([title, ...keywords].join(' ')) : undefined;
    ready = { title: toHaystack(title, mainAt), all };
    prepared.set(item, ready);
  }
  const inTitle = scoreOf(words, ready.title, isLoose);
  if (inTitle > 0 || ready.all === undefined) return inTitle;
  // Slips are looked for in what is shown: there it is seen why it fits.
  return 0.5 * scoreOf(words, ready.all);
}

function toHit(source: PaletteSource, item: PaletteItem): Hit {
  return { key: keyOf(source, item), source, item };
}

function keyOf({ id }: PaletteSource, item: PaletteItem): string {
  return `${id}/${item.id}`;
}

function headOf(source: PaletteSource): Pick<Section, 'id' | 'title' | 'source'> {
  return { id: source.id, title: source.title, source };
}
