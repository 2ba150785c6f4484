/** A project's part in a cluster: the shared document that it keeps for others, and the one that it has of another Musher. */
import path from 'node:path';
import { thisMachine } from '../adapters/cluster/machine.ts';
import { readNodeFile, replicaFileIn } from '../adapters/cluster/node-file.ts';
import { secret } from '../adapters/chance.ts';
import { systemClock } from '../base/clock.ts';
import type { Disposables } from '../base/disposable.ts';
import type { Logger } from '../base/logger.ts';
import { assert } from '../base/assert.ts';
import { type MusherError, musherError } from '../base/result.ts';
import type {
  ClusterDoor,
  ClusterPorts,
  PeersAt,
  AsNode,
  ShownTerminals,
} from '../features/cluster/ports.ts';

export interface ClusterOptions {
  readonly dataFolder: string;
  /** The log's own name. */
  readonly project: string;
  readonly version: string;
  /** Of a node. */
  readonly asNode: AsNode;
  readonly nodesAt: ClusterPorts['nodesAt'];
  readonly log: Logger;
  readonly parts: Disposables;
  /** Its own terminals. */
  readonly terminals: ShownTerminals['terminals'];
}

export interface OpenCluster {
  readonly ports: Omit<ClusterPorts, 'carrier' | 'room' | 'base' | 'settings'>;
  /** For the broker, once the hub has started. */
  readonly door: () => ClusterDoor;
}

/** What syncs is loaded when there is somebody to sync with. Throws NODE_FILE_INVALID, PEERS_AT_INVALID. */
export async function openCluster(options: ClusterOptions): Promise<OpenCluster> {
  const { dataFolder, project, version, parts } = options;
  const common = { clock: systemClock, log: options.log.child({ component: 'cluster' }) };
  const self = await readNodeFile(dataFolder);
  const openReplica = async () => {
    if (self === undefined) return undefined;
    const adapter = await import('../adapters/cluster/replica.ts');
    const file = replicaFileIn(dataFolder);
    const replica = await adapter.openReplica({ ...common, file, self });
    parts.add(() => replica.close());
    return replica;
  };
  const openPeers = async () => {
    const { peer: pair, node = '', project: helped = '' } = self ?? {};
    const { peersAt } = options.asNode;
    if (pair === undefined) {
      if (peersAt !== undefined) throw noKey(peersAt);
      return undefined;
    }
    const adapter = await import('../adapters/cluster/peers/peer-links.ts');
    const peers = await adapter.openPeers({
      ...{ ...common, at: peersAt },
      self: { node, project: helped, pair },
    });
    parts.add(() => peers.close());
    return peers;
  };
  const openShown = async (): Promise<ShownTerminals | undefined> => {
    if (self === undefined) return undefined;
    const adapter = await import('../adapters/cluster/node-terminals.ts');
    const known = { ...self, life: secret(16) };
    const { terminals } = options;
    return { terminals, open: () => adapter.openTerminalLink(known, common.log) };
  };
  let door: ClusterDoor | undefined;
  const ports: OpenCluster['ports'] = {
    ...{ machine: thisMachine(version), leaving: options.asNode.leaving },
    nodesAt: options.nodesAt,
    ...{ replica: await openReplica(), peers: await openPeers(), shown: await openShown() },
    async share() {
      const adapter = await import('../adapters/cluster/rendezvous.ts');
      const file = path.join(dataFolder, 'shared.sqlite');
      return adapter.openRendezvous({ ...common, file, project });
    },
    opened(one) {
      door = one;
    },
  };
  return {
    ports,
    door() {
      assert(door, 'The cluster is used before its hub has started');
      return door;
    },
  };
}

function noKey({ host, port }: PeersAt): MusherError {
  const reason = 'this node joined before there were peers, and has no key for them; join anew';
  return musherError('PEERS_AT_INVALID', { address: `${host}:${port}`, reason });
}
