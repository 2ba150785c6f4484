/** Where the selection is in a list whose rows come and go. Pure. */

/** Where the selection goes: it stays if it can, else to what followed it, else to the last. */
export function nextActive(
  before: readonly string[],
  after: readonly string[],
  active: string | undefined,
): string | undefined {
  if (active !== undefined && after.includes(active)) return active;
  const followers = active === undefined ? [] : before.slice(before.indexOf(active) + 1);
  return followers.find((id) => after.includes(id)) ?? after.at(active === undefined ? 0 : -1);
}

/** The id so many rows away; stays at the ends. */
export function neighbour(
  ids: readonly string[],
  active: string | undefined,
  step: number,
): string | undefined {
  const at = active === undefined ? -1 : ids.indexOf(active);
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)];
}
