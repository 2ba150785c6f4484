import { classNames } from '../../../ui/class-names.ts';
import { stageTitles } from '../stage-words.ts';
import { type Drag, useStoriesUi } from '../stories-ui.ts';
import type { ColumnId } from './columns.ts';

/** What a column says to the card that is dragged. */
export interface Verdict {
  readonly kind: 'own' | 'legal' | 'illegal';
  readonly title: string;
  readonly why: string;
}

export function useVerdict(column: ColumnId): Verdict | undefined {
  return useStoriesUi(({ drag }) => drag && verdictOf(drag, column));
}

const verdicts = new WeakMap<Drag, Map<ColumnId, Verdict>>();

/** The same for the same drag, so that nothing is drawn again while the pointer moves. */
function verdictOf(drag: Drag, column: ColumnId): Verdict {
  const known = verdicts.get(drag) ?? new Map<ColumnId, Verdict>();
  verdicts.set(drag, known);
  const verdict = known.get(column) ?? makeVerdict(drag, column);
  known.set(column, verdict);
  return verdict;
}

function makeVerdict({ from, targets }: Drag, column: ColumnId): Verdict {
  const own = { kind: 'own', title: 'Where it is', why: '' } as const;
  // What lies aside has places of its own to be dropped on.
  if (column === 'aside' || column === from) return own;
  const target = targets.find(({ stage }) => stage === column);
  if (target?.transition === undefined)
    return { kind: 'illegal', title: 'Not here', why: target?.why ?? '' };
  const asks = target.asks.length > 0 ? `Asks for ${target.asks.join(' and ')}` : target.why;
  return { kind: 'legal', title: `To ${stageTitles[column]}`, why: asks };
}

interface DropWordProps {
  verdict: Verdict;
  isNarrow: boolean;
}

/** Over a column while a card is dragged: whether it may go there, and why not. */
export function DropWord({ verdict: { kind, title, why }, isNarrow }: DropWordProps) {
  if (kind === 'own') return null;
  return (
    <div
      className={classNames(
        'pointer-events-none absolute inset-0 z-10 flex flex-col justify-end border-2',
        kind === 'legal'
          ? 'border-accent in-data-[over=true]:bg-[color-mix(in_srgb,var(--accent)_14%,transparent)]'
          : 'border-transparent bg-[color-mix(in_srgb,var(--bg)_55%,transparent)]',
      )}
    >
      {!isNarrow && (
        <div
          className={classNames(
            'm-1 rounded-md border px-2 py-1.5 text-sm shadow-float bg-raised',
            kind === 'legal' ? 'border-accent' : 'border-line-strong text-muted',
          )}
        >
          <div className="font-medium">{title}</div>
          <div className="text-muted wrap-anywhere">{why}</div>
        </div>
      )}
    </div>
  );
}
