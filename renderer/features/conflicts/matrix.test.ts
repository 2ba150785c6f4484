import { expect, it } from 'vitest';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { inOrder } from './conflict-words.ts';
import { moveIn, toMatrix } from './matrix.ts';

function conflict(
  id: string,
  agents: [string, string],
  over: Partial<ConflictRecord> = {},
): ConflictRecord {
  return {
    ...{ id, kind: 'in-flight', agents, severity: 'medium', files: [], fileCount: 2 },
    ...{ order: agents, orderedBy: 'hub', sinceMs: 5, changedMs: 5, seq: 1 },
    ...over,
  };
}

const found = [
  conflict('c1', ['b', 'a']),
  conflict('c2', ['a', 'b'], { kind: 'forward', severity: 'high' }),
  conflict('c3', ['a', 'c'], { end: 'gone', endedMs: 9 }),
  conflict('c4', ['a', 'd'], { dismissed: { atMs: 8 } }),
];

it('a pair has one cell from either side, with the heaviest of its open conflicts', () => {
  const { agents, cellOf } = toMatrix(['a', 'b', 'c', 'd'], found, false);
  expect(agents).toEqual(['a', 'b']);
  expect(cellOf('b', 'a')).toBe(cellOf('a', 'b'));
  expect(cellOf('a', 'b')).toMatchObject({ worst: 'high', fileCount: 4 });
  expect(cellOf('a', 'b')?.conflicts.map(({ id }) => id)).toEqual(['c2', 'c1']);
  expect([cellOf('a', 'c'), cellOf('a', 'd'), cellOf('a', 'a')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('the mark of a row is another one when what it shows is, and of no other row', () => {
  const agents = ['a', 'b', 'c', 'd'];
  const before = toMatrix(agents, found, true);
  const moved = toMatrix(
    agents,
    [{ ...conflict('c1', ['b', 'a']), changedMs: 9 }, ...found.slice(1)],
    true,
  );
  const more = toMatrix(agents, [...found, conflict('c9', ['b', 'c'])], true);
  const other = (to: typeof before) => agents.filter((id) => before.markOf(id) !== to.markOf(id));
  expect(other(moved)).toEqual([]);
  expect(other(more)).toEqual(['b', 'c']);
});

it('alone they stand as the list below has them, the heaviest first and beside whom they collide with', () => {
  const team = ['a', 'b', 'c', 'd', 'e'];
  const light = conflict('c1', ['d', 'a'], { severity: 'low' });
  const heavy = conflict('c2', ['e', 'c'], { severity: 'high' });
  expect(toMatrix(team, [light, heavy], false).agents).toEqual(['e', 'c', 'd', 'a']);
  expect(toMatrix(team, [light, heavy], true).agents).toEqual(team);
});

it('all are there when they are asked for, and one that collides is never left out', () => {
  expect(toMatrix(['a', 'c'], found, true).agents).toEqual(['a', 'c', 'b']);
});

it.each([
  ['ArrowRight', { row: 'a', column: 'b' }],
  ['ArrowDown', { row: 'b', column: 'a' }],
  ['ArrowUp', { row: 'a', column: 'a' }],
  ['End', { row: 'a', column: 'c' }],
  ['x', undefined],
])('%s leads from the first cell to %j', (key, to) => {
  expect(moveIn(['a', 'b', 'c'], { row: 'a', column: 'a' }, key)).toEqual(to);
});

it('an empty square leads nowhere, and one that was left begins at its first', () => {
  expect(moveIn([], undefined, 'ArrowDown')).toBeUndefined();
  expect(moveIn(['a', 'b'], { row: 'gone', column: 'b' }, 'ArrowDown')).toEqual({
    row: 'b',
    column: 'b',
  });
});

it('the heaviest and then the oldest stand first; what is over stands last, the newest first', () => {
  const more = [
    conflict('c5', ['x', 'y'], { sinceMs: 1 }),
    conflict('c6', ['x', 'z'], { severity: 'low', sinceMs: 0 }),
  ];
  expect(inOrder([...found, ...more]).map(({ id }) => id)).toEqual([
    ...['c2', 'c5', 'c1', 'c6'],
    ...['c3', 'c4'],
  ]);
});
