import { expect, it } from 'vitest';
import { table, wrappedTable } from './table.ts';
import { noStyle } from './view.ts';

const view = { nowMs: 0, style: noStyle };
const rows = [
  ['a', '日本', 'x'],
  ['long\nname', 'b', 'the last column is long'],
];

it('columns are aligned by what is seen', () => {
  expect(table(['N', 'TEXT', 'NOTE'], rows, view)).toBe(
    'N          TEXT  NOTE\na          日本  x\nlong name  b     the last column is long',
  );
});

it('on a terminal the last column ends with the line', () => {
  const lines = table(['N', 'TEXT', 'NOTE'], rows, { ...view, width: 30 }).split('\n');
  expect(lines[2]).toBe('long name  b     the last col…');
});

it('where nothing may be cut, the last column goes on below itself', () => {
  const long = [...rows, ['c', 'd', 'packages/storefront/日本日本.ts and more']];
  expect(wrappedTable(['N', 'TEXT', 'NOTE'], long, { ...view, width: 30 }).split('\n')).toEqual([
    'N          TEXT  NOTE',
    'a          日本  x',
    'long name  b     the last',
    '                 column is',
    '                 long',
    'c          d     packages/stor',
    '                 efront/日本日',
    '                 本.ts and',
    '                 more',
  ]);
});

it('colour does not count as width', () => {
  const paint = (text: string) => `<${text}>`;
  expect(table(['A', 'B'], [[{ text: 'x', paint }, 'y']], view)).toBe('A  B\n<x>  y');
});
