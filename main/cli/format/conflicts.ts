import type {
  CollidingFile,
  CollidingView,
  ConflictRecord,
} from '../../../preload/contract/conflict-records.ts';
import type { Accuracy } from '../../../preload/contract/conflicts.ts';
import { formatDuration } from '../durations.ts';
import type { Formatters } from './formatter.ts';
import { oneLine, plainText } from './plain-text.ts';
import { table } from './table.ts';
import { ageOf, type View } from './view.ts';

export const conflictFormats = {
  'conflict.list': ({ conflicts, accuracy }, view) => {
    const listed =
      conflicts.length === 0
        ? 'No work collides, as far as is known.'
        : conflicts.map((conflict) => formatConflict(conflict, view)).join('\n\n');
    return accuracy === undefined ? listed : `${listed}\n\n${formatAccuracy(accuracy, view)}`;
  },
  'conflict.view': formatView,
  'conflict.order': ({ order }) => `Both are told: ${order.map(oneLine).join(', then ')}.`,
  'conflict.dismiss': () => 'Out of sight until its files are others.',
} satisfies Formatters;

const shownFiles = 20;
const colours = { high: 'red', medium: 'yellow', low: 'dim' } as const;
const says: Readonly<Record<ConflictRecord['kind'], (first: string, second: string) => string>> = {
  forward: (first, second) => `${first}, then ${second} said they change the same`,
  'in-flight': (first, second) => `the work of ${first} (first) and ${second} does not merge`,
  ownership: (first, second) => `${second} changed what ${first} works on`,
};

function formatConflict(conflict: ConflictRecord, view: View): string {
  const { style } = view;
  const { id, kind, severity, files, fileCount, order, orderedBy, end, endedMs, dismissed } =
    conflict;
  const [first = '', second = ''] = conflict.agents.map(oneLine);
  const said = orderedBy === 'operator' ? ', the operator says' : '';
  const state = [
    `${kind}, since ${ageOf(conflict.sinceMs, view)}`,
    end === undefined
      ? `merge ${order.map(oneLine).join(', then ')}${said}`
      : `over: ${end}, ${ageOf(endedMs, view)}`,
    ...(dismissed === undefined ? [] : ['dismissed']),
  ];
  const more = fileCount - Math.min(files.length, shownFiles);
  return [
    `${style.bold(oneLine(id))} ${style[colours[severity]](severity)} ${says[kind](first, second)}`,
    `  ${style.dim(state.join('; '))}`,
    ...files.slice(0, shownFiles).map((file) => `  ${formatFile(file, [first, second])}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

function formatFile({ path, reason, ranges, hint }: CollidingFile, agents: readonly string[]) {
  const lines = ranges?.map((side, at) => {
    const spans = side.map(({ start, end }) => (start === end ? `${start}` : `${start}-${end}`));
    return `${agents[at]} ${spans.join(', ') || 'none'}`;
  });
  const where = lines === undefined ? [] : [`lines: ${lines.join('; ')}`];
  const about = [...(reasonWords[reason] ?? [reason.replace('-', ' and ')]), ...where];
  if (hint !== undefined) about.push(hint);
  return oneLine(about.length === 0 ? path : `${path} (${about.join(', ')})`);
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
