/** How timers are said. Pure. */
import type { Schedule, TimerRecord, Upcoming } from '../../../preload/contract/timer-facts.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatExact } from '../../ui/format-time.ts';

export function titleOf({ label, does }: Pick<TimerRecord, 'label' | 'does'>): string {
  return label ?? does;
}

export function ownerOf({ owner }: Pick<TimerRecord, 'owner'>): string | undefined {
  return agentIdOf(owner);
}

const units = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
] as const;

/** `1 day`, `90 minutes`: in the largest unit that says it exactly. */
export function sayDuration(ms: number): string {
  const [size, name] = units.find(([unit]) => ms % unit === 0) ?? [1_000, 'second'];
  const count = Math.round(ms / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

export function sayEvery(ms: number): string {
  return `every ${sayDuration(ms).replace(/^1 /, '')}`;
}

export function saySchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'once':
      return `once, ${formatExact(schedule.atMs)}`;
    case 'interval':
      return sayEvery(schedule.everyMs);
    case 'cron':
      return `${sayCron(schedule.cron)} (${schedule.zone})`;
  }
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const nicknames: Readonly<Record<string, string>> = {
  '@hourly': 'each hour',
  '@daily': 'each day at 00:00',
  '@midnight': 'each day at 00:00',
  '@weekly': 'Sundays at 00:00',
  '@monthly': 'on day 1 of each month at 00:00',
  '@yearly': 'on 1 January at 00:00',
  '@annually': 'on 1 January at 00:00',
};

/** The usual ones in words, others as they are written. */
export function sayCron(cron: string): string {
  const said = nicknames[cron.toLowerCase()];
  if (said !== undefined) return said;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().split(/\s+/);
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (step !== undefined && `${hour}${day}${month}${weekday}` === '****')
    return `every ${step} minutes`;
  if (!/^\d+$/.test(minute) || month !== '*') return cron;
  const two = (text: string) => text.padStart(2, '0');
  if (hour === '*') return day === '*' && weekday === '*' ? `each hour at :${two(minute)}` : cron;
  if (!/^\d+$/.test(hour)) return cron;
  const at = `at ${two(hour)}:${two(minute)}`;
  if (day === '*' && weekday === '*') return `each day ${at}`;
  if (day === '*') return sayWeekdays(weekday, at) ?? cron;
  return /^\d+$/.test(day) && weekday === '*' ? `on day ${day} of each month ${at}` : cron;
}

function sayWeekdays(weekday: string, at: string): string | undefined {
  const [from, to] = weekday.split('-').map(Number);
  const name = (index: number | undefined) => days[(index ?? Number.NaN) % 7];
  if (/^[0-7]$/.test(weekday)) return `${name(from)}s ${at}`;
  return /^[0-7]-[0-7]$/.test(weekday) ? `${name(from)} to ${name(to)} ${at}` : undefined;
}

export interface Standing {
  readonly word: string;
  readonly tone: Tone;
}

/** How it stands, in a word; undefined for one that just waits for its time. */
export function standingOf(timer: TimerRecord): Standing | undefined {
  const { state, pausedBy, last, failures } = timer;
  if (state === 'paused')
    return pausedBy === 'failures'
      ? { word: 'failed, paused', tone: 'red' }
      : { word: 'paused', tone: 'amber' };
  if (last?.state === 'acting') return { word: 'doing it', tone: 'blue' };
  if (last?.state === 'failed')
    return { word: failures > 1 ? `failed ${failures} times` : 'failed', tone: 'red' };
  if (state === 'done') return { word: 'done', tone: 'green' };
  return state === 'removed' ? { word: 'taken back', tone: 'neutral' } : undefined;
}

/** What fires first is first; what is paused comes after. */
export function byNext(a: TimerRecord, b: TimerRecord): number {
  return (a.nextMs ?? Infinity) - (b.nextMs ?? Infinity) || a.addedMs - b.addedMs;
}

const kinds: Readonly<Record<string, string>> = {
  timer: 'Timer',
  restart: 'Restart',
  limit: 'End of a limit',
  question: 'Deadline',
  snooze: 'Put off',
};

export function sayKind({ kind }: Pick<Upcoming, 'kind'>): string {
  return kinds[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1);
}

/** Where it is to be seen: a view and what is opened in it. */
export function placeOf({ kind, subject }: Upcoming): readonly [view: string, target: string] {
  if (kind === 'timer') return ['schedule', `timer/${subject}`];
  if (kind === 'restart' || kind === 'limit') return ['agents', `agent/${subject}`];
  if (kind === 'question') return ['inbox', `question/${subject}`];
  return ['inbox', kind === 'snooze' ? subject : ''];
}
