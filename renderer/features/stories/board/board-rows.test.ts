import { expect, it } from 'vitest';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { type Grouping, groupedRows, isHeading, storiesIn } from './board-rows.ts';

const of = (id: string, over: Partial<StoryRecord>) =>
  ({ id, labels: [], priority: 'normal', ...over }) as unknown as StoryRecord;
const rows = [
  of('s-1', { priority: 'critical', labels: ['ui', 'login'], agent: 'web' }),
  of('s-2', { labels: ['api'] }),
  of('s-3', { agent: 'web' }),
  of('s-4', { node: { id: 'n-1', claim: 1 } }),
];
const shown = (by: Grouping) =>
  groupedRows(rows, by).map((row) => (isHeading(row) ? `${row.heading} ${row.count}` : row.id));

it.each<[Grouping, string[]]>([
  ['none', ['s-1', 's-2', 's-3', 's-4']],
  ['label', ['api 1', 's-2', 'ui 1', 's-1', 'No label 2', 's-3', 's-4']],
  ['agent', ['Node n-1 1', 's-4', 'web 2', 's-1', 's-3', 'Nobody’s 1', 's-2']],
  ['priority', ['Critical 1', 's-1', 'Normal 3', 's-2', 's-3', 's-4']],
])('a column grouped by %s', (by, expected) => {
  expect(shown(by)).toEqual(expected);
  expect(
    storiesIn(groupedRows(rows, by))
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(rows.map(({ id }) => id));
});
