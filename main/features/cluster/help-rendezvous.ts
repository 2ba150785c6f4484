/** A Musher that is a node: its heartbeats go out, and its page and CLI are told how it stands with its rendezvous. */
import {
  heartbeatMs,
  type NodeSelf,
  type RendezvousLink,
} from '../../../preload/contract/cluster-facts.ts';
import type { PeerLinks } from '../../../preload/contract/peer-facts.ts';
import { onAbort } from '../../base/disposable.ts';
import type { Life } from '../../hub/feature.ts';
import { isAlive, selectAgents } from '../agents/index.ts';
import { roomOf, roomSceneOf, roomSlices } from './claims/room.ts';
import type { Machine, Peers, Replica, WorkRoom } from './ports.ts';
import type { ClusterState } from './slice.ts';

interface Helping {
  readonly replica: Replica;
  readonly machine: Machine;
  readonly room: WorkRoom;
  readonly peers: Peers | undefined;
  readonly leaving: AbortSignal | undefined;
  /** With how many peers it is to be linked. */
  readonly meshPeers: () => number;
}

export function helpRendezvous(helping: Helping, life: Life<ClusterState>): void {
  const { replica, peers } = helping;
  const { clock, live } = life;
  let cancel = (): void => undefined;
  let stood = replica.link().state;
  let told: string | undefined;
  const say = (isDraining: boolean): void => {
    const self = selfOf(helping, life, isDraining);
    told = self.takesNothing;
    replica.say(self);
  };
  const beat = (): void => {
    cancel();
    say(helping.leaving?.aborted === true);
    cancel = clock.schedule(beat, heartbeatMs);
  };
  const show = (): void => {
    peers?.follow(replica.told().peers, helping.meshPeers());
    const { url, node, label } = replica;
    const link: RendezvousLink = {
      url,
      node,
      label,
      ...replica.link(),
      ...shownPeers(helping),
      stories: replica.storyCount(),
    };
    live.put('rendezvousLink', 'rendezvous', link);
    // It was not heard meanwhile, and the heartbeat that it catches up with is an old one.
    if (stood !== 'connected' && link.state === 'connected') beat();
    stood = link.state;
  };
  // Its last word: who looks at it knows that it was stopped, and not lost.
  life.own(() => {
    cancel();
    say(true);
  });
  // Why it takes nothing is known there at once, and not with the next heartbeat.
  const lookAgain = (): void => {
    const isLeaving = helping.leaving?.aborted === true;
    if (whyNothing(helping.room, life, isLeaving) !== told) beat();
  };
  life.own(replica.onChange(show));
  if (peers !== undefined) {
    let links = '';
    const look = (): void => {
      const now = JSON.stringify(peers.links());
      if (now === links) return;
      links = now;
      show();
      beat();
    };
    life.own(peers.onChange(look));
  }
  life.own(helping.room.onSettings(lookAgain));
  life.own(helping.room.onSettings(show));
  life.own(onAbort(helping.leaving, beat));
  show();
  beat();
  let known = life.hub();
  life.onTopics(() => {
    const before = known;
    known = life.hub();
    if (roomSlices.some((name) => before[name] !== known[name])) lookAgain();
  });
}

function selfOf(
  { machine, room, peers }: Helping,
  life: Life<ClusterState>,
  isDraining: boolean,
): Omit<NodeSelf, 'beat'> {
  const hub = life.hub();
  const agents = selectAgents(hub).byId.values().filter(isAlive).length;
  const takesNothing = whyNothing(room, life, isDraining);
  return {
    ...{ ...machine.look(), agents, atMs: life.clock.now(), isDraining },
    ...(peers?.url !== undefined && { peersAt: peers.url }),
    ...peersOf(peers),
    ...(takesNothing !== undefined && { takesNothing }),
  };
}

/** None is said as nothing. */
function peersOf(peers: Peers | undefined): { readonly peers?: PeerLinks } {
  const links = peers?.links() ?? {};
  return Object.keys(links).length === 0 ? {} : { peers: links };
}

function shownPeers({ peers, replica }: Helping): Pick<RendezvousLink, 'peers'> {
  const known = replica.told().peers;
  const links = Object.entries(peers?.links() ?? {});
  if (links.length === 0) return {};
  const shown = links.map(([id, state]) => [id, { label: known.get(id)?.label ?? id, state }]);
  return { peers: Object.fromEntries(shown) as RendezvousLink['peers'] };
}

function whyNothing(
  room: WorkRoom,
  life: Life<ClusterState>,
  isDraining: boolean,
): string | undefined {
  const { claims } = life.state();
  return roomOf(roomSceneOf(room, life.hub(), { claims, isDraining })).takesNothing;
}
