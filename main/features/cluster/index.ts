/** The cluster: machines that help with the stories of this repository, over a document that they share. */
import { cluster as contract } from '../../../preload/contract/cluster.ts';
import type { Feature, Life } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { must } from '../../base/assert.ts';
import { clusterHandlers } from './decide.ts';
import { claimHandlers } from './claims/decide-claims.ts';
import { workForRendezvous } from './claims/help.ts';
import { describeClaims } from './claims/words.ts';
import { helpRendezvous } from './help-rendezvous.ts';
import { listNodes } from './list.ts';
import type { ClusterDoor, ClusterPorts, SharedDocument } from './ports.ts';
import { shareWithNodes } from './share.ts';
import { showTerminals } from './terminals/show.ts';
import { Watching } from './terminals/watching.ts';
import { type ClusterState, initialCluster, reduceCluster, toNodeRecord } from './slice.ts';
import { storyTopic } from '../stories/index.ts';
import { nodesTopic } from './watch-nodes.ts';
import { describeCluster } from './words.ts';

export { clusterSettings } from './settings.ts';
export { selectCluster } from './slice.ts';

export function clusterFeature(ports: ClusterPorts): Feature {
  let watching: Watching | undefined;
  return feature(contract, {
    initial: initialCluster,
    version: 2,
    commands: { ...clusterHandlers, ...claimHandlers },
    queries: {
      'node.list': (data, context) => listNodes(data, context, ports.nodesAt()),
      'node.screen': ({ story }, { signal }) =>
        must(watching, 'it has started').text(story, signal),
    },
    reduce: reduceCluster,
    views: {
      node: { items: (state: ClusterState) => state.byId, record: toNodeRecord },
      claim: { items: (state: ClusterState) => state.claims },
    },
    topics: ({ type, data }) => {
      const story = storyHere[type]?.(data as { story: string; local: string });
      return story === undefined ? [nodesTopic] : [nodesTopic, storyTopic(story)];
    },
    search: { 'node.joined': { text: ['label', 'host'] } },
    describe: { ...describeCluster, ...describeClaims },
    start: (life: Life<ClusterState>) => {
      const watched = watchTerminals(life, ports);
      watching = watched.watching;
      ports.opened(doorOf({ life, ...watched }));
      const { replica, machine, room, peers, shown, leaving } = ports;
      if (replica === undefined) return;
      const meshPeers = () => ports.settings().meshPeers;
      helpRendezvous({ replica, machine, room, peers, leaving, meshPeers }, life);
      workForRendezvous({ replica, ports, life });
      if (shown !== undefined) showTerminals({ replica, shown, life });
    },
  });
}

/** Of a claim, the story as it is called here: a node’s own ids are others than those of its rendezvous. */
const storyHere: Readonly<Record<string, (data: { story: string; local: string }) => string>> = {
  'claim.taken': ({ story }) => story,
  'claim.late': ({ story }) => story,
  'claim.begun': ({ local }) => local,
};

interface Started {
  readonly life: Life<ClusterState>;
  readonly shared: () => Promise<SharedDocument>;
  readonly watching: Watching;
}

/** The shared document, and the terminals of those that share it: nodes are called by the links that they have. */
function watchTerminals(life: Life<ClusterState>, ports: ClusterPorts): Omit<Started, 'life'> {
  const watching = new Watching({
    life,
    call: (node) => {
      shared().then(
        (document) => document.callForTerminals(node),
        () => undefined,
      );
    },
  });
  const shared = shareWithNodes(ports, life, (node) => watching.nodeChanged(node));
  return { shared, watching };
}

function doorOf({ life, shared, watching }: Started): ClusterDoor {
  const state = () => life.state();
  return {
    async join({ label, peerKey, ...ask }) {
      const data = {
        ...ask,
        ...(label !== undefined && { label }),
        ...(peerKey !== undefined && { peerKey }),
      };
      const { result } = await life.system({ type: 'node.join', data });
      return result as { node: string; label: string };
    },
    knowsInvite(invite) {
      const { invites, byId } = state();
      const isThat = (one: { readonly hash: string }) => one.hash === invite;
      return invites.values().some(isThat) || byId.values().some((node) => node.invite === invite);
    },
    nodeOf(key) {
      const node = state()
        .byId.values()
        .find((one) => one.key === key);
      return node && { id: node.id, label: node.label, isRevoked: node.state === 'revoked' };
    },
    accept: async (socket, node) => (await shared()).accept(socket, node),
    terminals: watching,
  };
}
