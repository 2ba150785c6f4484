/** Stories that nodes work on, kept up by what changed: there may be thousands of others. */
import { useStore } from 'zustand';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { Table } from '../../../../preload/contract/table.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { selectTable } from '../../../hub/use-records.ts';

export type StoryOnNode = StoryRecord & { readonly node: NonNullable<StoryRecord['node']> };
export type StoriesByNode = ReadonlyMap<string, readonly StoryOnNode[]>;

/** Remembers the last table, so that the next costs what changed. The same map until a story of a node does. */
export class NodeStories {
  private table = Table.empty<StoryRecord>();
  private readonly onNodes = new Map<string, StoryOnNode>();
  private byNode: StoriesByNode = new Map();

  of(table: Table<StoryRecord>): StoriesByNode {
    if (table === this.table) return this.byNode;
    let isChanged = false;
    for (const { id, before, after } of this.table.differencesTo(table)) {
      if (isOnNode(after)) this.onNodes.set(id, after);
      else this.onNodes.delete(id);
      isChanged ||= before?.node !== undefined || after?.node !== undefined;
    }
    this.table = table;
    if (isChanged) this.byNode = grouped(this.onNodes.values());
    return this.byNode;
  }
}

function isOnNode(story: StoryRecord | undefined): story is StoryOnNode {
  return story?.node !== undefined;
}

/** Of each the longest in work first. */
function grouped(stories: Iterable<StoryOnNode>): StoriesByNode {
  const sorted = [...stories].sort((a, b) => a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1));
  return Map.groupBy(sorted, ({ node }) => node.id);
}

const shared = new NodeStories();

export function useStoriesByNode(): StoriesByNode {
  return useStore(useHub().mirror, (state) => shared.of(selectTable(state, 'story')));
}
