import type {
  CollidingFile,
  CollidingView,
  ConflictRecord,
} from '../../../preload/contract/conflict-records.ts';
import { isBranchSide, sideName } from '../../../preload/contract/conflict-sides.ts';
import type { Accuracy } from '../../../preload/contract/conflicts.ts';
import { formatDuration } from '../durations.ts';
import type { Formatters } from './formatter.ts';
import { oneLine, plainText } from './plain-text.ts';
import { type Cell, table, wrappedTable } from './table.ts';
import { ageOf, type View } from './view.ts';

export const conflictFormats = {
  'conflict.list': ({ conflicts, accuracy }, view) => {
    const listed =
      conflicts.length === 0
        ? 'No work collides, as far as is known.'
        : conflictTable(conflicts, view);
    return accuracy === undefined ? listed : `${listed}\n\n${formatAccuracy(accuracy, view)}`;
  },
  'conflict.view': formatView,
  'conflict.order': ({ order }) => `Both are told: ${order.map(oneLine).join(', then ')}.`,
  'conflict.dismiss': () => 'Out of sight until its files are others.',
} satisfies Formatters;

const shownFiles = 20;
const colours = { high: 'red', medium: 'yellow', low: 'dim' } as const;

/** One row for each file; what is the same for all of them stands in the first. */
function conflictTable(conflicts: readonly ConflictRecord[], view: View): string {
  const head = ['ID', 'WEIGHT', 'KIND', 'BETWEEN', 'MERGE FIRST', 'AGE', 'WHERE'];
  return wrappedTable(
    head,
    conflicts.flatMap((conflict) => rowsOf(conflict, view)),
    view,
  );
}

function rowsOf(conflict: ConflictRecord, view: View): Cell[][] {
  const { id, kind, severity, files, fileCount, order, orderedBy, end } = conflict;
  const { style } = view;
  const [first, second] = conflict.agents.map(sideName);
  const isOfTarget = isBranchSide(conflict.agents[0]);
  const wanted = `${sideName(order[0])}${orderedBy === 'operator' ? ' (operator)' : ''}`;
  const facts: Cell[] = [
    { text: id, paint: style.bold },
    { text: severity, paint: style[colours[severity]] },
    isOfTarget ? 'with target' : kind,
    kind === 'ownership' ? `${second} in ${first}'s` : `${first}, ${second}`,
    end === undefined && !isOfTarget ? wanted : '-',
    ageOf(conflict.sinceMs, view),
  ];
  const more = fileCount - Math.min(files.length, shownFiles);
  const state = stateOf(conflict, view);
  const where: Cell[] = [
    ...(state === undefined ? [] : [{ text: state, paint: style.dim }]),
    ...files.slice(0, shownFiles).map((file) => formatFile(file, [first ?? '', second ?? ''])),
    ...(more > 0 ? [{ text: `and ${more} more`, paint: style.dim }] : []),
  ];
  const blank = facts.map(() => '');
  return where.map((cell, at) => [...(at === 0 ? facts : blank), cell]);
}

function stateOf({ end, endedMs, dismissed }: ConflictRecord, view: View): string | undefined {
  if (end !== undefined) return `over: ${end}, ${ageOf(endedMs, view)}`;
  if (dismissed === undefined) return undefined;
  return `dismissed ${ageOf(dismissed.atMs, view)}${dismissed.note === undefined ? '' : `: ${dismissed.note}`}`;
}

function formatFile({ path, reason, ranges, hint }: CollidingFile, agents: readonly string[]) {
  const lines = ranges?.map((side, at) => {
    const spans = side.map(({ start, end }) => (start === end ? `${start}` : `${start}-${end}`));
    return `${agents[at]} ${spans.join(', ') || 'none'}`;
  });
  const where = lines === undefined ? [] : [`lines: ${lines.join('; ')}`];
  const about = [...(reasonWords[reason] ?? [reason.replace('-', ' and ')]), ...where];
  if (hint !== undefined) about.push(hint);
  return about.length === 0 ? path : `${path} (${about.join(', ')})`;
}

/** What says no more than its kind is left out. */
const reasonWords: Readonly<Partial<Record<CollidingFile['reason'], string[]>>> = {
  ...{ said: [], foreign: [], content: ['the same lines'], 'both-added': ['both added it'] },
  'modify-delete': ['one deleted it, one changed it'],
};

function formatAccuracy(
  { kinds, missed, precision, recall, medianWarningMs }: Accuracy,
  view: View,
) {
  const head = ['KIND', 'FOUND', 'RIGHT', 'FALSE ALARM', 'AVOIDED', 'PENDING'];
  const rows = kinds.map(({ kind, found, right, falseAlarm, avoided, pending }) => [
    kind,
    ...[found, right, falseAlarm, avoided, pending].map(String),
  ]);
  const percent = (part: number | undefined) =>
    part === undefined ? 'not known yet' : `${Math.round(part * 100)} %`;
  const warned = medianWarningMs === undefined ? 'not known yet' : formatDuration(medianWarningMs);
  return [
    table(head, rows, view),
    `missed: ${missed}; precision: ${percent(precision)}; recall: ${percent(recall)}`,
    `told before the merge that conflicted (median): ${warned}`,
  ].join('\n');
}

function formatView({ path, reason, sides, hunks, hunkCount }: CollidingView): string {
  const head = oneLine(`${path} (${reason}): ${sides.join(' / ')}`);
  const blocks = hunks.map(({ base, sides: [ours, theirs] }) =>
    [
      `@@ ${ours.start} / ${theirs.start}, from ${base.start}`,
      ...base.lines.map((line) => `  - ${line}`),
      ...ours.lines.map((line) => `  1 ${line}`),
      ...theirs.lines.map((line) => `  2 ${line}`),
    ]
      .map((line) => plainText(line).replaceAll('\n', ' '))
      .join('\n'),
  );
  const more = hunkCount - hunks.length;
  return [head, ...blocks, ...(more > 0 ? [`and ${more} more places`] : [])].join('\n');
}
