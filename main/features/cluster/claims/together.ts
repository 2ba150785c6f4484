/** As a node: which nodes go on with the board that they know while their rendezvous is away. */
import type { PeerSaid } from '../../../../preload/contract/peer-facts.ts';
import type { ClusterPorts, Replica } from '../ports.ts';

interface WithPeers {
  readonly replica: Replica;
  readonly ports: Pick<ClusterPorts, 'settings' | 'peers'>;
}

/**
 * Who goes on together while their rendezvous is away: none of them is linked with it, so that it is down rather than out of this node's reach, and it
 * was there within the time of a claim. A node that sees no other waits: whoever it cannot see may be at it.
 */
export function isTogether(helping: WithPeers): boolean {
  const { replica, ports } = helping;
  const aloneMs = replica.aloneMs();
  const heard = [...heardBy(helping).values()];
  if (replica.link().state !== 'offline' || aloneMs === undefined) return false;
  return (
    aloneMs <= ports.settings().claimMs && heard.length > 0 && heard.every(({ hears }) => !hears)
  );
}

export function heardBy({ ports }: WithPeers): ReadonlyMap<string, PeerSaid> {
  return ports.peers?.heard() ?? new Map();
}
