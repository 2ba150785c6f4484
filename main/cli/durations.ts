/** Durations as people write them: `90`, `90s`, `1h30m`. A plain number is seconds. */

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Said in the help of every flag that takes one. */
export const durationHint = '60s, 10m, 2h, 1d; a plain number is seconds';

/** Milliseconds, or undefined for what is no duration. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  const sum = parts.reduce(
    (ms, [, count, unit]) => ms + Number(count) * (unitMs[unit ?? ''] ?? 0),
    0,
  );
  return Math.round(sum);
}

/** The shortest exact spelling: `90000` is `1m30s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 1000) return `${ms}ms`;
  let rest = Math.round(ms / 1000) * 1000;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's']) {
    const size = unitMs[unit] ?? 1;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}

/** How long ago, in its largest unit: `now`, `12s ago`, `3h ago`. A time ahead reads `in 5m`. */
export function formatAge(atMs: number, nowMs: number): string {
  const ms = nowMs - atMs;
  const size = Math.abs(ms);
  if (size < 1000) return 'now';
  const unit = size < 60_000 ? 's' : size < 3_600_000 ? 'm' : size < 2 * 86_400_000 ? 'h' : 'd';
  const text = `${Math.floor(size / (unitMs[unit] ?? 1))}${unit}`;
  return ms > 0 ? `${text} ago` : `in ${text}`;
}
