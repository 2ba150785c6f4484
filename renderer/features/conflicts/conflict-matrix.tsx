import { useCallback, useEffect, useRef, useState } from 'react';
import type { Severity } from '../../../preload/contract/conflict-records.ts';
import { sideName } from '../../../preload/contract/conflict-sides.ts';
import { classNames } from '../../ui/class-names.ts';
import { useWidth } from '../../ui/use-width.ts';
import { severities } from './conflict-words.ts';
import { SideName } from './side-name.tsx';
import { type Cell, type Matrix, moveIn, type Spot } from './matrix.ts';
import { cellId, MatrixRow } from './matrix-row.tsx';
import { SeverityMark } from './severity-mark.tsx';

interface ConflictMatrixProps {
  matrix: Matrix;
  /** Where the conflict that is shown stands. */
  shown: Spot | undefined;
  onOpen: (cell: Cell) => void;
}

/** Where each cell has room for its word, it has it; else the shapes stand alone, and the legend tells. CSS pixels. */
const roomyPx = { names: 104, cell: 70 };

const matrixId = 'conflict-matrix';

/** Every pair of agents that collides. It holds the keyboard: arrows move, and what they come upon is shown. */
export function ConflictMatrix({ matrix, shown, onOpen }: ConflictMatrixProps) {
  const { agents } = matrix;
  const [spot, setSpot] = useState(shown);
  const [ref, widthPx = 0] = useWidth();
  const isRoomy = roomyPx.names + agents.length * roomyPx.cell <= widthPx;
  const at = spot && agents.includes(spot.row) && agents.includes(spot.column) ? spot : shown;
  useFollowed(shown, setSpot);
  useEffect(() => {
    if (at)
      document.getElementById(cellId(at))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at]);
  const go = (next: Spot) => {
    setSpot(next);
    const cell = matrix.cellOf(next.row, next.column);
    if (cell) onOpen(cell);
  };
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  const handleGo = useCallback((to: Spot) => latest.current(to), []);
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveIn(agents, at, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(next);
  };
  return (
    // The names that stay would lie over a ring of the table's own.
    <div className="pointer-events-none relative flex max-h-1/2 shrink-0 flex-col border-b after:absolute after:inset-0 after:z-30 has-[table:focus-visible]:after:outline-2 after:-outline-offset-2 after:outline-focus">
      <div
        ref={ref}
        // What is below the names that stay scrolls: keep what the arrows lead to out from under them.
        className="pointer-events-auto min-h-0 scroll-pt-24 scroll-pl-26 overflow-auto overscroll-contain"
      >
        <table
          id={matrixId}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are moved in by arrows
          role="grid"
          tabIndex={0}
          aria-label="Who collides with whom"
          aria-activedescendant={at && cellId(at)}
          onKeyDown={handleKeyDown}
          className="group/matrix border-separate border-spacing-0 outline-none"
        >
          <thead>
            <tr>
              <th className="sticky top-0 left-0 z-20 min-w-26 border-r border-b bg-bg">
                <span className="sr-only">Agent</span>
              </th>
              {agents.map((id) => (
                <Heading key={id} id={id} isRoomy={isRoomy} isAt={id === at?.column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {agents.map((row) => (
              <MatrixRow
                key={row}
                row={row}
                matrix={matrix}
                mark={matrix.markOf(row)}
                isRoomy={isRoomy}
                at={at?.row === row ? at.column : undefined}
                onGo={handleGo}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** What is chosen elsewhere is where the matrix stands too. */
function useFollowed(shown: Spot | undefined, follow: (spot: Spot | undefined) => void): void {
  const mark = shown && `${shown.row} ${shown.column}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: by where it is, not by the object
  useEffect(() => follow(shown), [mark]);
}

function Heading({ id, isRoomy, isAt }: { id: string; isRoomy: boolean; isAt: boolean }) {
  return (
    <th
      scope="col"
      title={sideName(id)}
      className={classNames(
        'sticky top-0 z-10 border-r border-b bg-bg text-sm font-normal',
        isAt ? 'text-fg' : 'text-muted',
        isRoomy ? 'h-7 max-w-17.5 min-w-17.5 px-1' : 'h-22 w-7 max-w-7 min-w-7 pb-1 align-bottom',
      )}
    >
      {isRoomy ? (
        <SideName id={id} />
      ) : (
        <span className="inline-block max-h-20 rotate-180 truncate [writing-mode:vertical-rl]">
          {sideName(id)}
        </span>
      )}
    </th>
  );
}

/** What the shapes mean. */
export function SeverityLegend() {
  return (
    <ul aria-label="What the marks mean" className="flex gap-x-3 text-sm">
      {(['high', 'medium', 'low'] satisfies Severity[]).map((one) => (
        <li key={one} title={severities[one].meaning}>
          <SeverityMark severity={one} showWord />
        </li>
      ))}
    </ul>
  );
}
