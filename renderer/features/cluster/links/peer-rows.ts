/** The other nodes of one that is a node itself. Pure. */
import type { RendezvousLink } from '../../../../preload/contract/cluster-facts.ts';
import type { LinkRow } from './links-model.ts';

/** As a node: the others that it is linked with, or would be. */
export function peerRows(peers: RendezvousLink['peers']): LinkRow[] {
  return Object.entries(peers ?? {}).map(([id, { label, state }]) => ({
    ...{ key: id, name: label },
    ...(state === 'linked'
      ? ({ look: 'whole', words: 'another node, linked' } as const)
      : ({ look: 'cut', words: 'another node, cannot be reached' } as const)),
  }));
}
