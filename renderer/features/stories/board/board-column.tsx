import { useDroppable } from '@dnd-kit/react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { classNames } from '../../../ui/class-names.ts';
import { NodeLabel } from '../../cluster/index.ts';
import { useStoriesUi } from '../stories-ui.ts';
import { type BoardRow, groupedRows, isHeading } from './board-rows.ts';
import type { Rows } from './board-index.ts';
import { BoardCard } from './board-card.tsx';
import { cardIdOf, listIdOf } from './board-ids.ts';
import { ColumnHead, ColumnStrip } from './column-head.tsx';
import { type ColumnId, titleOf } from './columns.ts';
import { DropWord, useVerdict } from './drop-word.tsx';
import { usePlacedRows } from './use-placed-rows.ts';

interface BoardColumnProps {
  id: ColumnId;
  /** What fits the filter, in order. */
  rows: Rows;
  /** With what does not fit. */
  count: number;
  most: number | undefined;
  isFolded: boolean;
  isSelected: boolean;
}

/** One stage. However much is in it, only what is in sight is mounted. */
export const BoardColumn = memo(function BoardColumn(props: BoardColumnProps) {
  const { id, rows, count, most, isFolded, isSelected } = props;
  const title = titleOf(id);
  const { ref, isDropTarget } = useDroppable({ id: `column-${id}`, data: { column: id } });
  const verdict = useVerdict(id);
  const head = { id, shown: rows.length, count, most };
  return (
    <section
      ref={ref}
      aria-label={`${title}, ${count} ${count === 1 ? 'story' : 'stories'}`}
      data-verdict={verdict?.kind}
      data-over={isDropTarget}
      className={classNames(
        'relative flex min-h-0 flex-col border-r last:border-r-0',
        isFolded ? 'w-9 shrink-0' : 'min-w-42 flex-1 basis-0',
      )}
    >
      {isFolded ? (
        <ColumnStrip {...head} />
      ) : (
        <>
          <ColumnHead {...head} />
          <ColumnList id={id} rows={rows} isSelected={isSelected} />
        </>
      )}
      {verdict && <DropWord verdict={verdict} isNarrow={isFolded} />}
    </section>
  );
});

interface ColumnListProps {
  id: ColumnId;
  rows: Rows;
  isSelected: boolean;
}

function ColumnList({ id, rows: stories, isSelected }: ColumnListProps) {
  const group = useStoriesUi(({ look }) => look.group);
  const rows = useMemo(() => groupedRows(stories, group), [stories, group]);
  const scroller = useRef<HTMLDivElement>(null);
  const { places, drawn, show } = usePlacedRows(rows, scroller);
  const selectedId = useStoriesUi(({ selection }) =>
    selection?.column === id ? selection.id : undefined,
  );
  const selectedAt = useMemo(
    () => (selectedId === undefined ? -1 : rows.findIndex((row) => isIt(row, selectedId))),
    [rows, selectedId],
  );
  useEffect(() => {
    if (selectedAt >= 0) show(selectedAt);
  }, [selectedAt, show]);
  const total = stories.length;
  const isNamed = drawn.includes(selectedAt);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a list box that is empty has no option to name
    <div
      id={listIdOf(id)}
      ref={scroller}
      role={total === 0 ? undefined : 'listbox'}
      aria-label={total === 0 ? undefined : titleOf(id)}
      aria-activedescendant={isNamed && selectedId ? cardIdOf(selectedId) : undefined}
      tabIndex={isSelected ? 0 : -1}
      className="group/column relative bg-bg min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain outline-none [contain:strict]"
    >
      <div role="presentation" className="relative w-full" style={{ height: places.total }}>
        {drawn.map((at) => (
          <div
            key={keyOf(rows[at] as BoardRow)}
            role="presentation"
            className="absolute left-0 w-full"
            style={{ top: places.startOf(at) }}
          >
            <Row row={rows[at] as BoardRow} at={at} total={total} column={id} />
          </div>
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  row: BoardRow;
  at: number;
  total: number;
  column: ColumnId;
}

function Row({ row, at, total, column }: RowProps) {
  if (!isHeading(row)) return <BoardCard story={row} at={at} total={total} column={column} />;
  return (
    <div className="flex h-6 items-center gap-1.5 border-b bg-raised px-3 text-xs font-medium text-muted">
      <span className="truncate">{row.node ? <NodeLabel id={row.node} /> : row.heading}</span>
      <span className="text-faint">{row.count}</span>
    </div>
  );
}

function keyOf(row: BoardRow): string {
  return isHeading(row) ? `heading ${row.heading}` : row.id;
}

function isIt(row: BoardRow, id: string): boolean {
  return !isHeading(row) && row.id === id;
}
