/** A moment as it stands in the names of refs, to the second, so that names are in order of time: `20260102T030405Z`. */
export function refTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '');
}
