/** As a node: which stories it asks for, and which it may begin by what its peers say. Pure. */
import type { ClaimRecord, Offer } from '../../../../preload/contract/claim-facts.ts';
import type { HelpScene, HelpStep } from './help-plan.ts';
import { type Claim, compare, drawOf, winnerOf } from './winner.ts';

/** So long a claim stands before it counts among those of peers, milliseconds: theirs of the same moment are heard by then. */
export const settleMs = 5_000;

/** Among those who go on together: a peer was first, or the draw is for it. The rendezvous decides anew when it is there again. */
export function isAnothers(scene: HelpScene, { id, claim }: ClaimRecord): boolean {
  const { peers, isTogether, node } = scene;
  if (!isTogether) return false;
  const own = { node, said: { claim, state: 'working' } } as const;
  const others = claimsOn(peers, id);
  return winnerOf(id, [own, ...others], scene.story(id)?.node) !== own;
}

function claimsOn(peers: HelpScene['peers'], story: string): Claim[] {
  return [...peers].flatMap(([node, { [story]: said }]) => (said ? [{ node, said }] : []));
}

/** Those that come first among them are drawn from, so that not all nodes ask for the same one. */
const drawnFrom = 16;

export function asks(scene: HelpScene): HelpStep[] {
  const { isConnected, isTogether, told, claims, room, canRun, node } = scene;
  if ((!isConnected && !isTogether) || room <= 0) return [];
  const mine = new Set(claims.map(({ id }) => id));
  const open = [...told.offers].filter(
    ([id, { profile }]) => !mine.has(id) && canRun(profile) && isFree(scene, id),
  );
  const first = open.toSorted(([, a], [, b]) => a.key - b.key).slice(0, drawnFrom);
  return first
    .toSorted(
      (a, b) => comparePriority(a[1], b[1]) || compare(drawOf(node, a[0]), drawOf(node, b[0])),
    )
    .slice(0, room)
    .map(([story, { title }]) => ({ do: 'ask', story, title }));
}

/**
 * No peer says that it has it or wants it: what one has ready may be told later to the rendezvous than another asks for it. Without the rendezvous it has
 * to be known whole.
 */
function isFree({ isConnected, told, peers }: HelpScene, id: string): boolean {
  const isKnown = isConnected || told.work.has(id);
  return isKnown && claimsOn(peers, id).every(({ said }) => said.state === 'released');
}

const urgency = { critical: 0, high: 1, normal: 2, low: 3 } as const;

function comparePriority(a: Offer, b: Offer): number {
  return urgency[a.priority] - urgency[b.priority];
}
