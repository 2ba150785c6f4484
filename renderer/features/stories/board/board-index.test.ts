import { describe, expect, it } from 'vitest';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { Table } from '../../../../preload/contract/table.ts';
import { type BoardIndex, indexOf, withTable } from './board-index.ts';
import { columns } from './columns.ts';

function story(n: number, over: Partial<StoryRecord> = {}): StoryRecord {
  return {
    ...{ id: `s-${n}`, type: 'story', title: `story ${n}`, priority: 'normal', labels: [] },
    ...{ criteriaDone: 0, criteriaTotal: 0, dependsOn: [], review: 'gates', version: 1 },
    ...{ place: { stage: 'backlog' }, sinceMs: n, addedMs: n, mergeFailures: 0 },
    ...over,
  } as StoryRecord;
}

const all = () => true;
const idsOf = (index: BoardIndex) =>
  Object.fromEntries(columns.map((id) => [id, index.columns[id].map((one) => one.id)]));

describe('the order', () => {
  it('is by urgency and then by age, and the newest first of what is done', () => {
    const done = { stage: 'done' } as const;
    const table = Table.of([
      ['s-1', story(1, { priority: 'low' })],
      ['s-2', story(2)],
      ['s-3', story(3, { priority: 'critical' })],
      ['s-4', story(4, { place: done, sinceMs: 10 })],
      ['s-5', story(5, { place: done, sinceMs: 20 })],
      ['s-6', story(6, { place: { stage: 'held', over: { stage: 'coding' } } })],
    ]);
    expect(idsOf(indexOf(table, all))).toMatchObject({
      ...{ backlog: ['s-3', 's-2', 's-1'], done: ['s-5', 's-4'], aside: ['s-6'] },
    });
  });

  it('is the same however many changes led there, one at a time', () => {
    const stages = ['backlog', 'coding', 'qa', 'done'] as const;
    const fits = ({ labels }: StoryRecord) => !labels.includes('hidden');
    let table = Table.of(
      Array.from({ length: 300 }, (_, n) => [`s-${n + 1}`, story(n + 1)] as const),
    );
    let index = indexOf(table, fits);
    for (let step = 0; step < 600; step++) {
      const n = ((step * 7919) % 310) + 1;
      const stage = stages[(step * 31) % 4] ?? 'backlog';
      const labels = step % 5 === 0 ? ['hidden'] : [];
      table =
        step % 11 === 0
          ? table.delete(`s-${n}`)
          : table.set(`s-${n}`, story(n, { place: { stage }, labels, sinceMs: step }));
      index = withTable(index, table);
    }
    expect(idsOf(index)).toEqual(idsOf(indexOf(table, fits)));
  });
});

it('columns that a change does not touch stay the same', () => {
  const table = Table.of([
    ['s-1', story(1)],
    ['s-2', story(2, { place: { stage: 'coding' } })],
    ['s-3', story(3, { place: { stage: 'qa' } })],
  ]);
  const before = indexOf(table, all);
  const after = withTable(before, table.set('s-2', story(2, { place: { stage: 'qa' } })));
  expect(after.columns.backlog).toBe(before.columns.backlog);
  expect(after.columns.coding).toEqual([]);
  expect(after.columns.qa.map(({ id }) => id)).toEqual(['s-2', 's-3']);
});
