/** What was used in the palette lately and often, for each repository; kept by this browser. Pure. */
import type { StoredValue } from '../../hub/storage.ts';

export type StoredUses = StoredValue<'paletteUses'>;
type Use = StoredUses[number]['uses'][number];

const most = { projects: 12, uses: 60 };
/** What was used this long ago counts half. */
const halfLifeMs = 7 * 24 * 60 * 60_000;

/** By `source/id`, how much each was used lately: 1 for once just now. */
export function weightsOf(
  stored: StoredUses,
  project: string,
  nowMs: number,
): ReadonlyMap<string, number> {
  const own = stored.find((one) => one.project === project)?.uses ?? [];
  return new Map(own.map((use) => [use.key, weightAt(use, nowMs)]));
}

/** With one use more. What is beyond the bounds is forgotten: the least used, the repositories not seen for longest. */
export function afterUse(
  stored: StoredUses,
  { project, key, nowMs }: { project: string; key: string; nowMs: number },
): StoredUses {
  const own = stored.find((one) => one.project === project)?.uses ?? [];
  const before = own.find((use) => use.key === key);
  const weight = Math.round(1_000 * (1 + (before ? weightAt(before, nowMs) : 0))) / 1_000;
  const kept = own
    .filter((use) => use.key !== key)
    .sort((a, b) => weightAt(b, nowMs) - weightAt(a, nowMs))
    .slice(0, most.uses - 1);
  const others = stored.filter((one) => one.project !== project);
  return [{ project, uses: [{ key, weight, atMs: nowMs }, ...kept] }, ...others].slice(
    0,
    most.projects,
  );
}

/** A clock that was set back makes nothing weigh more than it did. */
function weightAt({ weight, atMs }: Use, nowMs: number): number {
  return weight * 0.5 ** (Math.max(0, nowMs - atMs) / halfLifeMs);
}
