/** Everything that a pointer does on the board, by keys. */
import { useEffect, useMemo } from 'react';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { watchStory } from '../../cluster/index.ts';
import {
  openDialog,
  openStory,
  type Selection,
  select,
  setFilter,
  useStoriesUi,
} from '../stories-ui.ts';
import { listIdOf } from './board-ids.ts';
import { groupedRows, storiesIn } from './board-rows.ts';
import { type ColumnId, columnOf, columns } from './columns.ts';
import type { Board } from './use-board.ts';

type IsFolded = (id: ColumnId) => boolean;

/** Binds them; returns the column that has what is selected. */
export function useBoardKeys(board: Board, isFolded: IsFolded): ColumnId | undefined {
  const steps = useMemo(() => makeSteps(board, isFolded), [board, isFolded]);
  const selection = useStoriesUi(({ selection }) => selection);
  useEffect(() => {
    const settled = steps.settle(selection);
    if (settled !== selection) select(settled);
  }, [steps, selection]);
  const go = (to: Selection | undefined) => {
    if (to === undefined) return;
    select(to);
    document.getElementById(listIdOf(to.column))?.focus({ preventScroll: true });
  };
  const now = () => useStoriesUi.getState().selection;
  const withStory = (run: (id: string) => void) => {
    const chosen = now();
    if (chosen) run(chosen.id);
  };
  const next = (by: number) => go(steps.within(now(), by));
  const across = (by: number) => go(steps.across(now(), by));
  useShortcuts([
    { keys: 'j', run: () => next(1) },
    { keys: 'ArrowDown', run: () => next(1) },
    { keys: 'k', run: () => next(-1) },
    { keys: 'ArrowUp', run: () => next(-1) },
    { keys: 'PageDown', run: () => next(8) },
    { keys: 'PageUp', run: () => next(-8) },
    { keys: 'Home', run: () => next(-Infinity) },
    { keys: 'End', run: () => next(Infinity) },
    { keys: 'l', run: () => across(1) },
    { keys: 'ArrowRight', run: () => across(1) },
    { keys: 'h', run: () => across(-1) },
    { keys: 'ArrowLeft', run: () => across(-1) },
    { keys: 'Enter', run: () => withStory(openStory) },
    { keys: 'o', run: () => withStory(openStory) },
    { keys: 'e', run: () => withStory((id) => navigate('stories', `${id}/edit`)) },
    { keys: 'm', run: () => withStory((story) => openDialog({ kind: 'targets', story })) },
    { keys: 'a', run: () => withStory((story) => openDialog({ kind: 'assign', story })) },
    { keys: 't', run: () => withStory((id) => openAgentOf(board.all.table.get(id))) },
    { keys: 'n', run: () => openDialog({ kind: 'new' }) },
    { keys: 'i', run: () => openDialog({ kind: 'import' }) },
    { keys: 'v', run: () => navigate('stories', 'over') },
    { keys: 'Escape', run: () => setFilter('') },
  ]);
  return selection?.column ?? columns.find((id) => steps.rowsOf(id).length > 0);
}

function openAgentOf(story: StoryRecord | undefined): void {
  if (story?.node !== undefined) watchStory(story.id);
  else if (story?.agent !== undefined) navigate('agents', `agent/${story.agent}`);
}

interface Steps {
  rowsOf(id: ColumnId): readonly StoryRecord[];
  within(from: Selection | undefined, by: number): Selection | undefined;
  across(from: Selection | undefined, by: number): Selection | undefined;
  /** Where it is now; its neighbour when it is gone. */
  settle(from: Selection | undefined): Selection | undefined;
}

function makeSteps(board: Board, isFolded: IsFolded): Steps {
  const known = new Map<ColumnId, readonly StoryRecord[]>();
  const rowsOf = (id: ColumnId) => {
    const { group } = useStoriesUi.getState().look;
    const rows = known.get(id) ?? storiesIn(groupedRows(board.shown.columns[id], group));
    known.set(id, rows);
    return isFolded(id) ? [] : rows;
  };
  const at = (column: ColumnId, index: number): Selection | undefined => {
    const rows = rowsOf(column);
    const place = Math.max(0, Math.min(rows.length - 1, index));
    const story = rows[place];
    return story && { id: story.id, column, at: place };
  };
  const first = () => columns.map((id) => at(id, 0)).find((one) => one !== undefined);
  const indexOf = ({ id, column, at: place }: Selection): number => {
    const rows = rowsOf(column);
    return rows[place]?.id === id ? place : rows.findIndex((one) => one.id === id);
  };
  return {
    rowsOf,
    within(from, by) {
      if (from === undefined) return first();
      const index = indexOf(from);
      return at(from.column, index < 0 ? from.at : index + by);
    },
    across(from, by) {
      if (from === undefined) return first();
      const index = Math.max(0, indexOf(from));
      const own = columns.indexOf(from.column);
      const ways = by > 0 ? columns.slice(own + 1) : columns.slice(0, own).toReversed();
      return ways.map((id) => at(id, index)).find((one) => one !== undefined);
    },
    settle(from) {
      if (from === undefined) return undefined;
      const story = board.all.table.get(from.id);
      const column = story && columnOf(story);
      if (column === undefined || isFolded(column)) return at(from.column, from.at);
      const index = indexOf({ ...from, column });
      if (index < 0) return at(from.column, from.at);
      return column === from.column && index === from.at
        ? from
        : { id: from.id, column, at: index };
    },
  };
}
