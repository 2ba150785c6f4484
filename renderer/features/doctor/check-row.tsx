import { CircleAlert, CircleCheck, CircleHelp, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { CheckState, DoctorCheck } from '../../../preload/contract/doctor.ts';
import { FoldMark } from '../../ui/fold-mark.tsx';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';

const looks: Readonly<
  Record<CheckState, readonly [icon: LucideIcon, color: string, word: string]>
> = {
  problem: [CircleAlert, 'text-red', 'Problem'],
  warning: [TriangleAlert, 'text-amber', 'Warning'],
  unknown: [CircleHelp, 'text-blue', 'Unknown'],
  ok: [CircleCheck, 'text-green', 'OK'],
};

interface CheckRowProps {
  check: DoctorCheck;
  /** Of the report: home folder and tokens are out of it. */
  shown: (text: string) => string;
  /** What was found stands below what was looked at. */
  isNarrow?: boolean;
}

/** What was found, and beneath it what to do. What is fine takes one line, and what is beneath it is folded. */
export function CheckRow({ check, shown, isNarrow = false }: CheckRowProps) {
  const { state, title, found, remedy, details = [] } = check;
  const [Icon, color, word] = looks[state];
  const isFine = state === 'ok';
  const say = (text: string) => toPlainLine(shown(text));
  return (
    <li
      data-state={state}
      className={classNames(
        'grid gap-x-3 border-b px-4 py-2',
        isNarrow
          ? 'grid-cols-[1rem_minmax(0,1fr)] last:border-b-0'
          : 'grid-cols-[1rem_9rem_minmax(0,1fr)] max-sm:grid-cols-[1rem_minmax(0,1fr)]',
      )}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className={classNames('mt-0.5', color)} />
      <h3 className="font-medium wrap-anywhere">
        <span className="sr-only">{word}: </span>
        {title}
      </h3>
      <div
        className={classNames(
          'flex min-w-0 flex-col gap-1',
          isNarrow ? 'col-start-2' : 'max-sm:col-start-2',
        )}
      >
        <p dir="auto" className={classNames('wrap-anywhere', isFine ? 'text-muted' : 'text-fg')}>
          <WithCommands text={say(found)} />
        </p>
        {details.length > 0 && <Details lines={details.map(say)} isFolded={isFine} />}
        {remedy !== undefined && <Remedy text={say(remedy)} />}
      </div>
    </li>
  );
}

function Details({ lines, isFolded }: { lines: readonly string[]; isFolded: boolean }) {
  const list = (
    <ul className="flex flex-col gap-0.5 text-sm text-muted">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be the same, and none moves
        <li key={at} dir="auto" className="wrap-anywhere">
          <WithCommands text={line} />
        </li>
      ))}
    </ul>
  );
  if (!isFolded) return list;
  return (
    <details className="group">
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm text-sm text-faint hover:text-fg">
        <FoldMark />
        {lines.length === 1 ? '1 detail' : `${lines.length} details`}
      </summary>
      <div className="mt-1">{list}</div>
    </details>
  );
}

function Remedy({ text }: { text: string }) {
  return (
    <p dir="auto" className="wrap-anywhere">
      <span aria-hidden className="text-faint">
        →{' '}
      </span>
      <span className="sr-only">What to do: </span>
      <WithCommands text={text} />
    </p>
  );
}

/** Words in backticks are for a terminal: set apart, to be selected whole by one press. */
export function WithCommands({ text }: { text: string }) {
  return text.split('`').map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text
      <code key={at} className="rounded-sm bg-selected px-1 py-0.5 text-sm select-all">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
