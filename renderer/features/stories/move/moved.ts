/** Moves made on this page that the hub has not confirmed: shown as if it had, and taken back when it refuses. */
import { create } from 'zustand';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import type { StoryStage } from '../../../../preload/contract/story-stages.ts';
import type { Table } from '../../../../preload/contract/table.ts';
import { movedTo, type Said } from './targets.ts';

export interface Moved {
  readonly story: string;
  /** Of the decision that holds it. */
  readonly subject: string;
  readonly from: StoryStage;
  readonly to: StoryStage;
  /** False when it was refused or undone. */
  readonly settled: Promise<boolean>;
  readonly apply: (story: StoryRecord) => StoryRecord;
}

export const useMoved = create<{ readonly moves: readonly Moved[] }>(() => ({ moves: [] }));

export function addMoved(moved: Omit<Moved, 'apply'>, said: Said, atMs: number): void {
  // The same answer for the same record: what did not change is not drawn again.
  const known = new WeakMap<StoryRecord, StoryRecord>();
  const apply = (story: StoryRecord): StoryRecord => {
    if (story.place.stage !== moved.from) return story;
    const after = known.get(story) ?? movedTo(story, { to: moved.to, said, atMs });
    known.set(story, after);
    return after;
  };
  useMoved.setState(({ moves }) => ({ moves: [...moves, { ...moved, apply }] }));
}

export function dropMoved(subject: string): void {
  useMoved.setState(({ moves }) => ({ moves: moves.filter((one) => one.subject !== subject) }));
}

/** In the order they were made. */
export function withMoves(table: Table<StoryRecord>, moves: readonly Moved[]): Table<StoryRecord> {
  return moves.reduce((stories, { story, apply }) => stories.update(story, apply), table);
}
