/** The machine that works on a story, as lists name it: stories know it by its id alone. */
import { cluster as contract } from '../../../preload/contract/cluster.ts';
import type { NodeLink, NodeRecord } from '../../../preload/contract/cluster-facts.ts';
import { standingOf } from '../../../preload/contract/say-node.ts';
import type { StoryNodeNow } from '../../../preload/contract/story-facts.ts';
import type { Table } from '../../../preload/contract/table.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import type { Story } from './slice.ts';

const selectNodes = selectorOf<{ readonly byId: Table<NodeRecord> } | undefined>(contract);

/** Empty of a story that no node has. One that is not remembered any more is called by its id. */
export function nodeNowOf(
  { node }: Pick<Story, 'node'>,
  { hub, live, nowMs }: Pick<QueryContext<unknown>, 'hub' | 'live' | 'nowMs'>,
): { readonly nodeNow?: StoryNodeNow } {
  if (node === undefined) return {};
  const record = selectNodes(hub)?.byId.get(node.id);
  const link = live('nodeLink').get(node.id) as NodeLink | undefined;
  const { label, state } = record ?? { label: node.id, state: 'revoked' as const };
  const standing = standingOf({ state }, link, nowMs);
  const { seenMs = 0, keepsMs } = link ?? {};
  return { nodeNow: { label, standing, seenMs, ...(keepsMs !== undefined && { keepsMs }) } };
}
