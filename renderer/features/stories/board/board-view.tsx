import { Archive, Columns3, Plus, SearchX, Upload } from 'lucide-react';
import { useMemo } from 'react';
import { useIsLoaded, useLive } from '../../../hub/use-records.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useFocusHome } from '../../../shell/use-focus-home.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ViewHeader } from '../../../ui/view-header.tsx';
import { PipelineLine } from '../../pipeline/index.ts';
import { openDialog, setFilter, useStoriesUi } from '../stories-ui.ts';
import { BoardColumn } from './board-column.tsx';
import { BoardDrag } from './board-drag.tsx';
import { FilterField } from './filter-field.tsx';
import { FilterMenu, GroupSelect } from './filter-menu.tsx';
import { findBoardHome } from './board-ids.ts';
import { type ColumnId, columns } from './columns.ts';
import { SideTargets } from './side-targets.tsx';
import { type Board, useBoard } from './use-board.ts';
import { useBoardKeys } from './use-board-keys.ts';

/** Stories by stage. */
export function BoardView() {
  const board = useBoard();
  const isLoaded = useIsLoaded();
  const total = countOf(board, 'all');
  return (
    <>
      <ViewHeader title="Board" actions={<BoardActions />}>
        <FilterField />
        <FilterMenu table={board.all.table} />
        <GroupSelect />
        {board.isFiltered && (
          <span className="truncate text-sm max-[1100px]:hidden">
            {countOf(board, 'shown').toLocaleString()} of {total.toLocaleString()}
          </span>
        )}
      </ViewHeader>
      <PipelineLine />
      {isLoaded && total === 0 ? <NoStories /> : <Columns board={board} />}
    </>
  );
}

function BoardActions() {
  return (
    <>
      <IconButton
        icon={Archive}
        label="Archived, abandoned and superseded"
        shortcut="v"
        onClick={() => navigate('stories', 'over')}
      />
      <IconButton
        icon={Upload}
        label="Import stories"
        shortcut="i"
        onClick={() => openDialog({ kind: 'import' })}
      />
      <Button icon={Plus} shortcut="n" onClick={() => openDialog({ kind: 'new' })}>
        New story
      </Button>
    </>
  );
}

function Columns({ board }: { board: Board }) {
  const folds = useStoriesUi(({ look }) => look.folds);
  const wip = useLive('board', 'board')?.wip;
  const isFolded = useMemo(
    () => (id: ColumnId) =>
      folds[id] ?? (foldedWhenEmpty.has(id) && board.all.columns[id].length === 0),
    [folds, board],
  );
  const selected = useBoardKeys(board, isFolded);
  useFocusHome(() => findBoardHome(selected));
  const hasHit = !board.isFiltered || countOf(board, 'shown') > 0;
  return (
    <BoardDrag>
      <div className="relative flex min-h-0 flex-1">
        <div className="relative flex min-h-0 min-w-0 flex-1 overflow-x-auto" data-board>
          {columns.map((id) => (
            <BoardColumn
              key={id}
              id={id}
              rows={board.shown.columns[id]}
              count={board.all.columns[id].length}
              most={wip?.[id]}
              isFolded={isFolded(id)}
              isSelected={selected === id}
            />
          ))}
          {!hasHit && <NoHit />}
        </div>
        <SideTargets />
      </div>
    </BoardDrag>
  );
}

const foldedWhenEmpty: ReadonlySet<ColumnId> = new Set(['merge_failed', 'aside']);

function countOf(board: Board, which: 'all' | 'shown'): number {
  return columns.reduce((sum, id) => sum + board[which].columns[id].length, 0);
}

function NoStories() {
  return (
    <EmptyState
      icon={Columns3}
      title="No stories yet"
      action={
        <>
          <Button
            look="primary"
            icon={Plus}
            shortcut="n"
            onClick={() => openDialog({ kind: 'new' })}
          >
            New story
          </Button>
          <Button icon={Upload} shortcut="i" onClick={() => openDialog({ kind: 'import' })}>
            Import
          </Button>
        </>
      }
    >
      Write down what is to be done, or import markdown files and issues. An agent takes a story
      through its checks into the target branch.
    </EmptyState>
  );
}

function NoHit() {
  return (
    <div className="absolute inset-0 top-8 bg-bg">
      <EmptyState
        icon={SearchX}
        title="No story fits"
        action={
          <Button shortcut="Escape" onClick={() => setFilter('')}>
            Clear the filter
          </Button>
        }
      >
        Those that are over are not looked through here: see the archive.
      </EmptyState>
    </div>
  );
}
