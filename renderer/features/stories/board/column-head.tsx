import { ChevronsLeftRight, ChevronsRightLeft } from 'lucide-react';
import { classNames } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { stageDots } from '../stage-words.ts';
import { changeLook, useStoriesUi } from '../stories-ui.ts';
import { type ColumnId, titleOf } from './columns.ts';

interface HeadProps {
  id: ColumnId;
  shown: number;
  count: number;
  /** So many should be in it at once. */
  most: number | undefined;
}

export function ColumnHead({ id, ...counts }: HeadProps) {
  return (
    <header className="group/head relative flex h-8 shrink-0 items-center gap-1.5 border-b bg-raised pr-1 pl-3">
      <Dot id={id} />
      <h2 className="truncate font-medium">{titleOf(id)}</h2>
      <ColumnCount {...counts} />
      <span className="absolute right-1 bg-raised opacity-0 group-focus-within/head:opacity-100 group-hover/head:opacity-100">
        <IconButton
          icon={ChevronsRightLeft}
          label={`Fold ${titleOf(id)}`}
          onClick={() => fold(id, true)}
        />
      </span>
    </header>
  );
}

/** Folded: what it is and how much is in it, on its side. */
export function ColumnStrip({ id, ...counts }: HeadProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center bg-raised py-0.5">
      <IconButton
        icon={ChevronsLeftRight}
        label={`Unfold ${titleOf(id)}`}
        onClick={() => fold(id, false)}
      />
      <div className="mt-2 flex items-center gap-1.5 [writing-mode:vertical-rl]">
        <Dot id={id} />
        <h2 className="font-medium text-muted">{titleOf(id)}</h2>
        <ColumnCount {...counts} />
      </div>
    </div>
  );
}

function Dot({ id }: { id: ColumnId }) {
  return <StatusDot {...stageDots[id === 'aside' ? 'held' : id]} word="" />;
}

/** `3`, `3 of 40` where a filter hides some, `4/3` where a limit is set; over it, it is said. */
function ColumnCount({ shown, count, most }: Omit<HeadProps, 'id'>) {
  const isOver = most !== undefined && count > most;
  const all = count.toLocaleString();
  const said = shown === count ? all : `${shown.toLocaleString()} of ${all}`;
  return (
    <span
      title={isOver ? `More than the ${most} that may be in work at once` : undefined}
      className={classNames('shrink-0 text-sm', isOver ? 'font-medium text-amber' : 'text-faint')}
    >
      {said}
      {most !== undefined && `/${most}`}
      {isOver && ' over'}
    </span>
  );
}

function fold(id: ColumnId, isFolded: boolean): void {
  const { folds } = useStoriesUi.getState().look;
  changeLook({ folds: { ...folds, [id]: isFolded } });
}
