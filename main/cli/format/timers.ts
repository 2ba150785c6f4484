import type { Schedule } from '../../../preload/contract/timer-facts.ts';
import { formatDuration } from '../durations.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type View } from './view.ts';

type Timer = ResultOf<'timer.list'>['timers'][number];
type Armed = ResultOf<'timer.add'>;

export const timerFormats = {
  'timer.add': (timer, view) => armed(timer, view),
  'timer.edit': (timer, view) => armed(timer, view),
  'timer.resume': (timer, view) => armed(timer, view),
  'timer.remind': ({ timer, nextMs }, view) =>
    `${oneLine(timer)} reminds you ${nextMs === undefined ? 'no more' : whenOf(nextMs, view)}.`,
  'timer.pause': ({ timer }) =>
    `${oneLine(timer)} is paused: musher timer resume ${oneLine(timer)}`,
  'timer.run': ({ timer, n }) =>
    `${oneLine(timer)} does it now, firing ${n}: musher timer show ${oneLine(timer)} says what comes of it.`,
  'timer.remove': ({ timer }) => `${oneLine(timer)} is taken back.`,
  'timer.list': (result, view) => formatList(result, view),
  'timer.get': (timer, view) => formatTimer(timer, view),
  'timer.preview': ({ schedule, times, zone }, view) =>
    [
      `${scheduleOf(schedule)}${schedule.kind === 'cron' ? '' : ` ${oneLine(zone)}`}`,
      ...times.map((atMs) => `  ${whenOf(atMs, view)}`),
    ].join('\n'),
  'schedule.list': (result, view) => formatSchedule(result, view),
} satisfies Formatters;

function armed({ timer, nextMs, does }: Armed, view: View): string {
  const when = nextMs === undefined ? 'is paused' : `fires ${whenOf(nextMs, view)}`;
  return `${oneLine(timer)} ${when}: ${oneLine(does)}`;
}

/** `in 2h (2026-12-01 09:00)`, on the clock of who asks. */
function whenOf(atMs: number, view: View): string {
  return `${ageOf(atMs, view)} (${clockOf(atMs)})`;
}

function clockOf(atMs: number): string {
  const date = new Date(atMs);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const seconds = date.getSeconds() === 0 ? '' : `:${two(date.getSeconds())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}${seconds}`;
}

function scheduleOf(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'once':
      return `once ${clockOf(schedule.atMs)}`;
    case 'interval':
      return `every ${formatDuration(schedule.everyMs)}`;
    case 'cron':
      return `${oneLine(schedule.cron)} ${oneLine(schedule.zone)}`;
  }
}

function formatList({ timers, total }: ResultOf<'timer.list'>, view: View): string {
  if (total === 0)
    return `No timers. Set one: musher timer add --cron '0 9 * * 1-5' --prompt "look at new issues" --to triage`;
  const rows = table(
    ['ID', 'NEXT', 'WHEN', 'LAST', 'FIRED', 'DOES'],
    timers.map((timer): Cell[] => [
      { text: timer.id, paint: view.style.bold },
      nextCell(timer, view),
      scheduleOf(timer.schedule),
      lastCell(timer, view),
      String(timer.fired),
      titleOf(timer),
    ]),
    view,
  );
  return timers.length === total ? rows : `${rows}\n${timers.length} of ${total}; more: --limit`;
}

function titleOf({ label, does, owner }: Pick<Timer, 'label' | 'does' | 'owner'>): string {
  const whose = owner === 'operator' ? '' : ` (${owner.replace(/^agent:/, '')})`;
  return `${label === undefined ? does : `${label}: ${does}`}${whose}`;
}

function nextCell({ state, nextMs, pausedBy }: Timer, { style, ...view }: View): Cell {
  if (state === 'paused')
    return pausedBy === 'failures'
      ? { text: 'paused: failed', paint: style.red }
      : { text: 'paused', paint: style.yellow };
  if (nextMs === undefined) return { text: state === 'active' ? '-' : state, paint: style.dim };
  return ageOf(nextMs, { style, ...view });
}

function lastCell({ last }: Timer, view: View): Cell {
  if (last === undefined) return '-';
  const text = `${last.state} ${ageOf(last.atMs, view)}`;
  return last.state === 'failed' ? { text, paint: view.style.red } : text;
}

function formatTimer(timer: ResultOf<'timer.get'>, view: View): string {
  const { bold, dim, red } = view.style;
  const { id, last, state, pausedBy, failures, history, hasMore, times } = timer;
  const by =
    pausedBy === undefined ? '' : ` by ${pausedBy === 'failures' ? 'its failures' : 'you'}`;
  const head = [
    `${bold(oneLine(id))} ${oneLine(titleOf(timer))}`,
    `  ${[`${state}${by}`, scheduleOf(timer.schedule), `fired ${timer.fired}`].join(dim(' · '))}`,
    ...(failures > 0 ? [red(`  failed ${failures} in a row`)] : []),
    ...(last?.error === undefined
      ? []
      : [red(`  last: ${oneLine(last.error.message)} ${oneLine(last.error.mend)}`)]),
  ];
  const next = times.map((atMs) => `  ${whenOf(atMs, view)}`);
  const older = hasMore
    ? [dim(`  … and more: musher timer show ${oneLine(id)} --before ${history[0]?.seq ?? 1}`)]
    : [];
  const lines = history.map(
    ({ seq, atMs, actor, text }) =>
      `  ${dim(`#${seq} ${ageOf(atMs, view)} ${oneLine(actor.replace(/^agent:/, ''))}`)} ${oneLine(text)}`,
  );
  const coming = next.length === 0 ? [] : ['', bold('Next'), ...next];
  return [...head, ...coming, '', bold('History'), ...older, ...lines].join('\n');
}

function formatSchedule({ upcoming, total }: ResultOf<'schedule.list'>, view: View): string {
  if (total === 0) return 'Nothing is to come by itself. musher timer add sets a timer.';
  const rows = table(
    ['WHEN', 'KIND', 'OF', 'WHAT'],
    upcoming.map(({ kind, subject, atMs, title }): Cell[] => [
      whenOf(atMs, view),
      { text: kind, paint: view.style.dim },
      { text: subject, paint: view.style.bold },
      title,
    ]),
    view,
  );
  return upcoming.length === total
    ? rows
    : `${rows}\n${upcoming.length} of ${total}; more: --limit`;
}
