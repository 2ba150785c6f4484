/** A Musher that is a node: its heartbeats go out, and its page and CLI are told how it stands with its rendezvous. */
import {
  heartbeatMs,
  type NodeSelf,
  type RendezvousLink,
} from '../../../preload/contract/cluster-facts.ts';
import type { HubState, Life } from '../../hub/feature.ts';
import { isAlive, selectAgents } from '../agents/index.ts';
import type { Machine, Replica } from './ports.ts';

export function helpRendezvous(
  { replica, machine }: { readonly replica: Replica; readonly machine: Machine },
  life: Life<unknown>,
): void {
  const { clock, live } = life;
  let cancel = (): void => undefined;
  let stood = replica.link().state;
  const say = (isDraining: boolean): void =>
    replica.say(selfOf(machine, life.hub(), { atMs: clock.now(), isDraining }));
  const beat = (): void => {
    cancel();
    say(false);
    cancel = clock.schedule(beat, heartbeatMs);
  };
  const show = (): void => {
    const { url, node, label } = replica;
    const link: RendezvousLink = {
      url,
      node,
      label,
      ...replica.link(),
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
  life.own(replica.onChange(show));
  show();
  beat();
}

function selfOf(
  machine: Machine,
  hub: HubState,
  now: Pick<NodeSelf, 'atMs' | 'isDraining'>,
): Omit<NodeSelf, 'beat'> {
  const agents = selectAgents(hub).byId.values().filter(isAlive).length;
  return { ...machine.look(), agents, ...now };
}
