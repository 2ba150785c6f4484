/** What config files say of landing. The first file that says a thing counts: the user's own. Pure. */
import { retentionMs } from '../../../preload/contract/landing-config.ts';
import type { GoodConfig } from '../settings/index.ts';

export interface LandingSettings {
  readonly retentionMs: number;
  /** A story that only gates review may be merged where there are none. */
  readonly mergesUngated: boolean;
  readonly mergeProfile: string | undefined;
  readonly mergeAttempts: number;
  readonly mergeLimits: {
    readonly timeMs: number;
    readonly turns?: number | undefined;
    readonly costUsd?: number | undefined;
  };
  readonly reviewProfile: string | undefined;
  readonly reviewMs: number;
}

const defaults = { retention: '4h', attempts: 3, mergeMinutes: 30, reviewMinutes: 20 };
const minuteMs = 60_000;

export function landingSettings(configs: readonly GoodConfig[]): LandingSettings {
  const files = configs.map(({ config, origin }) => ({ origin, said: config.pipeline }));
  type Said = (typeof files)[number]['said'];
  const first = <K extends keyof Said>(key: K): Said[K] | undefined =>
    files.find(({ said }) => said[key] !== undefined)?.said[key];
  return {
    retentionMs: retentionMs(first('retention') ?? defaults.retention) ?? 0,
    // What a repository brings along is not to merge itself unchecked.
    mergesUngated: files.some(
      ({ origin, said }) => origin === 'user' && said.without_gates === 'merge',
    ),
    mergeProfile: first('merge_profile'),
    mergeAttempts: first('merge_attempts') ?? defaults.attempts,
    mergeLimits: {
      timeMs: Math.round((first('merge_minutes') ?? defaults.mergeMinutes) * minuteMs),
      turns: first('merge_turns'),
      costUsd: first('merge_cost_usd'),
    },
    reviewProfile: first('review_profile'),
    reviewMs: Math.round((first('review_minutes') ?? defaults.reviewMinutes) * minuteMs),
  };
}
