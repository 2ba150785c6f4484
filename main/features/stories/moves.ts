/** Moves of stories: the table of stages says what is legal, here it is said what each brings along. Pure. */
import type { CommandData } from '../../../preload/contract/define.ts';
import type { stories } from '../../../preload/contract/stories.ts';
import { stories as contract } from '../../../preload/contract/stories.ts';
import type {
  LinePlace,
  Place,
  StoryCause,
  StoryNode,
} from '../../../preload/contract/story-facts.ts';
import {
  legalTransitions,
  type MoveNeed,
  sayLegal,
  type StoryStage,
  type StoryTransition,
  targetOf,
  transitionTo,
} from '../../../preload/contract/story-stages.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { requireDependencies, unmetOf } from './dependencies.ts';
import { type Ctx, isInWork, moverOf, requireFree, requireOwned, requireStory } from './require.ts';
import { standingOf, type Story } from './slice.ts';

export type Moved = Result<Decision<{ story: string; stage: StoryStage }>>;

/** What a move is made with; what it needs and has not is refused. */
export interface MoveFacts {
  readonly cause: StoryCause;
  readonly reason?: string | undefined;
  readonly commit?: string | undefined;
  readonly by?: string | undefined;
  readonly merge?: { readonly mergeCommit: string; readonly mergedMs: number } | undefined;
  readonly failure?: { readonly kind: string; readonly detail?: string | undefined } | undefined;
  readonly node?: StoryNode | undefined;
}

const byCommand: StoryCause = { kind: 'command' };

/** To a stage, by whichever transition leads there. */
export function decideMove(ctx: Ctx, data: CommandData<typeof stories, 'story.move'>): Moved {
  const found = requireStory(ctx.state, data.story);
  if (!found.ok) return found;
  const { stage } = found.value.place;
  if (data.from !== undefined && data.from !== stage)
    return refuse('STORY_MOVED', { story: data.story, stage, from: data.from });
  const standing = standingOf(found.value);
  const transition = transitionTo(standing, data.to, moverOf(ctx.actor));
  if (transition === undefined) return illegal(ctx, found.value, `go to ${data.to}`);
  const { reason, commit, by } = data;
  return move(ctx, found.value, { transition, facts: { cause: byCommand, reason, commit, by } });
}

/** By name, as the hub's own parts do. */
export function decideAdvance(ctx: Ctx, data: CommandData<typeof stories, 'story.advance'>): Moved {
  const { story, transition, ...facts } = data;
  return named(ctx, { story, name: transition, facts });
}

export function decideSubmit(
  ctx: Ctx,
  { story, commit, note }: CommandData<typeof stories, 'story.submit'>,
): Moved {
  const facts = { cause: byCommand, commit, reason: note };
  // Where the merge failed, its agent is the one that mends it.
  const isMended = ctx.state.open.get(story)?.place.stage === 'merge_failed';
  const name = isMended && moverOf(ctx.actor) === 'owner' ? 'mend' : 'submit';
  return named(ctx, { story, name, facts });
}

export function decideSupersede(
  ctx: Ctx,
  { story, by, reason }: CommandData<typeof stories, 'story.supersede'>,
): Moved {
  return named(ctx, { story, name: 'supersede', facts: { cause: byCommand, by, reason } });
}

/** A command that is one transition. */
export function decideSide(name: string) {
  return (ctx: Ctx, { story, reason }: { story: string; reason?: string | undefined }): Moved =>
    named(ctx, { story, name, facts: { cause: byCommand, reason } });
}

function named(
  ctx: Ctx,
  { story, name, facts }: { story: string; name: string; facts: MoveFacts },
): Moved {
  const found = requireOwned(ctx, story);
  if (!found.ok) return found;
  const legal = legalTransitions(standingOf(found.value), moverOf(ctx.actor));
  const transition = legal.find((one) => one.name === name);
  return transition === undefined
    ? illegal(ctx, found.value, `take the step ${name}`)
    : move(ctx, found.value, { transition, facts });
}

