/** How a node stands and what is said of it, the same on the page and on the command line. Without schemas. */
import type { NodeLink, NodeRecord, NodeSelf, RendezvousLink } from './cluster-facts.ts';
import { clusterTimes } from './cluster-times.ts';
import type { NodeStanding } from './node-standing.ts';

/** `link`: undefined when nothing was heard of it since this Musher started. */
export function standingOf(
  { state }: Pick<NodeRecord, 'state'>,
  link: NodeLink | undefined,
  nowMs: number,
): NodeStanding {
  if (state === 'revoked') return 'revoked';
  if (link === undefined) return 'unheard';
  const { isConnected, seenMs, self } = link;
  if (seenMs === 0) return isConnected ? 'connected' : 'unheard';
  if (!isConnected && self?.isDraining === true) return 'stopped';
  if (nowMs - seenMs > clusterTimes.lostAfterMs) return 'lost';
  if (!isConnected) return 'disconnected';
  return self?.isDraining === true ? 'draining' : 'connected';
}

/** What that means, in a sentence. */
export function sayStanding(standing: NodeStanding): string {
  const silentS = clusterTimes.lostAfterMs / 1000;
  return {
    connected: 'It is linked, and heard',
    draining: 'It is being stopped',
    stopped: 'It was stopped, and comes back when it is started again',
    disconnected: 'Its link has ended; it tries again by itself',
    lost: `No heartbeat for more than ${silentS} seconds; it tries again by itself`,
    unheard: 'Nothing was heard of it since this Musher started',
    revoked: 'It was locked out, and can only join anew',
  }[standing];
}

/** `its clock is 10 min ahead`; undefined when the clocks agree well enough. */
export function saySkew(link: Pick<NodeLink, 'skewMs'> | undefined): string | undefined {
  const skewMs = link?.skewMs ?? 0;
  if (Math.abs(skewMs) <= clusterTimes.skewTold) return undefined;
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  const hours = Math.round(minutes / 60);
  const long = hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
  return `its clock is ${minutes < 120 ? `${minutes} min` : long} ${skewMs > 0 ? 'ahead' : 'behind'}`;
}

/** Of how many processors how many are busy: `3.2/8`. */
export function sayLoad({ load, cpus }: Pick<NodeSelf, 'load' | 'cpus'>): string {
  const busy = load * cpus;
  return `${busy < 100 ? busy.toFixed(1) : Math.round(busy)}/${cpus}`;
}

export const rendezvousStates: Readonly<Record<RendezvousLink['state'], string>> = {
  connecting: 'connecting',
  connected: 'connected',
  offline: 'cut off',
  refused: 'refused',
};
