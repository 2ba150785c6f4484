import { formatDuration } from '../durations.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { table } from './table.ts';
import { ageOf, type View } from './view.ts';

type Day = ResultOf<'inbox.stats'>['days'][number];

export const waitFormats = {
  'inbox.list': ({ items }, view) =>
    items.length === 0
      ? 'Nothing waits for you.'
      : table(
          ['item', 'agent', 'waits', '', 'about'],
          items.map(({ id, agent, sinceMs, isBlocking, title }) => [
            id,
            agent,
            ageOf(sinceMs, view),
            isBlocking ? { text: 'stopped', paint: view.style.yellow } : '',
            title,
          ]),
          view,
        ),
  'inbox.snooze': ({ untilMs }, view) => `Out of sight; back ${ageOf(untilMs, view)}.`,
  'inbox.stats': ({ days, sinceMs }, view) => {
    if (days.length === 0) return 'No agent has waited for you in these days.';
    const cut =
      sinceMs === undefined
        ? []
        : [view.style.dim(`What ended before ${ageOf(sinceMs, view)} is no longer remembered.`)];
    return [...days.map((day) => dayText(day, view)), ...cut].join('\n\n');
  },
  'inbox.decided': ({ decisions, before }, view) => {
    if (decisions.length === 0 && before === undefined) return 'Nothing was decided.';
    const rows = decisions.map(({ atMs, agent, waitedMs, what }) => [
      ageOf(atMs, view),
      agent,
      waitedMs === undefined ? '' : formatDuration(waitedMs),
      what,
    ]);
    const more = before === undefined ? [] : [view.style.dim(`Older ones: --before ${before}`)];
    return [table(['decided', 'agent', 'waited', 'what'], rows, view), ...more].join('\n');
  },
} satisfies Formatters;

function dayText({ day, all, rows }: Day, view: View): string {
  const figures = ({ count, medianMs, p95Ms, sumMs }: Day['all']) => [
    `${count}`,
    ...[medianMs, p95Ms, sumMs].map((ms) => formatDuration(ms)),
  ];
  const lines = rows.map((row) => [oneLine(row.agent), oneLine(row.kind), ...figures(row)]);
  const header = ['agent', 'kind', 'waits', 'median', 'p95', 'in all'];
  return `${view.style.bold(oneLine(day))}\n${table(header, [...lines, ['all', '', ...figures(all)]], view)}`;
}
