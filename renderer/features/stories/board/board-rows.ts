/** The rows of one column: stories, under headings where they are grouped. Pure. */
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { storyPriorities } from '../../../../preload/contract/story-stages.ts';
import { priorityTitles } from '../stage-words.ts';
import type { Rows } from './board-index.ts';

export type Grouping = 'none' | 'label' | 'agent' | 'priority';

export interface Heading {
  readonly heading: string;
  readonly count: number;
  /** Of the stories of a machine: its id. */
  readonly node?: string;
}
export type BoardRow = StoryRecord | Heading;

export function isHeading(row: BoardRow): row is Heading {
  return 'heading' in row;
}

/** In their order within each group. A story with several labels stands under its first. */
export function groupedRows(rows: Rows, by: Grouping): readonly BoardRow[] {
  if (by === 'none' || rows.length === 0) return rows;
  const groups = Map.groupBy(rows, (story) => keyOf(story, by));
  const keys = [...groups.keys()].sort((a, b) => rankOf(a, by) - rankOf(b, by) || (a < b ? -1 : 1));
  return keys.flatMap((key) => {
    const own = groups.get(key) ?? [];
    const node = by === 'agent' ? own[0]?.node?.id : undefined;
    return [{ heading: titleOf(key, by), count: own.length, ...(node && { node }) }, ...own];
  });
}

function keyOf({ labels, agent, node, priority }: StoryRecord, by: Grouping): string {
  if (by === 'label') return labels[0] ?? '';
  if (by === 'priority') return priority;
  // No agent has a space in its name.
  return node === undefined ? (agent ?? '') : `Node ${node.id}`;
}

/** What has none comes last. */
function rankOf(key: string, by: Grouping): number {
  if (by !== 'priority') return key === '' ? 1 : 0;
  return (storyPriorities as readonly string[]).indexOf(key);
}

function titleOf(key: string, by: Grouping): string {
  if (by === 'priority') return priorityTitles[key as StoryRecord['priority']];
  return key === '' ? (by === 'label' ? 'No label' : 'Nobody’s') : key;
}

/** The stories alone, in the order of the rows: what keys go through. */
export function storiesIn(rows: readonly BoardRow[]): readonly StoryRecord[] {
  const [first] = rows;
  if (first === undefined || !isHeading(first)) return rows as Rows;
  return rows.flatMap((row) => (isHeading(row) ? [] : [row]));
}
