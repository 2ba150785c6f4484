/** Links between nodes, as pages draw them and the command line says them. Pure. */
import type { NodeStanding } from './node-standing.ts';
import type { PeerLinks } from './peer-facts.ts';

export interface MeshNode {
  readonly id: string;
  readonly label: string;
  readonly standing: NodeStanding;
  readonly peers?: PeerLinks | undefined;
}

export interface MeshLink {
  /** Places of both in the list of nodes, the first first. */
  readonly from: number;
  readonly to: number;
  /** `cut`: one of them would be linked with the other. */
  readonly look: 'whole' | 'cut';
}

/** What it said last is how it is now. */
const heard: ReadonlySet<NodeStanding> = new Set(['connected', 'draining']);
/** Nobody expects it to answer. */
const ended: ReadonlySet<NodeStanding> = new Set(['stopped', 'revoked']);

/** What somebody says who is heard now: of the others it is not known how they stand. Each pair once. */
export function meshOf(nodes: readonly MeshNode[]): MeshLink[] {
  const links: MeshLink[] = [];
  for (const [from, one] of nodes.entries())
    for (const [to, other] of nodes.entries()) {
      if (to <= from) continue;
      const said = [saidBy(one, other), saidBy(other, one)];
      if (said.includes('linked')) links.push({ from, to, look: 'whole' });
      else if (said.includes('away') && !ended.has(one.standing) && !ended.has(other.standing))
        links.push({ from, to, look: 'cut' });
    }
  return links;
}

/** Labels of those that see it, in the order of the list. */
export function seenBy(id: string, nodes: readonly MeshNode[]): string[] {
  return nodes.flatMap(({ standing, peers, label }) =>
    heard.has(standing) && peers?.[id] === 'linked' ? [label] : [],
  );
}

function saidBy({ standing, peers }: MeshNode, { id }: MeshNode): PeerLinks[string] | undefined {
  return heard.has(standing) ? peers?.[id] : undefined;
}
