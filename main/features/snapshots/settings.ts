/** What config files say of snapshots. The first file that says a thing counts: the user's own. Pure. */
import type { GoodConfig } from '../settings/index.ts';
import type { SnapshotSettings } from './ports.ts';

type Key = keyof GoodConfig['config']['snapshots'];

export function snapshotSettings(files: readonly GoodConfig[]): SnapshotSettings {
  const said = (key: Key, otherwise: number): number =>
    files.map(({ config }) => config.snapshots[key]).find((value) => value !== undefined) ??
    otherwise;
  const minutes = said('every_minutes', 10);
  return {
    everyMs: minutes === 0 ? undefined : minutes * 60_000,
    keepAllDays: said('keep_all_days', 7),
    keepDailyDays: said('keep_daily_days', 30),
    keepWeeklyDays: said('keep_weekly_days', 90),
    maxBytes: said('max_mb', 5_000) * 1_000_000,
  };
}
