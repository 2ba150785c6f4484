// The ways from a node to its rendezvous, to the git remote and to its peers, as bad as a test wants them. Where the machine lets it, the node lives in
// a network namespace of its own and packets are really dropped; else, and for what is slow or lossy, a relay holds back what goes through it.

import { type Fault, isOfPackets, Relay } from './faulty-relay.ts';
import { openSpace } from './net-space.ts';

export type { Fault } from './faulty-relay.ts';

export interface Wire {
  /** What starts a program on the node's machine. */
  readonly inside: readonly string[];
  /** Ports on the node's own loopback, in the order of those that they lead to. */
  readonly ports: readonly number[];
  /** Where its peers reach its machine; undefined where it is this one. */
  readonly own: string | undefined;
  set(fault: Fault): Promise<void>;
  /** That port of its loopback is reached by others at `own`. */
  letIn(port: number): Promise<void>;
  /** From now on that port of its own loopback leads to the same one of another machine. */
  reach(other: Wire, port: number): Promise<void>;
  /** Of all ways to others, those that come later too. Nothing where all are on one machine. */
  setPeers(fault: Fault): void;
  end(): Promise<void>;
}

let made = 0;
const loopback = '127.0.0.1';

/** To these ports of this machine's loopback. `isApart`: on a network of its own, where that can be made. */
export async function openWire(targets: readonly number[], isApart = true): Promise<Wire> {
  made += 1;
  const space = isApart ? await openSpace(made) : undefined;
  const [relay, peers] = [new Relay(), new Relay()];
  const ports: number[] = [];
  for (const port of targets)
    ports.push(
      await relay.listen({ host: space?.host ?? loopback, port: 0 }, { host: loopback, port }),
    );
  await space?.forward(loopback, space.host, ports);
  return {
    inside: space === undefined ? [] : ['ip', 'netns', 'exec', space.name],
    ports,
    own: space?.forPeers.own,
    async set(fault) {
      relay.fault = space !== undefined && isOfPackets(fault) ? 'none' : fault;
      if (fault === 'reset') relay.reset();
      await space?.set(fault);
    },
    async letIn(port) {
      await space?.forward(space.forPeers.own, loopback, [port]);
    },
    async reach(other, port) {
      if (space === undefined || other.own === undefined) return;
      const { host } = space.forPeers;
      await peers.listen({ host, port }, { host: other.own, port });
      await space.forward(loopback, host, [port]);
    },
    setPeers(fault) {
      peers.fault = fault;
      if (fault === 'reset') peers.reset();
    },
    async end() {
      await Promise.all([relay.end(), peers.end()]);
      await space?.end();
    },
  };
}
