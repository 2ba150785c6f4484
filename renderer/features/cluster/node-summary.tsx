import { type NodeStanding, nodeStandings } from '../../../preload/contract/node-standing.ts';
import { standingOf } from '../../../preload/contract/say-node.ts';
import { useNow } from '../../ui/clock.ts';
import type { ShownNode } from './use-nodes.ts';

/** Beside the title: how many stand how, `3 connected, 1 lost`. */
export function NodeSummary({ shown }: { shown: readonly ShownNode[] }) {
  const now = useNow();
  const counts = new Map<NodeStanding, number>();
  for (const { node, link } of shown) {
    const standing = standingOf(node, link, now);
    counts.set(standing, (counts.get(standing) ?? 0) + 1);
  }
  const words = (Object.keys(nodeStandings) as NodeStanding[]).flatMap((standing) => {
    const count = counts.get(standing);
    return count === undefined ? [] : [`${count} ${nodeStandings[standing]}`];
  });
  const text = words.join(', ');
  return (
    <span title={text} className="min-w-0 truncate">
      {text}
    </span>
  );
}
