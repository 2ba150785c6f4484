/** When a snoozed item comes back, from the words that people use. Pure: the time of day is that of the machine. */

export interface SnoozeTime {
  readonly untilMs: number;
  /** Before that, when its agent speaks again. */
  readonly untilHeard?: true;
}

export const longestSnoozeMs = 7 * 86_400_000;
/** When the operator's day begins. */
const morning = { hour: 9, minute: 0 };

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Undefined for what is no such time, or one that is less than a second or more than a week away. */
export function parseSnooze(when: string, nowMs: number): SnoozeTime | undefined {
  const word = when.trim().toLowerCase();
  if (word === 'heard') return { untilMs: nowMs + longestSnoozeMs, untilHeard: true };
  if (word === 'tomorrow') return { untilMs: timeOfDay(nowMs, { ...morning, days: 1 }) };
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(word);
  if (clock !== null) {
    const time = { hour: Number(clock[1]), minute: Number(clock[2]) };
    const todayMs = timeOfDay(nowMs, { ...time, days: 0 });
    return { untilMs: todayMs > nowMs ? todayMs : timeOfDay(nowMs, { ...time, days: 1 }) };
  }
  const forMs = durationMs(word);
  return forMs >= unitMs.s && forMs <= longestSnoozeMs ? { untilMs: nowMs + forMs } : undefined;
}

function timeOfDay(nowMs: number, at: { days: number; hour: number; minute: number }): number {
  const date = new Date(nowMs);
  date.setDate(date.getDate() + at.days);
  return date.setHours(at.hour, at.minute, 0, 0);
}

/** `90m`, `1h30m`; 0 for what is none. */
function durationMs(word: string): number {
  if (!/^(\d{1,9}[smhd])+$/.test(word)) return 0;
  const parts = [...word.matchAll(/(\d+)([smhd])/g)];
  return parts.reduce((ms, [, count, unit]) => ms + Number(count) * unitMs[unit as 'm'], 0);
}
