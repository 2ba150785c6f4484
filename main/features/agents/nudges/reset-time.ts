/** When a limit ends, from a CLI's own words. Pure. */

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** Further away than any limit: not a time that is meant. */
const farthestMs = 8 * 24 * 60 * minuteMs;

/** Unix ms; undefined when they say nothing of it, or a time that is over or far away. */
export function resetTimeIn(text: string, nowMs: number): number | undefined {
  const found = stampIn(text) ?? spanIn(text, nowMs) ?? dateIn(text, nowMs) ?? clockIn(text, nowMs);
  if (found === undefined || found <= nowMs || found - nowMs > farthestMs) return undefined;
  return found;
}

/** `|1700000000`, `2026-11-29T15:00:00Z`. */
function stampIn(text: string): number | undefined {
  const seconds = /(?:\||\bat |\breset[^0-9]{0,20})(\d{10})\b/i.exec(text)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1000;
  const iso = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)/.exec(text)?.[0];
  const parsed = iso === undefined ? Number.NaN : Date.parse(iso.replace(' ', 'T'));
  return Number.isNaN(parsed) ? undefined : parsed;
}

const units: Readonly<Record<string, number>> = {
  d: dayMinutes * minuteMs,
  h: 60 * minuteMs,
  m: minuteMs,
  s: 1000,
};

/** `in 5 min`, `after 1h 30m`, `in 2 days 3 hours`. */
function spanIn(text: string, nowMs: number): number | undefined {
  const span =
    /\b(?:in|after|within|for)\s+((?:\d{1,6}\s*(?:d|days?|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)\b[\s,]*(?:and\s+)?)+)/i.exec(
      text,
    )?.[1];
  if (span === undefined) return undefined;
  let ms = 0;
  for (const [, count = '', unit = ''] of span.matchAll(/(\d{1,6})\s*([a-z])/gi))
    ms += Number(count) * (units[unit.toLowerCase()] ?? 0);
  return ms === 0 ? undefined : nowMs + ms;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** `resets Dec 3, 4:32pm (UTC)`, `resets Jan 2, 2027, 9am`: limits of a week end on another day. */
function dateIn(text: string, nowMs: number): number | undefined {
  const found =
    /\b(?:resets?|again|until|at|on)\s+(?:(?:at|on)\s+)?([a-z]{3})[a-z]{0,6}\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}),?)?\s+(?:at\s+)?(\d{1,2})(?::(\d\d))?\s*(am|pm)?\b(?:\s*\(([\w/+-]+)\))?/i.exec(
      text,
    );
  if (found === null) return undefined;
  const [, month = '', day = '', year, hours = '', minutes, half, zone] = found;
  if (minutes === undefined && half === undefined) return undefined;
  const wanted = minutesOf(Number(hours), Number(minutes ?? 0), half?.toLowerCase());
  const at = { month: months.indexOf(month.toLowerCase()), day: Number(day), minutes: wanted ?? 0 };
  if (wanted === undefined || at.month < 0) return undefined;
  const thisYear = new Date(nowMs).getUTCFullYear();
  const years = year === undefined ? [thisYear, thisYear + 1] : [Number(year)];
  return years.map((one) => timeIn(zone, { ...at, year: one })).find((ms = 0) => ms > nowMs);
}

interface Local {
  readonly year: number;
  /** From 0 on. */
  readonly month: number;
  readonly day: number;
  readonly minutes: number;
}

/** When it is this late there; undefined for a zone or a day that there is not. */
function timeIn(
  zone: string | undefined,
  { year, month, day, minutes }: Local,
): number | undefined {
  const asUtcMs = Date.UTC(year, month, day, 0, minutes);
  if (new Date(asUtcMs).getUTCMonth() !== month) return undefined;
  const first = awayMs(zone, asUtcMs);
  // Near a change of the clocks the first guess has the other side's offset.
  const second = first === undefined ? undefined : awayMs(zone, asUtcMs - first);
  return second === undefined ? undefined : asUtcMs - second;
}

/** By how much the clocks there are ahead of UTC then; undefined for a zone that there is not. */
function awayMs(zone: string | undefined, atMs: number): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-GB', {
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
      ...(zone !== undefined && { timeZone: zone }),
    });
    const parts = format.formatToParts(atMs);
    const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
    const [year, month, day] = [part('year'), part('month'), part('day')];
    const hereMs = Date.UTC(year, month - 1, day, part('hour'), part('minute'));
    return hereMs - Math.floor(atMs / minuteMs) * minuteMs;
  } catch {
    return undefined;
  }
}

/** `resets 3pm`, `resets at 15:00 (Europe/Berlin)`: the next time that it is so late there, or here where no zone is named. */
function clockIn(text: string, nowMs: number): number | undefined {
  const found =
    /\b(?:resets?|again|until|at)\s+(?:at\s+)?(\d{1,2})(?::(\d\d))?\s*(am|pm)?\b(?:\s*\(([\w/+-]+)\))?/i.exec(
      text,
    );
  if (found === null) return undefined;
  const [, hours = '', minutes, half, zone] = found;
  // A number alone is no time of day.
  if (minutes === undefined && half === undefined) return undefined;
  const wanted = minutesOf(Number(hours), Number(minutes ?? 0), half?.toLowerCase());
  const here = wanted === undefined ? undefined : minutesIn(zone, nowMs);
  if (wanted === undefined || here === undefined) return undefined;
  const away = (wanted - here + dayMinutes) % dayMinutes || dayMinutes;
  return Math.floor(nowMs / minuteMs) * minuteMs + away * minuteMs;
}

function minutesOf(hours: number, minutes: number, half: string | undefined): number | undefined {
  if (half !== undefined && (hours < 1 || hours > 12)) return undefined;
  const hour = half === undefined ? hours : (hours % 12) + (half === 'pm' ? 12 : 0);
  return hour < 24 && minutes < 60 ? hour * 60 + minutes : undefined;
}

/** How late it is there; undefined for a zone that there is not. */
function minutesIn(zone: string | undefined, nowMs: number): number | undefined {
  const away = awayMs(zone, nowMs);
  return away === undefined ? undefined : Math.floor((nowMs + away) / minuteMs) % dayMinutes;
}
