/** The machines that help, for who asks: with what they work on, and where this Musher is a node itself. */
import type { cluster as contract, NodeRow } from '../../../preload/contract/cluster.ts';
import type { NodeLink, RendezvousLink } from '../../../preload/contract/cluster-facts.ts';
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { selectStories, type Story } from '../stories/index.ts';
import { toRow } from './decide.ts';
import { type ClusterState, joinedNodes, toNodeRecord } from './slice.ts';

type List = QueryResult<typeof contract, 'node.list'>;

export async function listNodes(
  { all }: QueryData<typeof contract, 'node.list'>,
  { state, hub, live, nowMs }: QueryContext<ClusterState>,
  nodesAt: string | undefined,
): Promise<Result<List>> {
  const nodes = all ? state.byId.values() : joinedNodes(state);
  const links = live('nodeLink');
  const rendezvous = live('rendezvousLink').get('rendezvous') as RendezvousLink | undefined;
  const byNode = nodes.length === 0 ? new Map<string, Story[]>() : storiesByNode(hub);
  return ok({
    nodes: nodes.map((node) => {
      const link = links.get(node.id) as NodeLink | undefined;
      const stories = (byNode.get(node.id) ?? []).map((story) => toStoryRow(story, link));
      return { ...toNodeRecord(node), ...(link !== undefined && { link }), stories };
    }),
    invites: state.invites
      .values()
      .filter(({ expiresMs }) => expiresMs > nowMs)
      .map(toRow),
    ...(rendezvous !== undefined && { rendezvous }),
    claims: state.claims.values(),
    ...(nodesAt !== undefined && { nodesAt }),
  });
}

function storiesByNode(hub: QueryContext<ClusterState>['hub']): Map<string, Story[]> {
  const byNode = new Map<string, Story[]>();
  selectStories(hub).open.forEach((story) => {
    const id = story.node?.id;
    if (id === undefined) return;
    const known = byNode.get(id);
    if (known === undefined) byNode.set(id, [story]);
    else known.push(story);
  });
  for (const stories of byNode.values()) stories.sort((a, b) => a.sinceMs - b.sinceMs);
  return byNode;
}

function toStoryRow(
  { id, title, node, sinceMs }: Story,
  link: NodeLink | undefined,
): NodeRow['stories'][number] {
  const there = link?.work?.[id];
  return {
    ...{ story: id, title, claim: node?.claim ?? 1, sinceMs },
    ...(there !== undefined && { there }),
  };
}
