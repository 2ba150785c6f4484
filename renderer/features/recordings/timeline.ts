/** Times and places of a recording. Pure. */

export interface Size {
  readonly cols: number;
  readonly rows: number;
}

export interface PlayedPart {
  readonly part: number;
  /** When it begins, in milliseconds since the recording did. */
  readonly atMs: number;
}

export interface Mark {
  readonly atMs: number;
  readonly text: string;
}

/** Longer than this nothing happens, when idle time is cut, milliseconds. */
export const idleLimitMs = 2000;
/** How far an arrow key goes, milliseconds. */
export const stepMs = 5000;

export const speeds = [0.5, 1, 2, 4, 8, 16] as const;

/** The next one up or down; the last one stays. */
export function speedBeside(speed: number, by: -1 | 1): number {
  const at = speeds.findIndex((one) => one >= speed);
  return speeds[Math.min(Math.max(at + by, 0), speeds.length - 1)] ?? 1;
}

/** The part that a time lies in; before the first, the first. */
export function partAt(parts: readonly PlayedPart[], timeMs: number): PlayedPart {
  const [first = { part: 1, atMs: 0 }] = parts;
  return parts.findLast(({ atMs }) => atMs <= timeMs) ?? first;
}

/** The nearest mark before or after a time. A mark that was just jumped to is not jumped to again. */
export function markBeside(marks: readonly Mark[], timeMs: number, by: -1 | 1): Mark | undefined {
  return by === 1
    ? marks.find(({ atMs }) => atMs > timeMs)
    : marks.findLast(({ atMs }) => atMs < timeMs - 500);
}

/** Undefined for what is no size. */
export function parseSize(text: string): Size | undefined {
  const [, cols, rows] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  return cols === undefined || rows === undefined
    ? undefined
    : { cols: Math.max(2, Number(cols)), rows: Math.max(1, Number(rows)) };
}

/** `0:07`, `12:30`, `1:02:03`. */
export function formatPosition(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The same for a screen reader. */
export function sayPosition(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000);
  const parts: Array<[number, string]> = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const said = parts.filter(([count]) => count > 0);
  const words = said.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return words.length === 0 ? '0 seconds' : words.join(' ');
}
