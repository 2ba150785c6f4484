/** Links between nodes, as pages draw them and the command line says them. Pure. */
import type { PeerLinks } from './peer-facts.ts';

export interface MeshNode {
  readonly id: string;
  readonly label: string;
  /** What it said last is how it is now. */
  readonly isHeard: boolean;
  readonly peers?: PeerLinks | undefined;
}

export interface MeshLink {
  /** Places of both in the list of nodes, the first first. */
  readonly from: number;
  readonly to: number;
  /** `cut`: one of them would be linked with the other. */
  readonly look: 'whole' | 'cut';
}

/** What somebody says who is heard now: of the others it is not known how they stand. Each pair once. */
export function meshOf(nodes: readonly MeshNode[]): MeshLink[] {
  const links: MeshLink[] = [];
  for (const [from, one] of nodes.entries())
    for (const [to, other] of nodes.entries()) {
      if (to <= from) continue;
      const said = [saidBy(one, other), saidBy(other, one)];
      if (said.includes('linked')) links.push({ from, to, look: 'whole' });
      else if (said.includes('away')) links.push({ from, to, look: 'cut' });
    }
  return links;
}

/** Labels of those that see it, in the order of the list. */
export function seenBy(id: string, nodes: readonly MeshNode[]): string[] {
  return nodes.flatMap(({ isHeard, peers, label }) =>
    isHeard && peers?.[id] === 'linked' ? [label] : [],
  );
}

function saidBy({ isHeard, peers }: MeshNode, { id }: MeshNode): PeerLinks[string] | undefined {
  return isHeard ? peers?.[id] : undefined;
}
