/** Times as a person in a zone says them. Pure: what a zone's clocks do is known to the runtime. */

export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hourCycle: 'h23', era: 'short' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  if (formats.size < 600) formats.set(zone, format);
  return format;
}

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What the clocks of a zone show. */
export function wallTimeIn(zone: string, atMs: number): WallTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: string) => Number(parts.get(type as 'hour'));
  return {
    ...{ year: part('year'), month: part('month'), day: part('day') },
    ...{ hour: part('hour'), minute: part('minute'), second: part('second') },
  };
}

/** As if it were UTC. */
function asUtcMs({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** False for the 31st of April. */
export function isDate(wall: WallTime): boolean {
  const date = new Date(asUtcMs(wall));
  const { year, month, day, hour, minute, second } = wall;
  const isDay =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay && hour < 24 && minute < 60 && second < 60;
}

const dayMs = 86_400_000;

/** Unix ms. Where clocks show it twice, the first; undefined where they leave it out. */
export function atWallTime(zone: string, wall: WallTime): number | undefined {
  const shown = asUtcMs(wall);
  const offsetAt = (atMs: number) =>
    asUtcMs(wallTimeIn(zone, atMs)) - Math.floor(atMs / 1000) * 1000;
  // A zone's distance to UTC changes at most once in two days.
  const found = [offsetAt(shown - dayMs), offsetAt(shown + dayMs)]
    .map((offset) => shown - offset)
    .filter((atMs) => asUtcMs(wallTimeIn(zone, atMs)) === shown);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** `2026-12-01 09:00 Europe/Berlin` */
export function sayTime(zone: string, atMs: number): string {
  const { year, month, day, hour, minute } = wallTimeIn(zone, atMs);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)} ${zone}`;
}
