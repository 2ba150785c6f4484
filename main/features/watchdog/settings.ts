/** What config files say of the watchdog, for one profile. The first file that says a thing counts: the user's own. Pure. */
import type { Config } from '../../../preload/contract/config.ts';
import type { WatchSettings } from './ports.ts';

export function watchSettings(configs: readonly Config[], profile: string): WatchSettings {
  const limits = configs.flatMap(({ limits: { profiles, ...all } }) => [profiles[profile], all]);
  const wishes = configs.flatMap(({ watchdog: { profiles, ...all } }) => [profiles[profile], all]);
  const first = <T, K extends keyof T>(rows: ReadonlyArray<T | undefined>, key: K) =>
    rows.find((row) => row?.[key] !== undefined)?.[key];
  const minutes = first(limits, 'time_minutes');
  return {
    limits: {
      turns: first(limits, 'turns'),
      costUsd: first(limits, 'cost_usd'),
      timeMs: minutes === undefined ? undefined : minutes * 60_000,
    },
    kick: first(wishes, 'kick') ?? 'after-crash',
    nudgesCompact: first(wishes, 'nudge_compact') ?? false,
  };
}
