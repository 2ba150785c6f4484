/**
 * The stages of a story and every way from one to another: one table, read by what decides, by the refusals, by the docs and by whoever
 * draws a board. Pure facts; who is in which stage is not known here.
 */

/** Along the line, in its order, then beside it. A story is in exactly one. */
export const storyStages = [
  ...(['backlog', 'coding', 'qa', 'merge', 'merge_failed', 'done', 'archived'] as const),
  ...(['blocked', 'held', 'frozen', 'abandoned', 'superseded'] as const),
] as const;
export type StoryStage = (typeof storyStages)[number];

/** Where work goes on; a side state that ends leads back to one of these. */
export const lineStages = ['backlog', 'coding', 'qa', 'merge', 'merge_failed'] as const;
export type LineStage = (typeof lineStages)[number];

export const storyTypes = ['story', 'bug', 'spike', 'chore'] as const;
export type StoryType = (typeof storyTypes)[number];

/** The most urgent first. */
export const storyPriorities = ['critical', 'high', 'normal', 'low'] as const;

/** Who moves it: the person, the hub (gates, merges, timers), or the agent whose story it is. */
export type StoryMover = 'operator' | 'system' | 'owner';

/**
 * What a move cannot be without: `reason`: a text; `commit`: a full commit id, given or submitted before; `merge`: what the merge made
 * and when; `failure`: its kind; `successor`: the story that takes its place; `dependencies`: all of them met; `home`: it came from another
 * Musher, and goes back there; `node`: another machine works on it.
 */
export type MoveNeed =
  | ('reason' | 'commit' | 'merge' | 'failure' | 'successor' | 'dependencies')
  | ('home' | 'node');

export interface StoryTransition {
  readonly name: string;
  readonly from: readonly StoryStage[];
  /** `former`: where it was before the side state. */
  readonly to: StoryStage | 'former';
  readonly who: readonly StoryMover[];
  readonly needs?: readonly MoveNeed[];
  /** Of side states: only when it was in one of these before. */
  readonly over?: readonly LineStage[];
  /** Left out: of any type. */
  readonly types?: readonly StoryType[];
  readonly why: string;
}

const active = lineStages;
const begun = ['coding', 'qa', 'merge', 'merge_failed'] as const;
const living = [...lineStages, 'blocked', 'held', 'frozen'] as const;
const both = ['operator', 'system'] as const;
const anyone = ['operator', 'system', 'owner'] as const;

