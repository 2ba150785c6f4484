/** What config files say of the watchdog, for one profile. The first file that says a thing counts: the user's own. Pure. */
import type { LimitKind } from '../../../preload/contract/limits.ts';
import type { GoodConfig } from '../settings/index.ts';
import type { FileLimit, FileLimits, WatchSettings } from './ports.ts';

export function watchSettings(files: readonly GoodConfig[], profile: string): WatchSettings {
  const { turns, costUsd, timeMs } = fileLimits(files, profile);
  const wishes = files.flatMap(({ config: { watchdog } }) => {
    const { profiles, ...all } = watchdog;
    return [profiles[profile], all];
  });
  const first = <K extends 'kick' | 'nudge_compact'>(key: K) =>
    wishes.find((row) => row?.[key] !== undefined)?.[key];
  return {
    limits: { turns: turns?.of, costUsd: costUsd?.of, timeMs: timeMs?.of },
    kick: first('kick') ?? 'after-crash',
    nudgesCompact: first('nudge_compact') ?? false,
  };
}

const keys = { turns: 'turns', costUsd: 'cost_usd', timeMs: 'time_minutes' } as const;

/** Each limit with the place that says it. */
export function fileLimits(files: readonly GoodConfig[], profile: string): FileLimits {
  const kinds = Object.keys(keys) as LimitKind[];
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const found = fileLimit(files, profile, kind);
      return found === undefined ? [] : [[kind, found]];
    }),
  );
}

function fileLimit(
  files: readonly GoodConfig[],
  profile: string,
  kind: LimitKind,
): FileLimit | undefined {
  const key = keys[kind];
  for (const { path, origin, config } of files) {
    const { profiles, ...all } = config.limits;
    const tables = [
      [`limits.profiles.${profile}`, profiles[profile]],
      ['limits', all],
    ] as const;
    for (const [table, limits] of tables) {
      const said = limits?.[key];
      const of = said !== undefined && kind === 'timeMs' ? said * 60_000 : said;
      if (of !== undefined) return { of, path, origin, key: `${table}.${key}` };
    }
  }
  return undefined;
}
