/** By number, part by part: `1.10.0` is newer than `1.9.3`. Below 0: the first is older. */
export function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
