/** Which day it is somewhere. Pure: the zone is named. */

export type DayOf = (atMs: number) => string;

/** `2026-11-30`. An hour that a zone of half hours parts belongs to the day that it begins in. */
export function daysIn(zone: string): DayOf {
  const known = new Map<number, string>();
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...parts });
  return (atMs) => {
    const quarter = Math.floor(atMs / 900_000);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const said = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
    const day = `${said.get('year')}-${said.get('month')}-${said.get('day')}`;
    known.set(quarter, day);
    return day;
  };
}

/** So many days after that one, or before. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
