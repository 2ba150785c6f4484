/**
 * As a node: what is to be done about its claims, from what the rendezvous told last, what this hub knows of its own stories, and what it has room
 * for. Pure; asked twice it says the same, and once it was done, nothing.
 */
import type {
  claimEnds,
  ClaimRecord,
  ClaimSaid,
  ClaimsSaid,
  StoryWork,
} from '../../../../preload/contract/claim-facts.ts';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { isOver } from '../../../../preload/contract/story-stages.ts';
import type { Story } from '../../stories/index.ts';
import type { BoardSaid } from '../ports.ts';
import { asks, isAnothers, settleMs } from './ask-plan.ts';
import { broughtKey } from './claim-slice.ts';

export interface HelpScene {
  /** This node's id. */
  readonly node: string;
  /** What was told is what the rendezvous says now. */
  readonly isConnected: boolean;
  /** Of peers that are linked now. */
  readonly peers: ReadonlyMap<string, ClaimsSaid>;
  /** They and this node go on without the rendezvous. */
  readonly isTogether: boolean;
  /** By the clock that events are told by, Unix ms. */
  readonly nowMs: number;
  readonly told: BoardSaid;
  /** Of the rendezvous. */
  readonly story: (id: string) => StoryRecord | undefined;
  readonly claims: readonly ClaimRecord[];
  /** Of this hub. */
  readonly local: (id: string) => Story | undefined;
  /** Stories that it may claim beside those that it has. */
  readonly room: number;
  readonly canRun: (profile: string | undefined) => boolean;
  /** This machine is to leave: what has not begun is given back. */
  readonly isLeaving: boolean;
}

type End = (typeof claimEnds)[number];

export type HelpStep = { readonly story: string } & (
  | { readonly do: 'ask'; readonly title: string }
  /** The story is written here, and the claim begins. */
  | { readonly do: 'begin'; readonly claim: ClaimRecord }
  | { readonly do: 'publish'; readonly claim: ClaimRecord; readonly commit: string }
  | {
      readonly do: 'release';
      readonly claim: ClaimRecord;
      readonly reason: string;
      readonly isStuck: boolean;
    }
  /** Its work here is given up; files are kept as ever. */
  | { readonly do: 'drop'; readonly local: string; readonly reason: string }
  | { readonly do: 'end'; readonly claim: ClaimRecord; readonly how: End }
);

export function planHelp(scene: HelpScene): HelpStep[] {
  const own = scene.claims.flatMap((claim) => stepsOf(scene, claim));
  return [...own, ...asks(scene)];
}

function stepsOf(scene: HelpScene, claim: ClaimRecord): HelpStep[] {
  const story = claim.id;
  if (claim.node !== scene.node) return over(scene, claim, 'lost');
  switch (claim.state) {
    case 'asked':
      return aboutAsked(scene, claim);
    case 'begun':
      return aboutBegun(scene, claim);
    case 'verified': {
      const verdict = scene.told.verdicts.get(broughtKey(scene.node, story));
      return verdict?.claim === claim.claim
        ? [{ do: 'end', story, claim, how: verdict.outcome }]
        : [];
    }
    case 'releasing': {
      const isHeard = !isOwn(scene, claim) || scene.story(story)?.place.stage === 'blocked';
      return scene.isConnected && isHeard ? over(scene, claim, 'released') : [];
    }
  }
}

function aboutAsked(scene: HelpScene, claim: ClaimRecord): HelpStep[] {
  const { id: story } = claim;
  if (scene.isLeaving)
    return isOwn(scene, claim)
      ? [{ do: 'release', story, claim, reason: leaves, isStuck: false }]
      : [{ do: 'end', story, claim, how: 'refused' }];
  const work = scene.told.work.get(story);
  if (isOwn(scene, claim)) return work && isOf(claim, work) ? [{ do: 'begin', story, claim }] : [];
  const isOpen = !scene.isConnected || scene.told.offers.has(story);
  if (!isOpen || isAnothers(scene, claim)) return [{ do: 'end', story, claim, how: 'refused' }];
  const isHeard = scene.nowMs - claim.sinceMs >= settleMs;
  const begins = scene.isTogether && isHeard && work !== undefined;
  return begins ? [{ do: 'begin', story, claim }] : [];
}

const leaves = 'its machine is being stopped, and it had not begun';

/** What an offer said may be older than what its node is told. */
function isOf({ claim }: ClaimRecord, { node }: StoryWork): boolean {
  return node?.claim === claim;
}

function aboutBegun(scene: HelpScene, claim: ClaimRecord): HelpStep[] {
  const { id: story } = claim;
  if (scene.isConnected && isLost(scene, claim)) return over(scene, claim, 'lost');
  const local = scene.local(claim.local ?? '');
  const release = (reason: string, isStuck: boolean): HelpStep[] => [
    { do: 'release', story, claim, reason, isStuck },
  ];
  if (local === undefined) return release('it is not remembered here any more', false);
  const { place } = local;
  if (scene.isLeaving && place.stage === 'backlog') return release(leaves, false);
  switch (place.stage) {
    case 'blocked':
      return release(place.reason, true);
    case 'abandoned':
    case 'superseded':
      return release(`it was given up on the node`, false);
    case 'done':
    case 'archived': {
      const commit = place.commit ?? place.merge?.commit;
      return commit === undefined
        ? release('it was closed on the node without a commit', false)
        : [{ do: 'publish', story, claim, commit }];
    }
    default:
      return [];
  }
}

/** The rendezvous says that this node has it, by this claim. */
function isOwn({ node, story }: HelpScene, { id, claim }: ClaimRecord): boolean {
  const held = story(id)?.node;
  return held?.id === node && held.claim === claim;
}

/** Somebody else has it, or it is over. What waits in the backlog comes back to who claims it still. */
function isLost(scene: HelpScene, claim: ClaimRecord): boolean {
  if (isOwn(scene, claim)) return false;
  const record = scene.story(claim.id);
  return record?.place.stage !== 'backlog' || record.agent !== undefined;
}

/** First what was begun here, then the claim: a crash between the two is found again. */
function over(scene: HelpScene, claim: ClaimRecord, how: End): HelpStep[] {
  const local = scene.local(claim.local ?? '');
  const isAlive = local !== undefined && local.place.stage !== 'done' && !isOver(local.place.stage);
  if (!isAlive) return [{ do: 'end', story: claim.id, claim, how }];
  const reason =
    how === 'lost'
      ? 'The rendezvous has given it to another, or it is over there.'
      : 'It was given back to the rendezvous.';
  return [{ do: 'drop', story: claim.id, local: local.id, reason }];
}

/** What the node's part says of its claims. */
export function saidOf({ claims, local }: Pick<HelpScene, 'claims' | 'local'>): ClaimsSaid {
  return Object.fromEntries(claims.map((claim) => [claim.id, sayClaim(claim, local)]));
}

const said = {
  asked: 'working',
  begun: 'working',
  verified: 'verified',
  releasing: 'released',
} as const;

function sayClaim(claim: ClaimRecord, local: HelpScene['local']): ClaimSaid {
  const story = local(claim.local ?? '');
  const { commit, reason, isStuck, state } = claim;
  return {
    ...{ claim: claim.claim, state: said[state] },
    ...(commit !== undefined && { commit }),
    ...(reason !== undefined && { reason }),
    ...(isStuck !== undefined && { isStuck }),
    ...(story !== undefined && { stage: story.place.stage }),
    ...(story?.agent !== undefined && { agent: story.agent }),
  };
}
