/**
 * Where a story may go, and why not where it may not: read from the table of transitions, so that the board offers what the hub
 * takes. Pure.
 */
import type { Place, StoryRecord } from '../../../../preload/contract/story-facts.ts';
import {
  legalTransitions,
  type Standing,
  type StoryStage,
  type StoryTransition,
  storyStages,
  storyTransitions,
  targetOf,
} from '../../../../preload/contract/story-stages.ts';
import { stageTitles, typeTitles } from '../stage-words.ts';
import { isNever, type Known, sayUnmet, unmetOf } from '../waits-for.ts';

/** What the operator has to say before it can go there. */
export type Asked = 'reason' | 'commit' | 'successor';

export interface Target {
  readonly stage: StoryStage;
  /** Its name, where it is legal and nothing is in its way. */
  readonly transition?: string;
  /** What it is for, or why it cannot be. */
  readonly why: string;
  readonly asks: readonly Asked[];
}

export interface World extends Known {
  /** Another story that the agent has in work. */
  inWorkOf(agent: string, except: string): StoryRecord | undefined;
}

export function standingOf({ place, type }: Pick<StoryRecord, 'place' | 'type'>): Standing {
  return { stage: place.stage, type, over: 'over' in place ? place.over.stage : undefined };
}

/** One for each stage but its own, in the order of the table of stages. */
export function targetsOf(story: StoryRecord, world: World): readonly Target[] {
  const standing = standingOf(story);
  const legal = legalTransitions(standing, 'operator');
  return storyStages
    .filter((stage) => stage !== standing.stage)
    .map((stage): Target => {
      const transition = legal.find((one) => targetOf(one, standing) === stage);
      if (transition === undefined)
        return { stage, why: whyIllegal(standing, stage, legal), asks: [] };
      const hindrance = hindranceOf(story, { transition, stage, world });
      if (hindrance !== undefined) return { stage, why: hindrance, asks: [] };
      const asks = asksOf(story, transition);
      return { stage, transition: transition.name, why: transition.why, asks };
    });
}

/** What is legal from there, for who tried something else. */
export function sayLegal(targets: readonly Target[]): string {
  const titles = targets
    .filter(({ transition }) => transition)
    .map(({ stage }) => stageTitles[stage]);
  return titles.join(', ') || 'nowhere';
}

function whyIllegal(standing: Standing, to: StoryStage, legal: readonly StoryTransition[]): string {
  const all: readonly StoryTransition[] = storyTransitions;
  const leads = all.filter(
    (one) => one.from.includes(standing.stage) && targetOf(one, standing) === to,
  );
  const [first] = leads;
  const ofType = leads.find((one) => one.who.includes('operator') && one.types !== undefined);
  if (ofType?.types)
    return `Only a ${ofType.types.map((type) => typeTitles[type].toLowerCase()).join(' or ')}: ${ofType.why}`;
  if (first !== undefined) return `Musher’s own move: ${first.why}`;
  const stages = [...new Set(legal.map((one) => targetOf(one, standing)))];
  const line = stages.filter((stage) => !isSide(stage)).map((stage) => stageTitles[stage]);
  return `Not from ${stageTitles[standing.stage]}; from there to ${line.join(', ') || 'no column'}`;
}

function isSide(stage: StoryStage): boolean {
  return ['blocked', 'held', 'frozen', 'abandoned', 'superseded'].includes(stage);
}

interface Way {
  readonly transition: StoryTransition;
  readonly stage: StoryStage;
  readonly world: World;
}

/** Legal by the table, and yet not now. */
function hindranceOf(story: StoryRecord, { transition, stage, world }: Way): string | undefined {
  if (transition.needs?.includes('dependencies')) {
    const unmet = unmetOf(story, world);
    if (unmet.length > 0)
      return `Waits for ${sayUnmet(unmet)}${isNever(unmet) ? ', which will not be done' : ''}`;
  }
  const { agent } = story;
  if (agent === undefined || isInWork(story.place) || !workStages.includes(stage)) return undefined;
  const other = world.inWorkOf(agent, story.id);
  return other && `${agent} has ${other.id} in work already`;
}

const workStages: readonly StoryStage[] = ['coding', 'qa', 'merge', 'merge_failed'];

/** In somebody's hands. */
export function isInWork(place: Place): boolean {
  return workStages.includes('over' in place ? place.over.stage : place.stage);
}

function asksOf(story: StoryRecord, { needs = [] }: StoryTransition): readonly Asked[] {
  return needs.flatMap((need): Asked[] => {
    if (need === 'commit') return commitOf(story.place) === undefined ? ['commit'] : [];
    return need === 'reason' || need === 'successor' ? [need] : [];
  });
}

export function commitOf(place: Place): string | undefined {
  const line = 'over' in place ? place.over : place;
  return 'commit' in line ? line.commit : undefined;
}

export interface Said {
  readonly reason?: string;
  readonly commit?: string;
  readonly by?: string;
}

export interface Step {
  readonly to: StoryStage;
  readonly said?: Said;
  readonly atMs: number;
}

/** As it will be when the hub takes it: shown until it says so itself. */
export function movedTo(story: StoryRecord, { to, said = {}, atMs }: Step): StoryRecord {
  const place = placeAt(story.place, to, said);
  const { agent: _agent, ...free } = story;
  const isBack = to === 'backlog' && !('over' in story.place);
  const kept = isBack || to === 'abandoned' || to === 'superseded' ? free : story;
  const { node, ...others } = kept;
  // A machine has it in coding alone.
  const isCoding = ('over' in place ? place.over.stage : place.stage) === 'coding';
  return { ...others, ...(node && isCoding && { node }), place, sinceMs: atMs };
}

function placeAt(place: Place, to: StoryStage, { reason, commit, by = '' }: Said): Place {
  if ('over' in place && place.over.stage === to) return place.over;
  const why = reason === undefined ? {} : { reason };
  const has = commit ?? commitOf(place);
  switch (to) {
    case 'qa':
      return { stage: to, ...(has !== undefined && { commit: has }) };
    case 'merge':
      return { stage: to, commit: has ?? '' };
    case 'blocked':
      return { stage: to, reason: reason ?? '', over: lineOf(place) };
    case 'held':
    case 'frozen':
      return { stage: to, ...why, over: lineOf(place) };
    case 'superseded':
      return { stage: to, by };
    case 'done':
    case 'archived':
    case 'abandoned':
      return { stage: to, ...why };
    case 'merge_failed':
      return { stage: to, commit: has ?? '', kind: 'other' };
    default:
      return { stage: to };
  }
}

function lineOf(place: Place) {
  if ('over' in place) return place.over;
  switch (place.stage) {
    case 'coding':
    case 'qa':
    case 'merge':
    case 'merge_failed':
      return place;
    default:
      return { stage: 'backlog' } as const;
  }
}
