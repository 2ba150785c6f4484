/** The columns of the board, what stands in each, and in which order. Pure. */
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { storyPriorities } from '../../../../preload/contract/story-stages.ts';
import type { StoryStage } from '../../../../preload/contract/story-stages.ts';
import { stageTitles } from '../stage-words.ts';

/** `aside`: blocked, held and frozen, which go on where they were. */
export const columns = [
  ...(['backlog', 'coding', 'qa', 'merge', 'merge_failed', 'done', 'aside'] as const),
] as const;
export type ColumnId = (typeof columns)[number];

export function titleOf(column: ColumnId): string {
  return column === 'aside' ? 'Aside' : stageTitles[column];
}

/** Undefined for what is over: no column has it. */
export function columnOf({ place }: Pick<StoryRecord, 'place'>): ColumnId | undefined {
  return byStage[place.stage];
}

const byStage: Readonly<Partial<Record<StoryStage, ColumnId>>> = {
  ...{ backlog: 'backlog', coding: 'coding', qa: 'qa', merge: 'merge' },
  ...{ merge_failed: 'merge_failed', done: 'done' },
  ...{ blocked: 'aside', held: 'aside', frozen: 'aside' },
};

const ranks: Readonly<Record<string, number>> = Object.fromEntries(
  storyPriorities.map((priority, rank) => [priority, rank]),
);

/** What came last to `done` first, for it is what one looks for; elsewhere the most urgent, then the oldest: as they are taken. */
export function compareIn(column: ColumnId, a: StoryRecord, b: StoryRecord): number {
  const first =
    column === 'done' ? b.sinceMs - a.sinceMs : (ranks[a.priority] ?? 0) - (ranks[b.priority] ?? 0);
  return first === 0 ? numberOf(a.id) - numberOf(b.id) : first;
}

/** `s-12` is the twelfth that was written. */
export function numberOf(id: string): number {
  return Number(id.slice(2));
}
