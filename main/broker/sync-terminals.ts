/**
 * `/sync/terminals`: the way that a node opens when its rendezvous calls for it, to show terminals there. It is let in by the same key as `/sync`,
 * and shows what it is asked for; what it sends beyond that ends it.
 */
import { WebSocketServer } from 'ws';
import type { WireError } from '../../preload/contract/errors.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import { messageBytes } from '../../preload/contract/watch-frames.ts';
import { linkOver } from '../base/socket-link.ts';
import type { AdmittedNode, ClusterDoor } from '../features/cluster/ports.ts';
import type { Upgrade, Upgrades } from './upgrades.ts';

export const syncTerminalsPath = '/sync/terminals';
/** A node that does not answer to the end of its way is cut off after this, milliseconds. */
const closeMs = 1_000;

interface Found {
  readonly cluster: Pick<ClusterDoor, 'terminals'>;
  readonly admitted: AdmittedNode;
}

export interface TakeTerminals {
  /** Who asks, by its key, once that can be told. */
  readonly nodeOf: (upgrade: Upgrade) => Promise<Found | WireError>;
  readonly log: Logger;
}

/** Returns the end, by which all of them end. */
export function takeTerminals(upgrades: Upgrades, { nodeOf, log }: TakeTerminals): () => void {
  const server = new WebSocketServer({
    ...{
      noServer: true,
      maxPayload: messageBytes,
      perMessageDeflate: false,
      closeTimeout: closeMs,
    },
  });
  const off = upgrades.on(syncTerminalsPath, (upgrade) => {
    void nodeOf(upgrade).then((node) => {
      if ('code' in node) {
        log.warn({ code: node.code, reason: node.message }, 'a node was refused');
        upgrade.refuse(node);
        return;
      }
      const { request, socket, head } = upgrade;
      server.handleUpgrade(request, socket, head, (link) => {
        upgrade.taken();
        link.on('error', (error) =>
          log.warn(
            { node: node.admitted.id, reason: reasonOf(error) },
            'a way for terminals failed',
          ),
        );
        node.cluster.terminals.accept(linkOver(link), node.admitted);
      });
    });
  });
  return () => {
    off();
    for (const link of server.clients) link.close(1001, 'ending');
    server.close();
  };
}
