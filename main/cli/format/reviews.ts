import type { ReviewRecord, ThreadRecord } from '../../../preload/contract/reviews.ts';
import { type CommitDoubt, doubtWords } from '../../../preload/contract/commit-doubt.ts';
import { fileLine, patchLines } from './diff-lines.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { indented, oneLine } from './plain-text.ts';
import { table } from './table.ts';
import { ageOf, type View } from './view.ts';

export const reviewFormats = {
  'review.submit': (sent) => saySent(sent),
  'review.comment': (sent) => saySent(sent),
  'review.reply': (said, view) => `Answered ${oneLine(said.thread)}.${warnOf(said, view)}`,
  'review.resolve': (said, view) =>
    `Said of ${oneLine(said.thread)} that it is done.${warnOf(said, view)}`,
  'review.reopen': ({ thread }) => `Opened ${oneLine(thread)} again.`,
  'review.list': ({ reviews }, view) =>
    reviews.length === 0
      ? 'Nothing is open.'
      : table(
          ['REVIEW', 'AGENT', 'APPROVAL', 'AGE', 'OPEN', 'DONE', 'TITLE'],
          reviews.map((review) => [
            { text: review.id, paint: view.style.bold },
            ...[review.agent, review.approval, ageOf(review.atMs, view)],
            ...[`${review.open} of ${review.threadCount}`, `${review.done}`, review.title],
          ]),
          view,
        ),
  'review.get': (review, view) =>
    [headOf(review, view), ...review.threads.map((thread) => threadText(thread, view))].join(
      '\n\n',
    ),
  'review.places': ({ places }) =>
    places.length === 0
      ? 'No threads.'
      : places.map((one) => `${oneLine(one.thread)} ${sayPlace(one)}`).join('\n'),
  'review.since': ({ since }, view) => {
    if (since === undefined) return 'Nothing of it was reviewed before.';
    const head = `Since ${oneLine(since.approval)} (${short(since.commit)}), ${sayHow[since.how]}:`;
    const files = since.files.map(fileLine);
    return [head, ...files, '', ...patchLines(since.patch, view.style)].join('\n');
  },
} satisfies Formatters;

const sayHow: Readonly<Record<NonNullable<ResultOf<'review.since'>['since']>['how'], string>> = {
  'same-base': 'on the same base',
  rebased: 'put onto the new base',
  conflicts: 'commit against commit, as it does not merge with the new base',
};

function warnOf({ doubt }: { doubt?: CommitDoubt | undefined }, { style }: View): string {
  if (doubt === undefined) return '';
  return style.yellow(` You named a commit ${doubtWords[doubt]}: it is marked so.`);
}

function saySent({ review, threads }: { review: string; threads: readonly string[] }): string {
  const names = threads.length === 0 ? '' : ` with ${threads.map(oneLine).join(', ')}`;
  return `Sent as ${oneLine(review)}${names}; it is in the agent's inbox.`;
}

function short(commit: string): string {
  return oneLine(commit).slice(0, 12);
}

function headOf(review: ReviewRecord, view: View): string {
  const { style } = view;
  const verdict = review.verdict === 'comment' ? 'comments' : style.red('changes requested');
  const lines = [
    `${style.bold(oneLine(review.id))} ${oneLine(review.agent)} ${style.dim(ageOf(review.atMs, view))} ${verdict}`,
    `  ${oneLine(review.approval)} ${short(review.pin.commit)} ${oneLine(review.title)}`,
  ];
  return [...lines, ...(review.body === '' ? [] : [indented(review.body)])].join('\n');
}

function threadText(thread: ThreadRecord, view: View): string {
  const { style } = view;
  const state = { open: style.yellow, done: style.blue, resolved: style.green }[thread.state];
  return [
    `${style.bold(oneLine(thread.id))} ${sayPlace(thread)} ${state(thread.state)}${inCommit(thread)}`,
    ...thread.quote.map((line) => style.dim(`  > ${oneLine(line)}`)),
    indented(thread.text),
    ...thread.replies.map(
      ({ by, atMs, text, ...said }) =>
        `  ${oneLine(by.replace(/^agent:/, ''))}${inCommit(said)} ${style.dim(ageOf(atMs, view))}\n${indented(text, '    ')}`,
    ),
  ].join('\n');
}

function inCommit({ commit, doubt }: Pick<ThreadRecord, 'commit' | 'doubt'>): string {
  if (commit === undefined) return '';
  return ` in ${short(commit)}${doubt === undefined ? '' : ` (${doubtWords[doubt]})`}`;
}

type Place = Pick<ThreadRecord, 'path' | 'side' | 'startLine' | 'line'> & { isOutdated?: boolean };

function sayPlace({ path, side, startLine, line, isOutdated = false }: Place): string {
  const range = startLine === undefined || startLine === line ? `${line}` : `${startLine}-${line}`;
  const where = line === undefined ? oneLine(path) : `${oneLine(path)}:${range}`;
  return `${where}${side === 'old' ? ' (before)' : ''}${isOutdated ? ' (outdated)' : ''}`;
}