function illegal(ctx: Ctx, story: Story, what: string) {
  const legal = sayLegal(standingOf(story), moverOf(ctx.actor));
  return refuse('STORY_MOVE_ILLEGAL', { story: story.id, what, stage: story.place.stage, legal });
}

/**
 * Taken by the merge itself, right before it moves the branch: from here on nobody moves the story until the outcome is told. A yes that was said
 * while the story was checked, or after its merge failed, takes it along.
 */
export function decideSeal(
  ctx: Ctx,
  { story: id, commit, approval }: CommandData<typeof stories, 'story.seal'>,
): Result<Decision<Nothing>> {
  const found = requireStory(ctx.state, id);
  if (!found.ok) return found;
  const { place, title } = found.value;
  const name = { qa: 'pass', merge: '', merge_failed: 'retry_merge' }[place.stage as string];
  if (name === undefined || !('commit' in place) || place.commit !== commit)
    return refuse('STORY_NOT_MERGING', { story: id, stage: place.stage, approval });
  if (place.stage === 'merge' && place.sealed === approval) return decided({}, []);
  const sealed = newEvent(contract, 'story.sealed', { story: id, title, commit, approval });
  if (name === '') return decided({}, [sealed]);
  const facts: MoveFacts = { cause: { kind: 'approval', ref: approval } };
  const led = named(ctx, { story: id, name, facts });
  return led.ok ? decided({}, [...led.value.events, sealed]) : led;
}

interface Move {
  readonly transition: StoryTransition;
  readonly facts: MoveFacts;
}

function move(ctx: Ctx, story: Story, { transition, facts }: Move): Moved {
  const to = targetOf(transition, standingOf(story));
  const free = requireUnsealed(story, transition.name);
  if (!free.ok) return free;
  for (const need of transition.needs ?? []) {
    const met = requireNeed(ctx, story, { need, to, facts });
    if (!met.ok) return met;
  }
  const place = isDelivery(transition)
    ? { stage: 'done' as const, commit: commitOf(story, facts) }
    : placeAt(story, to, facts);
  const agent = agentAfter(story, to);
  const node = nodeAfter(story, place, facts);
  if (facts.node !== undefined && story.agent !== undefined)
    return refuse('STORY_NOT_FREE', { story: story.id, agent: story.agent });
  // What goes on must not give its agent a second story.
  if (agent !== undefined && !isInWork(story) && isInWork({ ...story, place })) {
    const idle = requireFree(ctx.state, agent, story.id);
    if (!idle.ok) return idle;
  }
  const saidInPlace = 'reason' in place && place.reason === facts.reason;
  return decided({ story: story.id, stage: to }, [
    newEvent(contract, 'story.moved', {
      ...{ story: story.id, title: story.title, transition: transition.name },
      ...{ from: story.place.stage, place, cause: facts.cause },
      ...(agent !== undefined && { agent }),
      ...(node !== undefined && { node }),
      ...(agent === undefined && story.agent !== undefined && { former: story.agent }),
      ...(facts.reason !== undefined && !saidInPlace && { note: facts.reason }),
    }),
  ]);
}

/** At its last step a merge is not called off: either the branch has moved, or it will not. */
function requireUnsealed({ id, place }: Story, name: string): Result<undefined> {
  const isOutcome = name === 'merged' || name === 'fail_merge';
  if (place.stage !== 'merge' || place.sealed === undefined || isOutcome) return ok(undefined);
  return refuse('STORY_LANDING', { story: id, approval: place.sealed });
}

const hints: Readonly<Record<Exclude<MoveNeed, 'dependencies'>, string>> = {
  home: 'Only a story that was taken from another Musher is delivered there.',
  node: 'Only what a node works on is given back by it.',
  reason: 'Say why, with --reason.',
  commit:
    'Name the full id of the commit that is to be merged, with --commit; there is no merge of nothing.',
  merge: 'Only a merge that Musher made leads there.',
  failure: 'Say how the merge failed.',
  successor: 'Name the story that takes its place: `musher story supersede <story> <other>`.',
};

