import { memo } from 'react';
import { sideName } from '../../../preload/contract/conflict-sides.ts';
import { classNames } from '../../ui/class-names.ts';
import { countFiles, severities } from './conflict-words.ts';
import type { Cell, Matrix, Spot } from './matrix.ts';
import { SeverityMark } from './severity-mark.tsx';
import { SideName } from './side-name.tsx';

interface RowProps {
  row: string;
  matrix: Matrix;
  /** The matrix as far as it is of this row. */
  mark: string;
  isRoomy: boolean;
  /** The column where the keyboard is, if it is in this row. */
  at: string | undefined;
  onGo: (spot: Spot) => void;
}

/** One agent with all others. Of what changes elsewhere it is not drawn anew. */
export const MatrixRow = memo(
  function MatrixRow({ row, matrix, isRoomy, at, onGo }: RowProps) {
    return (
      <tr>
        <th
          scope="row"
          title={sideName(row)}
          className={classNames(
            'sticky left-0 z-10 h-7 max-w-26 min-w-26 truncate border-r bg-bg pr-2 pl-4 text-left text-sm font-normal',
            at === undefined ? 'text-muted' : 'text-fg',
          )}
        >
          <SideName id={row} />
        </th>
        {matrix.agents.map((column) => (
          <Square
            key={column}
            spot={{ row, column }}
            cell={matrix.cellOf(row, column)}
            isRoomy={isRoomy}
            isAt={column === at}
            onGo={onGo}
          />
        ))}
      </tr>
    );
  },
  (a, b) => a.mark === b.mark && a.at === b.at && a.isRoomy === b.isRoomy,
);

interface SquareProps {
  spot: Spot;
  cell: Cell | undefined;
  isRoomy: boolean;
  isAt: boolean;
  onGo: (spot: Spot) => void;
}

function Square({ spot, cell, isRoomy, isAt, onGo }: SquareProps) {
  const { row, column } = spot;
  const isSelf = row === column;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a cell of a grid can be selected
    <td
      id={cellId(spot)}
      aria-selected={isAt}
      title={cell ? `${sideName(row)} and ${sideName(column)}: ${say(cell)}` : undefined}
      onClick={() => onGo(spot)}
      className={classNames(
        'h-7 border-r border-b text-center text-sm',
        isSelf && 'bg-raised',
        isAt
          ? 'bg-selected outline outline-offset-[-1px] outline-line-strong group-focus/matrix:outline-2 group-focus/matrix:outline-offset-[-2px] group-focus/matrix:outline-accent'
          : cell && 'hover:bg-hover',
      )}
    >
      {cell && (
        <>
          <SeverityMark severity={cell.worst} showWord={isRoomy} />
          <span className="sr-only">, {countFiles(cell.fileCount)}</span>
        </>
      )}
    </td>
  );
}

function say({ worst, conflicts, fileCount }: Cell): string {
  const many = conflicts.length > 1 ? `, ${conflicts.length} conflicts` : '';
  return `${severities[worst].word}${many}, ${countFiles(fileCount)}`;
}

export function cellId({ row, column }: Spot): string {
  return `collides-${row}-with-${column}`;
}
