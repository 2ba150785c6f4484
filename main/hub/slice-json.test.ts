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
  const back = decodeSlice(encodeSlice(slice)) as typeof slice;
  expect(back.agents).toBeInstanceOf(Table);
  expect(back.agents.keys()).toEqual(['10', '__proto__', '9']);
  expect(back.agents.get('__proto__')?.waits.get('q-1')).toBe(5);
  expect(back.agents.set('new', { id: 'new', waits }).keys().at(-1)).toBe('new');
  expect([back.settled, back.none]).toEqual([['x'], null]);
  expect(JSON.stringify(back)).toBe(JSON.stringify(slice));
});
