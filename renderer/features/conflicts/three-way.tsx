import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { CollidingHunk, CollidingView } from '../../../preload/contract/conflict-records.ts';
import { classNames } from '../../ui/class-names.ts';
import { toPlainText } from '../../ui/plain-text.ts';
import { useWidth } from '../../ui/use-width.ts';
import { sayLines, type SideLine, toSideLines } from './side-lines.ts';

interface ThreeWayProps {
  view: CollidingView;
  agents: readonly [string, string];
}

/** From this width on, CSS pixels, both sides stand next to each other; from the second on, what they came from between them. */
const besidePx = 560;
const threePx = 900;

/** The places where both differ from where they came from. */
export function ThreeWay({ view, agents }: ThreeWayProps) {
  const [ref, widthPx = besidePx] = useWidth();
  const columns = widthPx >= threePx ? 3 : widthPx >= besidePx ? 2 : 1;
  const { hunks, hunkCount } = view;
  return (
    <div ref={ref} className="flex flex-col gap-3">
      {hunks.map((hunk, at) => (
        <Hunk
          key={`${hunk.base.start} ${hunk.sides[0].start}`}
          title={`Place ${at + 1} of ${hunkCount}`}
          {...{ hunk, agents, columns }}
        />
      ))}
      {hunkCount > hunks.length && (
        <p className="text-sm text-faint">
          {hunkCount - hunks.length} more are not shown: <code>git diff</code> has them all.
        </p>
      )}
    </div>
  );
}

interface HunkProps {
  title: string;
  hunk: CollidingHunk;
  agents: readonly [string, string];
  columns: 1 | 2 | 3;
}

function Hunk({ title, hunk, agents, columns }: HunkProps) {
  const { base, sides } = hunk;
  const [first, second] = sides.map((side) => toSideLines(side, base));
  const before = toSideLines(base, base);
  return (
    <section aria-label={title} className="overflow-hidden rounded-md border">
      {columns < 3 && <FoldedBase base={base} lines={before} />}
      <div
        className={classNames(
          'grid',
          columns === 1 && 'divide-y',
          columns === 2 && 'grid-cols-2 divide-x',
          columns === 3 && 'grid-cols-3 divide-x',
        )}
      >
        <Side name={agents[0]} where={sayLines(sides[0])} lines={first ?? []} />
        {columns === 3 && <Side name="Before" where={sayLines(base)} lines={before} isQuiet />}
        <Side name={agents[1]} where={sayLines(sides[1])} lines={second ?? []} />
      </div>
    </section>
  );
}

/** What both came from, where it has no room between them. */
function FoldedBase({ base, lines }: { base: CollidingHunk['base']; lines: readonly SideLine[] }) {
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? ChevronDown : ChevronRight;
  const id = useId();
  return (
    <div className="border-b bg-raised">
      <button
        type="button"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setIsShown(!isShown)}
        className="flex h-7 w-full items-center gap-1.5 px-2 text-left text-sm text-muted hover:text-fg"
      >
        <Icon size={14} aria-hidden />
        Before both: {base.lines.length === 0 ? `nothing, ${sayLines(base)}` : sayLines(base)}
      </button>
      <div id={id} hidden={!isShown} className="border-t bg-bg">
        <Lines lines={lines} none="Nothing was here." isQuiet />
      </div>
    </div>
  );
}

interface SideProps {
  name: string;
  where: string;
  lines: readonly SideLine[];
  isQuiet?: boolean;
}

function Side({ name, where, lines, isQuiet }: SideProps) {
  return (
    <div className="min-w-0">
      <h4 className="flex h-7 items-center gap-2 border-b px-2 text-sm">
        <span className={classNames('truncate', isQuiet ? 'text-muted' : 'font-medium')}>
          {name}
        </span>
        <span className="shrink-0 text-faint">{where}</span>
      </h4>
      <Lines
        lines={lines}
        none={isQuiet ? 'Nothing was here.' : 'It took these lines away.'}
        isQuiet={isQuiet}
      />
    </div>
  );
}

interface LinesProps {
  lines: readonly SideLine[];
  /** Said where there are none. */
  none: string;
  isQuiet?: boolean | undefined;
}

/** Text alone, whoever wrote it: nothing in it acts, and what is invisible is shown. */
function Lines({ lines, none, isQuiet }: LinesProps) {
  if (lines.length === 0) return <p className="px-2 py-1 text-sm text-faint italic">{none}</p>;
  return (
    <table className="text-selectable w-full font-mono text-sm">
      <tbody>
        {lines.map(({ number, text, isOther }) => (
          <tr key={number} className={classNames(isOther && !isQuiet && 'bg-amber-soft')}>
            <td className="w-10 min-w-10 pr-2 text-right align-top text-faint select-none">
              {number}
            </td>
            <td className="w-4 min-w-4 align-top text-amber select-none">
              {isOther && !isQuiet && (
                <>
                  <span aria-hidden>±</span>
                  <span className="sr-only">other than before</span>
                </>
              )}
            </td>
            <td
              dir="ltr"
              className={classNames(
                'pr-2 whitespace-pre-wrap wrap-anywhere',
                isQuiet ? 'text-muted' : 'text-fg',
              )}
            >
              {toPlainText(text)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
