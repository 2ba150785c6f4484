import { expect, it } from 'vitest';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { Table } from '../../../../preload/contract/table.ts';
import { NodeStories } from './stories-by-node.ts';

const story = (id: string, node: string | undefined, sinceMs = 0) =>
  ({ id, sinceMs, ...(node && { node: { id: node, claim: 1 } }) }) as StoryRecord;

it('has what each node works on, the longest first, and is the same while only others change', () => {
  const stories = new NodeStories();
  const shown = (table: Table<StoryRecord>) =>
    [...stories.of(table)].map(([node, own]) => [node, ...own.map(({ id }) => id)]);
  let table = Table.empty<StoryRecord>()
    .set('s-1', story('s-1', 'n-1', 5))
    .set('s-2', story('s-2', 'n-1', 3))
    .set('s-3', story('s-3', undefined));
  expect(shown(table)).toEqual([['n-1', 's-2', 's-1']]);
  const before = stories.of(table);
  table = table.set('s-4', story('s-4', undefined));
  expect(stories.of(table)).toBe(before);
  table = table.set('s-2', story('s-2', 'n-2', 9)).set('s-1', story('s-1', undefined));
  expect(shown(table)).toEqual([['n-2', 's-2']]);
  expect(shown(table.delete('s-2'))).toEqual([]);
});
