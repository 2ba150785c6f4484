/**
 * As a rendezvous: what is to be done about the claims of its nodes, from what is. One pure function; asked twice it says the same, and once it was
 * done, nothing. So it is asked after each change and at the start, and a crash between two steps is found by the next look.
 */
import type { ClaimSaid, Verdict } from '../../../../preload/contract/claim-facts.ts';
import type { Agent } from '../../agents/index.ts';
import { isReady, type StoriesState, type Story, storyOf } from '../../stories/index.ts';
import { broughtKey, type ClaimsState, type Taken } from './claim-slice.ts';
import { landedBy } from './decide-claims.ts';
import { type Claim, isVerified, winnerOf } from './winner.ts';

export interface LendingNode {
  readonly id: string;
  readonly label: string;
  /** What its part says, by story. */
  readonly claims: Readonly<Record<string, ClaimSaid>>;
  /** Its part is what it says now, and not what was remembered of it. */
  readonly isHeard: boolean;
  /** Its machine is to leave. */
  readonly isLeaving: boolean;
  /** It was not heard for longer than a claim lasts. */
  readonly isLapsed: boolean;
}

export interface LendScene {
  readonly stories: StoriesState;
  readonly claims: ClaimsState;
  /** Joined, by id. */
  readonly nodes: ReadonlyMap<string, LendingNode>;
  /** Stories that a node has. */
  readonly lent: readonly Story[];
  /** Nothing begins while the pipeline is paused. */
  readonly isOn: boolean;
  agent(name: string): Agent | undefined;
  /** An agent of this machine is about to have it. */
  isBegun(story: string): boolean;
}

export type LendStep = { readonly story: string } & (
  | { readonly do: 'lend'; readonly node: string; readonly claim: number }
  | { readonly do: 'give_back'; readonly reason: string }
  | { readonly do: 'block'; readonly reason: string }
  /** It is fetched, and then it is decided whether it is taken or late. */
  | { readonly do: 'fetch'; readonly node: string; readonly claim: number; readonly commit: string }
  /** An agent at the commit, the story given to it, and submitted: from there it is landed like any other. */
  | { readonly do: 'make' | 'give' | 'submit'; readonly taken: Taken }
);

export interface LendPlan {
  readonly steps: readonly LendStep[];
  /** By node and story. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

export function planLending(scene: LendScene): LendPlan {
  const verdicts = new Map<string, Verdict>();
  const byStory = new Map<string, Claim[]>();
  for (const { id: node, claims } of scene.nodes.values())
    for (const [story, said] of Object.entries(claims)) {
      const outcome = outcomeOf(scene, { node, story, claim: said.claim });
      if (outcome !== undefined)
        verdicts.set(broughtKey(node, story), { claim: said.claim, outcome });
      else byStory.set(story, [...(byStory.get(story) ?? []), { node, said }]);
    }
  const steps: LendStep[] = [];
  for (const story of scene.lent) steps.push(...aboutLent(scene, story));
  for (const [id, claims] of byStory) steps.push(...aboutClaims(scene, id, claims));
  return { steps, verdicts };
}

interface Of {
  readonly node: string;
  readonly story: string;
  readonly claim: number;
}

function outcomeOf({ claims }: LendScene, { node, story, claim }: Of) {
  const known = claims.brought.byId.get(broughtKey(node, story));
  return known?.claim === claim ? known.outcome : undefined;
}

/** A story that a node has: whether it still has it, and whether it was brought. */
function aboutLent(scene: LendScene, story: Story): LendStep[] {
  const { id, node: holder, place } = story;
  if (holder === undefined || place.stage !== 'coding') return [];
  const taken = landedBy(scene.claims, story);
  if (taken !== undefined) return bringOn(scene, story, taken);
  const node = scene.nodes.get(holder.id);
  if (node === undefined)
    return [{ do: 'give_back', story: id, reason: `Its node ${holder.id} was locked out.` }];
  const said = node.claims[id];
  const isIts = said?.claim === holder.claim;
  if (isIts && said.state === 'released') {
    const reason = `${node.label}: ${said.reason ?? 'it said no reason'}`;
    if (said.isStuck === true) return [{ do: 'block', story: id, reason }];
    return [{ do: 'give_back', story: id, reason }];
  }
  if (node.isLapsed)
    return [{ do: 'give_back', story: id, reason: `${node.label} was not heard for too long.` }];
  // What is only remembered of it may be older than its claim.
  if (!isIts && node.isHeard)
    return [{ do: 'give_back', story: id, reason: `${node.label} does not work on it any more.` }];
  return [];
}

/** What is next on the way from a commit to a story that is checked. */
function bringOn({ agent: find }: LendScene, story: Story, taken: Taken): LendStep[] {
  const { id } = story;
  const agent = find(taken.agent);
  const block = (what: string): LendStep[] => [
    { do: 'block', story: id, reason: `${what} What ${taken.node} made is kept as ${taken.ref}.` },
  ];
  switch (agent?.state) {
    case undefined:
      return [{ do: 'make', story: id, taken }];
    case 'destroying':
    case 'destroyed':
      return block(`Agent ${taken.agent}, in whose name it was to be landed, was destroyed.`);
    case 'stopped':
      if (agent.failure !== undefined)
        return block(`Agent ${taken.agent} could not be made: ${agent.failure.message}`);
      return [{ do: story.agent === taken.agent ? 'submit' : 'give', story: id, taken }];
    default:
      // It is being made.
      return [];
  }
}

/** Of those on one story the winner, once it is to be done what it is there for. */
function aboutClaims(scene: LendScene, id: string, claims: readonly Claim[]): LendStep[] {
  const story = storyOf(scene.stories, id);
  const verified = claims.filter(isVerified);
  if (story === undefined || isPast(story)) return verified.map((claim) => fetch(id, claim));
  // Whoever is away gets nothing new; what it has done counts all the same.
  const present = claims.filter((claim) => isVerified(claim) || isPresent(scene, claim.node));
  const winner = winnerOf(id, present, story.node);
  if (winner === undefined) return [];
  const { node, said } = winner;
  if (story.node !== undefined)
    return isVerified(winner) && story.place.stage === 'coding' ? [fetch(id, winner)] : [];
  const isFree = story.agent === undefined && !scene.isBegun(id) && isReady(scene.stories, story);
  // What is done already does not wait for the pipeline.
  const isWanted = isFree && (scene.isOn || isVerified(winner));
  return isWanted ? [{ do: 'lend', story: id, node, claim: said.claim }] : [];
}

/** A link may stand open long after nothing comes by it any more. */
function isPresent({ nodes }: LendScene, id: string): boolean {
  const node = nodes.get(id);
  return node?.isHeard === true && !node.isLapsed && !node.isLeaving;
}

function fetch(story: string, { node, said }: Claim): LendStep {
  return { do: 'fetch', story, node, claim: said.claim, commit: said.commit ?? '' };
}

/** It went on without its nodes. */
function isPast({ place, node }: Story): boolean {
  const stage = 'over' in place ? place.over.stage : place.stage;
  if (stage === 'backlog') return false;
  return stage !== 'coding' || node === undefined;
}
