/** With whom a node links. Pure: each looks at the same board, and all of them together make one net. */
import type { Peer } from '../../../../preload/contract/peer-facts.ts';

export interface Choosing {
  readonly self: string;
  readonly peers: ReadonlyMap<string, Peer>;
  /** Linked now, and who of the two asked. */
  readonly linked: ReadonlyMap<string, { readonly isDialed: boolean }>;
  /** Not before their time: they were asked a moment ago, and did not answer. */
  readonly resting: ReadonlySet<string>;
  readonly most: number;
}

/**
 * Whom it asks now. Nodes stand in a ring by their number, and each asks those that follow it, for half of its links: the others are left to those
 * that ask it. So the net is one, however many there are, and nobody has more than `most`.
 */
export function dialsOf({ self, peers, linked, resting, most }: Choosing): string[] {
  const asked = [...linked.values()].filter(({ isDialed }) => isDialed).length;
  const free = Math.min(Math.ceil(most / 2) - asked, most - linked.size);
  const others = [...peers].filter(
    ([id, { url }]) => id !== self && url !== undefined && !linked.has(id) && !resting.has(id),
  );
  const ring = others.map(([id]) => id).toSorted((a, b) => numberOf(a) - numberOf(b));
  const next = ring.findIndex((id) => numberOf(id) > numberOf(self));
  const from = next === -1 ? 0 : next;
  return [...ring.slice(from), ...ring.slice(0, from)].slice(0, Math.max(0, free));
}

/**
 * Of two links between the same two one stays, and both know which: that of who has the lower number, where each asked the other; else the newer, for
 * the former is of a process that is gone.
 */
export function staysNew(
  self: string,
  peer: string,
  { before, now }: { readonly before: boolean; readonly now: boolean },
): boolean {
  if (before === now) return true;
  return now === numberOf(self) < numberOf(peer);
}

function numberOf(node: string): number {
  return Number(node.slice(2));
}

const ms = { first: 1_000, most: 30_000 };

/** Before it is asked again: doubled each time, and drawn between half of it and all, so that not all come at once. */
export function restMs(tries: number, random: () => number): number {
  const longest = Math.min(ms.first * 2 ** (tries - 1), ms.most);
  return Math.round(longest * (0.5 + random() / 2));
}
