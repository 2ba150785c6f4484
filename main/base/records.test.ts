import { describe, expect, it } from 'vitest';
import { keepNewest, listOrNone, recordAt, update, without } from './records.ts';

const inherited = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];

describe('a table knows only what was put into it', () => {
  it.each(inherited)('not %s', (id) => {
    const table = { a: { n: 1 } };
    expect(recordAt(table, id)).toBeUndefined();
    expect(update(table, id, () => ({ n: 2 }))).toBe(table);
    expect(without(table, id)).toBe(table);
  });
});

it('a change that changes nothing keeps the table', () => {
  const table = { a: { n: 1 }, b: { n: 2 } };
  expect(update(table, 'a', (record) => record)).toBe(table);
  expect(update(table, 'a', () => ({ n: 3 }))).toEqual({ a: { n: 3 }, b: { n: 2 } });
  expect(without(table, 'a')).toEqual({ b: { n: 2 } });
});

it('what is not settled is kept, and of the rest the newest', () => {
  const table = { a: { at: 3 }, b: {}, c: { at: 1 }, d: { at: 2 } } as Record<
    string,
    { at?: number }
  >;
  const keep = (n: number) => keepNewest(table, (record) => record.at, n);
  expect(keep(3)).toBe(table);
  expect(Object.keys(keep(2))).toEqual(['a', 'b', 'd']);
  expect(Object.keys(keep(0))).toEqual(['b']);
});

it('an empty list has a word', () => {
  expect([listOrNone([]), listOrNone(['a', 'b'])]).toEqual(['none', 'a, b']);
});
