import { expect, it } from 'vitest';
import { Table } from '../../preload/contract/table.ts';
import { decodeSlice, encodeSlice } from './slice-json.ts';

it('TABLE-4: tables come back as tables, with their rows in order, also tables in records', () => {
  const waits = Table.of([['q-1', 5]]);
  const agents = Table.of<{ id: string; waits: Table<number> }>([
    ['9', { id: '9', waits }],
    ['10', { id: '10', waits: Table.empty() }],
    ['__proto__', { id: 'p', waits }],
  ]);
  const slice = {
    agents: agents.delete('9').set('9', { id: '9', waits }),
    settled: ['x'],
    none: null,
  };
  const back = decodeSlice([...encodeSlice(slice)].join('')) as typeof slice;
  expect(back.agents).toBeInstanceOf(Table);
  expect(back.agents.keys()).toEqual(['10', '__proto__', '9']);
  expect(back.agents.get('__proto__')?.waits.get('q-1')).toBe(5);
  expect(back.agents.set('new', { id: 'new', waits }).keys().at(-1)).toBe('new');
  expect([back.settled, back.none]).toEqual([['x'], null]);
  expect(JSON.stringify(back)).toBe(JSON.stringify(slice));
});

it('TABLE-4: a table that was stored before its rows were marked as plain is read as well', () => {
  const slice = {
    byId: Table.of([['a', { of: Table.of([['b', 1]]) }]]),
    flat: Table.of([['c', 2]]),
  };
  const text = [...encodeSlice(slice)].join('');
  expect(text.match(/"\$plain"/g)).toHaveLength(1);
  expect(decodeSlice(text)).toEqual(slice);
  expect(decodeSlice(text.replaceAll(',"$plain":true', ''))).toEqual(slice);
});

const rows = Object.fromEntries(
  Array.from({ length: 3_000 }, (_, n) => [
    `row-${n}`,
    { n, text: 'x'.repeat(100), tags: ['a', n] },
  ]),
);
const odd = {
  none: undefined,
  nil: null,
  list: [undefined, [1, { a: [] }]],
  __proto__x: 1,
  '"': 'ü\u2028',
};

it.each([
  ['a table of many rows', { byId: rows, order: Object.keys(rows) }],
  ['values that JSON leaves out or changes', { odd, empty: {}, none: [], at: new Date(0) }],
  ['no object', [1, 'two', null]],
  ['a slice that says its own JSON', { toJSON: () => ({ rows: [1, 2] }) }],
])('FOLD-5: the pieces of a slice are the JSON of it: %s', (_, slice) => {
  const pieces = [...encodeSlice(slice)];
  expect(pieces.join('')).toBe(JSON.stringify(slice));
  expect(decodeSlice(pieces.join(''))).toEqual(JSON.parse(JSON.stringify(slice)));
});

it('FOLD-5: no piece of a long slice is long', () => {
  const pieces = [...encodeSlice({ byId: rows })];
  expect(pieces.length).toBeGreaterThan(5);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
});

it('FOLD-5: nor one of a long table', () => {
  const table = { byId: Table.of(Object.entries(rows)) };
  const pieces = [...encodeSlice(table)];
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
  expect(decodeSlice(pieces.join(''))).toEqual(table);
});
