/** What happened to timers, for who reads it: in an inbox, in the log, in a timer's history. Whoever shows it makes it harmless. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { timers as contract } from '../../../preload/contract/timers.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';
import { inboxTopic } from '../messages/index.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;

export function timerTopic(timer: string): string {
  return `timer/${timer}`;
}

/** Its own history; and an agent's inbox where it is reminded. */
export function timerTopics({ type, data }: EventEnvelope): string[] {
  const { timer, agent } = data as { timer: string; agent?: string };
  const inbox = type === 'timer.reminded' && agent !== undefined ? [inboxTopic(agent)] : [];
  return [timerTopic(timer), ...inbox];
}

interface Told {
  readonly timer: string;
  readonly does: string;
  readonly label?: string | undefined;
}

function nameOf({ timer, label }: Pick<Told, 'timer' | 'label'>): string {
  return label === undefined ? `Timer ${timer}` : `Timer ${timer} (${label})`;
}

/** Said of a firing that comes later than this after its time, milliseconds. */
const lateMs = 60_000;

function sayLate(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

export const describeTimers: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'timer.added': ({ data }) => {
    const told = data as Data<'timer.added'>;
    return `${nameOf(told)} was set: ${told.does}`;
  },
  'timer.edited': ({ data }) => {
    const told = data as Data<'timer.edited'>;
    const { schedule, action } = told;
    const what = [
      ...(schedule === undefined ? [] : ['another time']),
      ...(action === undefined ? [] : [told.does]),
    ];
    return `${nameOf(told)} was changed: ${what.join(', ') || 'its name'}`;
  },
  'timer.paused': ({ data }) => {
    const told = data as Data<'timer.paused'>;
    if (told.by === 'operator') return `${nameOf(told)} was paused.`;
    return `${nameOf(told)} was paused, for it failed ${told.failures} times in a row.`;
  },
  'timer.resumed': ({ data }) => `${nameOf(data as Told)} was resumed.`,
  'timer.removed': ({ data }) => `${nameOf(data as Told)} was taken back.`,
  'timer.fired': ({ data, atMs }) => {
    const told = data as Data<'timer.fired'>;
    const how = told.by === 'operator' ? 'was run by hand' : 'fired';
    const late = told.dueMs === undefined ? 0 : atMs - told.dueMs;
    const more = [
      ...(late > lateMs ? [`${sayLate(late)} late`] : []),
      ...(told.skips === true ? ['once for all the times that passed'] : []),
    ];
    const said = more.length === 0 ? '' : ` (${more.join(', ')})`;
    return `${nameOf(told)} ${how} for the ${ordinal(told.n)} time${said}: ${told.does}`;
  },
  'timer.acted': ({ data }) => {
    const { timer, n, made, error } = data as Data<'timer.acted'>;
    if (error !== undefined)
      return `Firing ${n} of ${timer} failed: ${error.message} ${error.mend}`.trim();
    return `Firing ${n} of ${timer} is done${made === undefined ? '.' : `: ${made}`}`;
  },
  'timer.rearmed': ({ data }) =>
    `The clock went back: ${nameOf(data as Data<'timer.rearmed'>)} was set anew.`,
  'timer.reminded': ({ data }) => {
    const { text, timer } = data as Data<'timer.reminded'>;
    return `Reminder (${timer}): ${text}`;
  },
};

function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens > 10 && tens < 20 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

function opens(kind: string, subject: string, title: string): WaitChange {
  return { opens: { kind, subject, to: 'operator', agent: '', title, isBlocking: false } };
}

const settles = ({ data }: EventEnvelope): WaitChange[] => [
  { settles: `timer/${(data as Told).timer}` },
];

/** What the operator is told in the inbox: a reminder, and a timer that failed for good. Nobody waits for an answer. */
export const timerWaits: Waits = {
  'timer.reminded': ({ data }) => {
    const { timer, text, agent } = data as Data<'timer.reminded'>;
    if (agent !== undefined) return [];
    return [{ settles: `reminder/${timer}` }, opens('reminder', timer, text)];
  },
  'timer.acted': ({ data }) => {
    const told = data as Data<'timer.acted'>;
    const { timer, error, isLast } = told;
    if (isLast !== true || error === undefined) return [];
    return [
      opens('timer', timer, `${nameOf(told)} failed, and will not fire again: ${error.message}`),
    ];
  },
  'timer.paused': ({ data }) => {
    const told = data as Data<'timer.paused'>;
    if (told.by !== 'failures') return [];
    const why = told.error?.message ?? '';
    const title = `${nameOf(told)} was paused: it failed ${told.failures} times in a row. ${why}`;
    return [opens('timer', told.timer, title)];
  },
  'timer.fired': settles,
  'timer.resumed': settles,
  'timer.edited': settles,
  'timer.removed': settles,
};
