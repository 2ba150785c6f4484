/** What is said of stories that nodes work on, the same on the page and on the command line. Without schemas. */
import type { ClaimRecord } from './claim-facts.ts';
import type { WorkThere } from './cluster-facts.ts';
import { clusterTimes } from './cluster-times.ts';
import type { NodeStanding } from './node-standing.ts';
import type { StoryNode, StoryNodeNow } from './story-facts.ts';

/** Nothing is heard of it now, whatever it does. */
export function isAway(standing: NodeStanding): boolean {
  return standing !== 'connected' && standing !== 'draining';
}

/** `12 s`, `12 min`, `3 h`: whole, rounded down. */
export function sayLong(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** Beside its name where it is away, in few words: `not heard for 12 min`. */
export function sayAway({ standing, seenMs }: StoryNodeNow, nowMs: number): string | undefined {
  if (!isAway(standing)) return undefined;
  if (standing === 'revoked') return 'locked out';
  if (seenMs === 0) return 'not heard yet';
  const long = sayLong(nowMs - seenMs);
  if (standing === 'stopped') return `stopped for ${long}`;
  return standing === 'lost' ? `not heard for ${long}` : `link ended ${long} ago`;
}

/** The same where there is little place, on a card: `silent 12m`. */
export function sayAwayBriefly(now: StoryNodeNow, nowMs: number): string | undefined {
  const { standing, seenMs } = now;
  if (standing === 'lost') return `silent ${sayLong(nowMs - seenMs).replace(/ (.).*/, '$1')}`;
  if (standing === 'disconnected') return 'cut off';
  return standing === 'stopped' ? 'stopped' : sayAway(now, nowMs);
}

/** `attic (n-1)`, and why nothing is heard of it. */
export function sayNodeShort(node: StoryNode, now: StoryNodeNow, nowMs: number): string {
  const away = sayAway(now, nowMs);
  const name = sayNodeName(node, now);
  return away === undefined ? name : `${name}, ${away}`;
}

export function sayNodeName({ id }: Pick<StoryNode, 'id'>, { label }: { label: string }): string {
  return label === id ? id : `${label} (${id})`;
}

/** In a sentence: who works on it, or what becomes of it while nothing is heard. `since`: when it was given to it, in words. */
export function sayNodeWork(
  node: StoryNode,
  now: StoryNodeNow & { readonly since?: string | undefined },
  nowMs: number,
): string {
  const { label, standing, since } = now;
  const away = sayAway(now, nowMs);
  if (away !== undefined) return `${label}, ${away}: ${sayFate(now, nowMs)}`;
  const begun = since === undefined ? '' : `, since ${since}`;
  const more = standing === 'draining' ? '; it is being stopped' : '';
  return `${sayNodeName(node, now)} works on it, claim ${node.claim}${begun}${more}`;
}

/** What becomes of the story of a node that is away, or of its stories. */
export function sayFate(now: StoryNodeNow, nowMs: number, count = 1): string {
  const { standing, seenMs, keepsMs = clusterTimes.claimMs } = now;
  const goes = count === 1 ? 'it goes to another' : 'they go to others';
  if (standing === 'revoked') return goes;
  if (standing === 'disconnected') return 'it tries again by itself';
  if (seenMs > 0 && nowMs - seenMs > keepsMs) return `${goes} now`;
  return `after ${sayLong(keepsMs)} ${goes}`;
}

/** Where a story stands at its node: what is ready there is on its way here. Untrusted. */
export function sayThere(there: WorkThere | undefined): string | undefined {
  return there?.state === 'verified' ? 'ready' : there?.stage;
}

/** How a claim of this Musher’s own stands, as a node. */
export const claimWords: Readonly<Record<ClaimRecord['state'], string>> = {
  asked: 'asked for',
  begun: 'at work',
  verified: 'ready, and brought',
  releasing: 'given back',
};

/** What that means, and what comes next. */
export function sayClaim(
  { state, reason }: Pick<ClaimRecord, 'state' | 'reason'>,
  isConnected: boolean,
): string {
  const waits = isConnected ? '' : ' once it is heard again';
  switch (state) {
    case 'asked':
      return `the rendezvous says who has it${waits}`;
    case 'begun':
      return isConnected
        ? 'it is worked on and checked here, like any other'
        : 'it goes on here while this Musher is cut off';
    case 'verified':
      return `the rendezvous takes it${waits}`;
    case 'releasing':
      return reason ?? 'no reason was said';
  }
}

/** Of a node whose Musher is another than this one; undefined where they are the same, or one is not known. */
export function sayOtherVersion(there: string | undefined, here: string | undefined) {
  if (there === undefined || here === undefined || there === here) return undefined;
  const order = compareVersions(there, here);
  if (order === 0) return `here ${here}: install the same on both`;
  return order < 0
    ? `older than ${here} here: update it there`
    : `newer than ${here} here: update this one`;
}

/** By the numbers before a hyphen; where those are the same, one with a hyphen comes first. Untrusted: what has no numbers is like the other. */
function compareVersions(a: string, b: string): number {
  const [one, other] = [numbersOf(a), numbersOf(b)];
  if (one === undefined || other === undefined) return 0;
  for (let at = 0; at < 3; at += 1) {
    const by = (one[at] ?? 0) - (other[at] ?? 0);
    if (by !== 0) return by;
  }
  return Number(!a.includes('-')) - Number(!b.includes('-'));
}

function numbersOf(version: string): number[] | undefined {
  const found = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})/.exec(version);
  return found?.slice(1).map(Number);
}
