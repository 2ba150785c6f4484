import { describe, expect, it } from 'vitest';
import { parseHash, toHash } from '../../../preload/contract/place.ts';
import {
  type Filters,
  isNarrowed,
  parseFilters,
  toAsk,
  toSearchText,
  toTarget,
} from './message-filters.ts';

describe('filters', () => {
  it.each<Filters>([
    {},
    { agent: 'backend' },
    { kind: 'questions', unread: true },
    { agent: 'a', text: 'db/schema.sql 100% "x" #1?', thread: 12 },
    { text: '数据' },
  ])('%j are kept by the address of the page', (filters) => {
    const target = toTarget(filters);
    const place = target === undefined ? { view: 'messages' } : { view: 'messages', target };
    expect(parseFilters(parseHash(toHash(place))?.target)).toEqual(filters);
  });

  it.each(['kind/nonsense', 'thread/x', 'thread/-1', 'unread/no', 'agent', 'text/%', '///'])(
    'an address with %j shows what it can',
    (target) => expect(isNarrowed({ ...parseFilters(target), text: '' })).toBe(false),
  );

  it('are asked as the hub knows them', () => {
    expect(toAsk({})).toEqual({ type: '*' });
    expect(toAsk({ agent: 'a', kind: 'messages', unread: true, text: 'Sche', thread: 3 })).toEqual({
      ...{ type: 'message.sent', agent: 'a', unread: true, text: 'Sche*' },
    });
  });
});

it.each([
  ['sche', 'sche*'],
  ['sche ', 'sche'],
  ['"tests ar', '"tests ar"*'],
  ['"tests are"', '"tests are"'],
  ['db/', 'db/'],
  ['   ', ''],
  ['x'.repeat(300), `${'x'.repeat(198)}*`],
])('what is typed as %j is looked for as %j', (typed, text) =>
  expect(toSearchText(typed)).toBe(text),
);
