/** Times as people read them. Pure. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `now`, `12s`, `4m`, `3h`, `2d`: one unit, rounded down. */
export function formatAge(ageMs: number): string {
  if (ageMs < 1000) return 'now';
  if (ageMs < minuteMs) return `${Math.floor(ageMs / 1000)}s`;
  if (ageMs < hourMs) return `${Math.floor(ageMs / minuteMs)}m`;
  if (ageMs < dayMs) return `${Math.floor(ageMs / hourMs)}h`;
  return `${Math.floor(ageMs / dayMs)}d`;
}

/** `now`, `4m ago`. */
export function formatAgo(ageMs: number): string {
  const age = formatAge(ageMs);
  return age === 'now' ? age : `${age} ago`;
}

/** The same in words, for screen readers and sentences: `4 minutes`. */
export function formatAgeInWords(ageMs: number): string {
  if (ageMs < 1000) return 'a moment';
  const steps: Array<[number, string]> = [
    [dayMs, 'day'],
    [hourMs, 'hour'],
    [minuteMs, 'minute'],
    [1000, 'second'],
  ];
  const [sizeMs, name] = steps.find(([size]) => ageMs >= size) ?? [1000, 'second'];
  const count = Math.floor(ageMs / sizeMs);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

export function formatExact(atMs: number): string {
  return exact.format(atMs);
}

export function formatTimeOfDay(atMs: number): string {
  return timeOfDay.format(atMs);
}

/** How often an age of this size changes what `formatAge` shows. */
export function rhythmOf(ageMs: number): number {
  if (ageMs < minuteMs) return 1000;
  return ageMs < hourMs ? 15_000 : minuteMs;
}