/** In the order in which they are offered; two that lead the same way for the same mover differ by type or by `over`. */
export const storyTransitions = [
  row('start', ['backlog'], 'coding', both, 'work begins', { needs: ['dependencies'] }),
  row(
    'submit',
    ['coding'],
    'qa',
    anyone,
    'its agent says that it is done, or its program ended with commits',
  ),
  row('skip_qa', ['coding'], 'merge', both, 'nothing is to be checked before the merge', {
    needs: ['commit'],
  }),
  row('pass', ['qa'], 'merge', both, 'gates and review are content', { needs: ['commit'] }),
  row('fail', ['qa'], 'coding', both, 'gates or review are not content'),
  row('conclude', ['qa'], 'done', both, 'a spike brings an answer and no code', {
    types: ['spike'],
  }),
  row('deliver', ['qa'], 'done', ['system'], 'checked here; it is merged where it came from', {
    needs: ['commit', 'home'],
  }),
  row('merged', ['merge'], 'done', ['system'], 'the commit is in the target branch', {
    needs: ['merge'],
  }),
  row(
    'fail_merge',
    ['merge'],
    'merge_failed',
    ['system'],
    'conflict, red gates on the merge result, or no code in it',
    { needs: ['failure'] },
  ),
  row('abort_merge', ['merge'], 'coding', both, 'the merge is not wanted yet'),
  row(
    'retry_merge',
    ['merge_failed'],
    'merge',
    both,
    'the same or a mended commit is tried again',
    { needs: ['commit'] },
  ),
  row('fix', ['merge_failed'], 'coding', both, 'the work itself must be mended'),
  row('requeue', ['merge_failed'], 'qa', both, 'the mended work is checked again'),
  row('mend', ['merge_failed'], 'qa', ['owner'], 'its merge agent has mended it', {
    needs: ['commit'],
  }),
  row('close', active, 'done', ['operator'], 'done without a merge of Musher’s', {
    needs: ['reason'],
  }),
  row('shelve', begun, 'backlog', ['operator'], 'not now; its agent is free'),
  row('give_back', ['coding'], 'backlog', ['system'], 'its node gave it back, or was lost', {
    needs: ['reason', 'node'],
  }),
  row(
    'reopen',
    ['done', 'abandoned', 'superseded'],
    'backlog',
    ['operator'],
    'there is more to do, or it was an oversight',
  ),
  row('archive', ['done'], 'archived', both, 'its retention is over'),
  row('block', active, 'blocked', anyone, 'it cannot go on without help', { needs: ['reason'] }),
  row('unblock', ['blocked'], 'former', both, 'help came'),
  row('hold', active, 'held', both, 'somebody is to look at it first'),
  row('release', ['held'], 'former', ['operator'], 'looked at'),
  row('approve', ['held'], 'merge', ['operator'], 'a person reviewed it and said yes', {
    needs: ['commit'],
    over: ['qa'],
  }),
  row('reject', ['held'], 'coding', ['operator'], 'a person reviewed it and said no', {
    over: ['qa', 'merge', 'merge_failed'],
  }),
  row('freeze', active, 'frozen', ['operator'], 'put on ice as it is'),
  row('unfreeze', ['frozen'], 'former', ['operator'], 'off the ice'),
  row('abandon', living, 'abandoned', both, 'it will not be done'),
  row('supersede', living, 'superseded', ['operator'], 'another story does it', {
    needs: ['successor'],
  }),
] as const satisfies readonly StoryTransition[];

export type TransitionName = (typeof storyTransitions)[number]['name'];

/** What of a story decides where it may go. */
export interface Standing {
  readonly stage: StoryStage;
  /** Of a side state: where it was before. */
  readonly over?: LineStage | undefined;
  readonly type: StoryType;
}

/** What is legal from there for this mover. */
export function legalTransitions(
  { stage, over, type }: Standing,
  mover: StoryMover,
): Array<StoryTransition & { readonly name: TransitionName }> {
  const all: ReadonlyArray<StoryTransition & { readonly name: TransitionName }> = storyTransitions;
  return all.filter(
    (one) =>
      one.from.includes(stage) &&
      one.who.includes(mover) &&
      (one.types?.includes(type) ?? true) &&
      (one.over === undefined || (over !== undefined && one.over.includes(over))),
  );
}

/** Where a transition leads from there. */
export function targetOf({ to }: StoryTransition, { over = 'backlog' }: Standing): StoryStage {
  return to === 'former' ? over : to;
}

/** The one that leads there; undefined when none may. The drop targets of a board are those stages that have one. */
export function transitionTo(standing: Standing, to: StoryStage, mover: StoryMover) {
  return legalTransitions(standing, mover).find((one) => targetOf(one, standing) === to);
}

/** For a refusal: `submit (to qa), block (to blocked)`. */
export function sayLegal(standing: Standing, mover: StoryMover): string {
  const legal = legalTransitions(standing, mover);
  const said = legal.map((one) => `${one.name} (to ${targetOf(one, standing)})`);
  return said.join(', ') || 'nothing';
}

/** Nothing goes on with it of itself, and nobody need look at it. */
export function isOver(stage: StoryStage): boolean {
  return stage === 'archived' || stage === 'abandoned' || stage === 'superseded';
}

function row<
  const Name extends string,
  const From extends readonly StoryStage[],
  const To extends StoryStage | 'former',
>(
  ...[name, from, to, who, why, more]: [
    ...[name: Name, from: From, to: To, who: readonly StoryMover[], why: string],
    more?: Pick<StoryTransition, 'needs' | 'over' | 'types'>,
  ]
): StoryTransition & { readonly name: Name } {
  return { name, from, to, who, why, ...more };
}
