/** `512 B`, `12 kB`, `3.4 MB`: powers of ten, as file managers count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'] as const;
  let value = bytes / 1000;
  let at = 0;
  // What would be rounded up to the next unit is of the next unit.
  for (; value >= 999.5 && at < units.length - 1; at++) value /= 1000;
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} ${units[at]}`;
}
