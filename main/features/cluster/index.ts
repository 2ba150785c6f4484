/** The cluster: machines that help with the stories of this repository, over a document that they share. */
import { cluster as contract } from '../../../preload/contract/cluster.ts';
import type { Feature, Life } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { clusterHandlers } from './decide.ts';
import { claimHandlers } from './claims/decide-claims.ts';
import { workForRendezvous } from './claims/help.ts';
import { describeClaims } from './claims/words.ts';
import { helpRendezvous } from './help-rendezvous.ts';
import { listNodes } from './list.ts';
import type { ClusterDoor, ClusterPorts, SharedDocument } from './ports.ts';
import { shareWithNodes } from './share.ts';
import { type ClusterState, initialCluster, reduceCluster, toNodeRecord } from './slice.ts';
import { storyTopic } from '../stories/index.ts';
import { nodesTopic } from './watch-nodes.ts';
import { describeCluster } from './words.ts';

export { clusterSettings } from './settings.ts';
export { selectCluster } from './slice.ts';

export function clusterFeature(ports: ClusterPorts): Feature {
  return feature(contract, {
    initial: initialCluster,
    version: 2,
    commands: { ...clusterHandlers, ...claimHandlers },
    queries: {
      'node.list': listNodes,
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
      ports.opened(doorOf({ life, shared: shareWithNodes(ports, life) }));
      const { replica, machine, room, peers } = ports;
      if (replica === undefined) return;
      const meshPeers = () => ports.settings().meshPeers;
      helpRendezvous({ replica, machine, room, peers, meshPeers }, life);
      workForRendezvous({ replica, ports, life });
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
}

function doorOf({ life, shared }: Started): ClusterDoor {
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
  };
}