interface Asked {
  readonly need: MoveNeed;
  readonly to: StoryStage;
  readonly facts: MoveFacts;
}

function requireNeed(ctx: Ctx, story: Story, { need, to, facts }: Asked): Result<unknown> {
  if (need === 'dependencies') {
    const unmet = unmetOf(ctx.state, story).map((one) => `${one.story} (${one.stage})`);
    if (unmet.length === 0) return ok(undefined);
    return refuse('STORY_WAITS', { story: story.id, waitsFor: unmet.join(', ') });
  }
  if (need === 'successor' && facts.by !== undefined && facts.by !== story.id) {
    const successor = requireStory(ctx.state, facts.by);
    return successor.ok
      ? requireDependencies(ctx.state, story.id, [...story.dependsOn, facts.by])
      : successor;
  }
  const has = {
    reason: facts.reason,
    commit: commitOf(story, facts),
    merge: facts.merge,
    failure: facts.failure,
    successor: undefined,
    home: story.source?.home,
    node: story.node,
  }[need];
  if (has !== undefined) return ok(undefined);
  const said =
    need === 'successor' ? 'another story' : need === 'reason' ? 'a reason' : `a ${need}`;
  return refuse('STORY_MOVE_NEEDS', {
    story: story.id,
    what: `go to ${to}`,
    need: said,
    hint: hints[need],
  });
}

/** What was said, or submitted before. */
function commitOf({ place }: Story, { commit }: MoveFacts): string | undefined {
  const line = 'over' in place ? place.over : place;
  return commit ?? ('commit' in line ? line.commit : undefined);
}

function placeAt(story: Story, to: StoryStage, facts: MoveFacts): Place {
  const { place } = story;
  const { reason, merge, failure, by = '' } = facts;
  const commit = commitOf(story, facts);
  const why = reason !== undefined && { reason };
  // Off a side state it is where it was, as it was.
  if ('over' in place && place.over.stage === to && facts.commit === undefined) return place.over;
  switch (to) {
    case 'backlog':
    case 'coding':
      return { stage: to };
    case 'qa':
      return { stage: to, ...(commit !== undefined && { commit }) };
    case 'merge':
      return { stage: to, commit: commit ?? '' };
    case 'merge_failed':
      return {
        stage: to,
        commit: commit ?? '',
        kind: failure?.kind ?? 'other',
        ...(failure?.detail !== undefined && { detail: failure.detail }),
      };
    case 'done':
      return {
        stage: to,
        ...(merge !== undefined && { merge: { ...merge, commit: commit ?? '' } }),
        ...why,
      };
    case 'archived':
      return place.stage === 'done' ? { ...place, stage: to } : { stage: to };
    case 'blocked':
      return { stage: to, reason: reason ?? '', over: lineOf(place) };
    case 'held':
    case 'frozen':
      return { stage: to, ...why, over: lineOf(place) };
    case 'abandoned':
      return { stage: to, ...why };
    case 'superseded':
      return { stage: to, by };
  }
}

/** The table lets only what is on the line go aside. */
function lineOf(place: Place): LinePlace {
  switch (place.stage) {
    case 'backlog':
    case 'coding':
    case 'qa':
    case 'merge':
    case 'merge_failed':
      return place;
    default:
      return { stage: 'backlog' };
  }
}

function isDelivery({ name }: StoryTransition): boolean {
  return name === 'deliver';
}

/** A node has it as long as it is in coding, also while it is set aside there. */
function nodeAfter(story: Story, place: Place, facts: MoveFacts): StoryNode | undefined {
  const before = 'over' in story.place ? story.place.over.stage : story.place.stage;
  const now = 'over' in place ? place.over.stage : place.stage;
  if (now !== 'coding') return undefined;
  return before === 'coding' ? story.node : facts.node;
}

/** Back in the backlog it is nobody's; and what will not be done needs no agent. */
function agentAfter({ agent, place }: Story, to: StoryStage): string | undefined {
  const isBack = to === 'backlog' && !('over' in place);
  return isBack || to === 'abandoned' || to === 'superseded' ? undefined : agent;
}
