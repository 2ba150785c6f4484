import { Circle } from 'lucide-react';
import { expect, it } from 'vitest';
import { type Offer, parseTyped, toSections } from './find-items.ts';
import type { PaletteItem, PaletteSource } from './palette-source.ts';

function source(id: string, more: Partial<PaletteSource> = {}): PaletteSource {
  return { id, title: id, icon: Circle, open: () => undefined, ...more };
}

function item(title: string, more: Partial<PaletteItem> = {}): PaletteItem {
  return { id: title, title, ...more };
}

const agents = source('agents', { prefix: '@', atRest: 2 });
const stories = source('stories', { prefix: '#' });
const offers: readonly Offer[] = [
  { source: agents, items: ['backend', 'checkout', 'docs'].map((name) => item(name)) },
  {
    source: stories,
    items: [
      item('s-2 Speed up the backend', { mainAt: 4 }),
      item('s-1 Docs for the API', { mainAt: 4, keywords: ['checkout'] }),
    ],
  },
];
const sources = [agents, stories];

function shown(typed: string, weights = new Map<string, number>(), all = offers): string[] {
  return toSections(all, parseTyped(typed, sources), weights).map(
    ({ title, hits, more }) =>
      `${title}: ${hits.map(({ item: { id } }) => id).join(', ')}${more > 0 ? ` +${more}` : ''}`,
  );
}

it.each([
  ['backend', undefined, 'backend'],
  ['  @ back end ', 'agents', 'back end'],
  ['#', 'stories', ''],
  ['a#', undefined, 'a#'],
  [`@${'x'.repeat(300)}`, 'agents', 'x'.repeat(199)],
])('%j asks for %s with %j', (typed, only, text) => {
  const asked = parseTyped(typed, sources);
  expect([asked.only?.id, asked.text]).toEqual([only, text]);
});

it('nothing typed: the first of each kind; a kind without any at rest is found by typing alone', () => {
  expect(shown('')).toEqual(['agents: backend, checkout +1']);
});

it('nothing typed: what was used is first, once, and what is gone is left out', () => {
  const weights = new Map([
    ['stories/s-1 Docs for the API', 1],
    ['agents/checkout', 2],
    ['agents/gone', 9],
  ]);
  expect(shown('', weights)).toEqual([
    'Recent: checkout, s-1 Docs for the API',
    'agents: backend, docs',
  ]);
});

it('a prefix alone lists all of its kind', () => {
  expect(shown('@')).toEqual(['agents: backend, checkout, docs']);
});

it('the kind with the best hit is first; other words that find something count less', () => {
  expect(shown('checkout')).toEqual(['agents: checkout', 'stories: s-1 Docs for the API']);
  expect(shown('speed')).toEqual(['stories: s-2 Speed up the backend']);
  expect(shown('#docs')).toEqual(['stories: s-1 Docs for the API']);
});

it('what is used often wins among those that fit alike', () => {
  const items = ['dock', 'docs', 'doc'].map((name) => item(name));
  const all = [{ source: agents, items }];
  expect(shown('do', new Map(), all)).toEqual(['agents: doc, dock, docs']);
  expect(shown('do', new Map([['agents/docs', 3]]), all)).toEqual(['agents: docs, doc, dock']);
});

it('slips of the fingers are forgiven where little else fits', () => {
  expect(shown('bakcend')).toEqual(['agents: backend', 'stories: s-2 Speed up the backend']);
  const many = ['docs 1', 'docs 2', 'docs 3', 'docs 4', 'dosc'].map((name) => item(name));
  expect(shown('docs', new Map(), [{ source: agents, items: many }])).toEqual([
    'agents: docs 1, docs 2, docs 3, docs 4',
  ]);
});

it('six of a kind, and all of it where one is asked for', () => {
  const items = Array.from({ length: 100 }, (_, at) => item(`agent ${at}`));
  const all = [{ source: agents, items }];
  expect(shown('agent', new Map(), all)[0]).toMatch(/\+94$/);
  expect(shown('@agent', new Map(), all)[0]).toMatch(/\+60$/);
});

it('what the hub found is placed by its name, or last where the page cannot see why it fits', () => {
  const found = {
    items: [
      item('by its text'),
      item('s-9 backend', { mainAt: 4 }),
      item('s-2 Speed up the backend'),
    ],
    isLoading: false,
  };
  const all = [offers[0], { ...offers[1], found }] as readonly Offer[];
  expect(shown('backend', new Map(), all)).toEqual([
    'agents: backend',
    'stories: s-2 Speed up the backend, s-9 backend, by its text',
  ]);
  const before = [offers[0], { ...offers[1], found: { ...found, isLoading: true } }];
  expect(shown('backend', new Map(), before as readonly Offer[])[1]).not.toContain('by its text');
});
