/** The board as it is shown: what fits the filter, by column, kept up with each change. */
import { useDeferredValue, useState } from 'react';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import type { Table } from '../../../../preload/contract/table.ts';
import { useStoriesUi } from '../stories-ui.ts';
import { useKnown, useStories } from '../use-stories.ts';
import type { Known } from '../waits-for.ts';
import { type BoardFilter, parseFilter } from './board-filter.ts';
import { type BoardIndex, indexOf, withTable } from './board-index.ts';

export interface Board {
  /** All of them, for the counts. */
  readonly all: BoardIndex;
  /** What fits; the same when nothing is looked for. */
  readonly shown: BoardIndex;
  readonly isFiltered: boolean;
}

const everything = () => true;

/** Remembers the last board, so that the next costs what changed. */
class Boards {
  private all: BoardIndex | undefined;
  private shown: BoardIndex | undefined;
  private typed = '';
  private known: Known | undefined;
  private filter: BoardFilter | undefined;
  private board: Board | undefined;

  at(table: Table<StoryRecord>, typed: string, known: Known): Board {
    const all = this.all === undefined ? indexOf(table, everything) : withTable(this.all, table);
    const isSame =
      this.typed === typed && (this.known === known || this.filter?.looksAround !== true);
    if (!isSame) this.filter = parseFilter(typed, known);
    const shown = this.shownOf(all, isSame);
    const isFiltered = this.filter !== undefined;
    if (this.board?.all !== all || this.board.shown !== shown)
      this.board = { all, shown, isFiltered };
    this.all = all;
    this.shown = shown;
    this.typed = typed;
    this.known = known;
    return this.board;
  }

  private shownOf(all: BoardIndex, isSame: boolean): BoardIndex {
    if (this.filter === undefined) return all;
    if (isSame && this.shown !== undefined) return withTable(this.shown, all.table);
    return indexOf(all.table, this.filter.fits);
  }
}

export function useBoard(): Board {
  const [boards] = useState(() => new Boards());
  const stories = useStories();
  const known = useKnown();
  // Typing goes before sorting.
  const typed = useDeferredValue(useStoriesUi(({ filter }) => filter));
  return boards.at(stories, typed, known);
}
