import { useDroppable } from '@dnd-kit/react';
import { classNames } from '../../../ui/class-names.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import type { Target } from '../move/targets.ts';
import { stageDots, stageTitles } from '../stage-words.ts';
import { useStoriesUi } from '../stories-ui.ts';

const sides = ['blocked', 'held', 'frozen', 'archived', 'abandoned', 'superseded'] as const;

/** Beside the columns while a card is dragged: what it can be dropped on that is no column. */
export function SideTargets() {
  const drag = useStoriesUi(({ drag }) => drag);
  if (drag === undefined) return null;
  return (
    <div
      role="presentation"
      className="absolute inset-y-0 right-0 z-20 flex w-44 flex-col gap-1 border-l border-line-strong bg-raised p-2 shadow-float"
    >
      <p className="flex h-6 items-center px-1 text-sm text-muted">Off the line</p>
      {sides.map((stage) => {
        const target = drag.targets.find((one) => one.stage === stage);
        return target && <SideTarget key={stage} target={target} />;
      })}
    </div>
  );
}

function SideTarget({ target }: { target: Target }) {
  const { stage, transition, why, asks } = target;
  const isLegal = transition !== undefined;
  const { ref, isDropTarget } = useDroppable({ id: `side-${stage}`, data: { stage } });
  return (
    <div
      ref={ref}
      data-verdict={isLegal ? 'legal' : 'illegal'}
      className={classNames(
        'flex min-h-12 flex-1 flex-col justify-center rounded-md border px-2',
        isLegal ? 'border-accent' : 'border-line text-faint',
        isLegal && isDropTarget && 'bg-selected',
      )}
    >
      <span className="flex items-center gap-1.5 font-medium">
        <StatusDot {...stageDots[stage]} word="" />
        {stageTitles[stage]}
      </span>
      <span className="truncate text-sm text-muted" title={why}>
        {isLegal && asks.length > 0 ? `Asks for ${asks.join(' and ')}` : why}
      </span>
    </div>
  );
}
